import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

type Locked = { version?: string; dev?: boolean; devOptional?: boolean; license?: string; link?: boolean };
type Manifest = { name?: string; license?: string | { type?: string }; licenses?: { type: string }[] };

/** May ship with an Apache-2.0 product; anything else needs a person's decision first. */
const ACCEPTED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'PostgreSQL',
  'Python-2.0',
  'Unlicense',
  'Zlib',
]);

/** Packages whose package.json is silent or misspelt: the identifier to list, and why. */
const STATED: Record<string, { licence: string; why: string }> = {
  'bpmn-js': {
    licence: 'bpmn.io',
    why: 'MIT with one clause more: the bpmn.io mark of a drawn diagram stays fully visible, which it does',
  },
  'cli-table': { licence: 'MIT', why: 'package.json is silent, its README carries the MIT licence' },
  buffers: {
    licence: 'unstated',
    why: 'names no licence anywhere; installed by exceljs (unzipper), whose reader we do not call',
  },
  chainsaw: { licence: 'MIT', why: 'package.json says MIT/X11' },
  'splaytree-ts': { licence: 'BSD-3-Clause', why: 'package.json says BDS-3-Clause, the LICENSE file is BSD 3-Clause' },
};

export type Licence = { name: string; version: string; licence: string };

/** Every production package of the lock file with its licence, also those for other systems, sorted by name. */
export function shippedLicences(root: string): Licence[] {
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const found = new Map<string, Licence>();
  for (const [path, entry] of Object.entries(lock.packages)) {
    if (path === '' || entry.dev || entry.link) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const licence = STATED[name]?.licence ?? entry.license ?? licenceOf(join(root, path, 'package.json'));
    const line = { name, version: entry.version ?? '', licence: licence ?? 'unknown' };
    found.set(`${line.name} ${line.version}`, line);
  }
  return [...found.values()].sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1,
  );
}

function licenceOf(file: string): string | undefined {
  if (!existsSync(file)) return undefined;
  const { license, licenses } = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  if (typeof license === 'string') return license;
  return license?.type ?? licenses?.map((l) => l.type).join(' OR ');
}

/** True if the expression leaves at least one way to ship it: every part of an AND, any part of an OR. */
export function isAccepted(expression: string): boolean {
  const plain = expression.replaceAll(/[()]/g, '');
  return plain.split(/\s+OR\s+/).some((way) => way.split(/\s+AND\s+/).every((part) => ACCEPTED.has(part.trim())));
}

/** The text of LICENSES.md. */
export function licencesPage(licences: readonly Licence[]): string {
  const count = new Map<string, number>();
  for (const { licence } of licences) count.set(licence, (count.get(licence) ?? 0) + 1);
  const summary = [...count]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([licence, n]) => `${licence} ${n}`);
  return [
    '# Licences of what ships',
    '',
    'Smart District itself is licensed under Apache-2.0 (`LICENSE`). These packages are installed with it; the list is made by',
    '`node tools/licences.ts` from the lock file and checked by `npm run check`. Data sets have their own notes in',
    '`districts/*/data/ATTRIBUTION.md`.',
    '',
    `${licences.length} packages: ${summary.join(' · ')}.`,
    '',
    '| package | version | licence |',
    '|---|---|---|',
    ...licences.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
    '',
    '## Remarks',
    '',
    ...Object.entries(STATED).map(([name, { why }]) => `- \`${name}\`: ${why}.`),
    '',
  ].join('\n');
}

/** What is wrong with the licences: a page out of date, a licence that may not ship. */
export function licenceFaults(root: string): string[] {
  const licences = shippedLicences(root);
  const faults = licences
    .filter(({ name, licence }) => !isAccepted(licence) && !STATED[name])
    .map((l) => `${l.name} ${l.version}: licence ${l.licence} may not ship`);
  const page = existsSync(join(root, 'LICENSES.md')) ? readFileSync(join(root, 'LICENSES.md'), 'utf8') : '';
  if (page !== licencesPage(licences)) faults.push('LICENSES.md is out of date: node tools/licences.ts');
  return faults;
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..');
  await writeFile(join(root, 'LICENSES.md'), licencesPage(shippedLicences(root)));
}
