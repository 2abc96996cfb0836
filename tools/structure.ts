import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { importsOf } from './import-graph.ts';
import { sourceFiles, type SourceFile } from './source-files.ts';

/** Exceptions, each with its reason; one that is not needed any more is a fault itself. */
export type Allowances = {
  /** Imports between two modules of the same platform layer. */
  insideLayer: { from: string; to: string; reason: string }[];
  /** Files besides platform/kernel/db.ts that may set a role or session value, or use raw SQL. */
  sessionSettings: { file: string; reason: string }[];
  /** Files that open a listening server: they use node:http or node:https and reach nothing by themselves. */
  listeners: { file: string; reason: string }[];
  /** Files that may name the district. */
  districtNames: { file: string; reason: string }[];
};

/** ARCHITECTURE §2: arrows point down only. */
export const LAYERS: Readonly<Record<string, number>> = {
  kernel: 0,
  ...layer(1, 'identity access audit rulebook calendar'),
  ...layer(2, 'catalog document search geo series'),
  ...layer(3, 'exchange linkage indicator theme ledger optimize iot workflow signal'),
  ...layer(4, 'basedata case booking provider engage video'),
  ...layer(5, 'service inspection'),
};

function layer(level: number, names: string): Record<string, number> {
  return Object.fromEntries(names.split(' ').map((name) => [name, level]));
}

const TEST = /(\.test\.tsx?$|\/(?:fixtures|testing)\/|\/testing\.ts$|^tests\/|^e2e\/|^bench\/)/;
const GENERATED_PAGES = 'web/shell/pages.gen.ts';
const SESSION =
  /\bset_config\s*\(|\bset\s+(?:local\s+|session\s+)?(?:role|authorization)\b|\breset\s+(?:role|all|session)\b/i;
const RAW = /import\s*\{[^}]*\braw\b[^}]*\}\s*from\s*'sql-template-tag'/;
/** Server code reaches the outside through `platform/kernel/outbound.ts` only, which checks where it goes. */
const OUTSIDE = /(?<![.\w])fetch\(|from 'node:(?:https?|http2|tls)'|from 'undici'/;
const OUTBOUND = 'platform/kernel/outbound.ts';
const DISTRICT = /310101|黄浦|huangpu/i;

type Place =
  | { kind: 'platform'; module: string; page: boolean }
  | { kind: 'app'; module: string; page: boolean }
  | { kind: 'web' }
  | { kind: 'district'; module: string }
  | { kind: 'tooling' }
  | { kind: 'root' };

/** All breaks of the structure, as `file: sentence`; warnings do not fail the check. */
export function structureFaults(options: { files: readonly SourceFile[]; allow: Allowances }): {
  faults: string[];
  warnings: string[];
} {
  const { files, allow } = options;
  const faults: string[] = [];
  const warnings: string[] = [];
  const used = new Set<unknown>();
  const graph = new Map<string, string[]>();
  for (const file of files) {
    const { path, text } = file;
    const targets = /\.tsx?$/.test(path) ? importsOf(file) : [];
    // Types are erased: a circle that is closed by a type alone does not exist when the program runs.
    graph.set(
      path,
      targets.filter((target) => !target.typeOnly).map((target) => target.path),
    );
    for (const target of targets) faults.push(...arrow({ from: path, to: target.path, allow, used }));
    faults.push(...contents({ file, allow, used }));
    const lines = text.split('\n').length;
    if (/\.tsx?$/.test(path) && !/\.gen\.ts$/.test(path) && lines > 400)
      warnings.push(`${path}: ${lines} lines; a file that needs a table of contents is two files`);
  }
  for (const cycle of cycles(graph)) faults.push(`${cycle[0]}: circle of imports ${cycle.join(' → ')}`);
  for (const entry of [...allow.insideLayer, ...allow.sessionSettings, ...allow.listeners, ...allow.districtNames]) {
    if (!used.has(entry)) faults.push(`structure.json: ${JSON.stringify(entry)} is not needed`);
    if (entry.reason.trim() === '') faults.push(`structure.json: ${JSON.stringify(entry)} has no reason`);
  }
  return { faults, warnings };
}

function placeOf(path: string): Place {
  const [top, second, third] = path.split('/');
  const page = path.includes('/web/');
  if (top === 'platform') return { kind: 'platform', module: second ?? '', page };
  if (top === 'apps') return { kind: 'app', module: `${second}/${third}`, page };
  if (top === 'examples') return { kind: 'app', module: `examples/${second}`, page };
  if (top === 'web') return { kind: 'web' };
  if (top === 'districts') return { kind: 'district', module: second ?? '' };
  if (top === 'tests' || top === 'e2e' || top === 'bench' || top === 'tools') return { kind: 'tooling' };
  return { kind: 'root' };
}

function arrow(options: { from: string; to: string; allow: Allowances; used: Set<unknown> }): string[] {
  const { from, to, allow, used } = options;
  const a = placeOf(from);
  const b = placeOf(to);
  const fault = (sentence: string): string[] => [`${from}: ${sentence} (${to})`];
  const test = TEST.test(from);
  if (b.kind === 'district' && a.kind !== 'district' && !test) return fault('nothing outside a district may import it');
  if (a.kind === 'app' && b.kind === 'app' && a.module !== b.module) return fault('an app never imports another app');
  if (a.kind === 'tooling' || a.kind === 'root') return [];
  if (b.kind === 'tooling' || b.kind === 'root')
    return test ? [] : fault('only tests import tests, tools and the start file');
  if ((a.kind === 'app' || a.kind === 'platform') && a.page) {
    if (b.kind === 'web' || (b.kind === a.kind && b.module === a.module && b.page)) return [];
    return test ? [] : fault('a page imports #web and its own folder only, never server files');
  }
  if (a.kind === 'web') {
    if (b.kind === 'web') return [];
    if (from === GENERATED_PAGES && (b.kind === 'app' || b.kind === 'platform') && b.page) return [];
    return fault('web imports the generated client only; pages are reached by the generated list');
  }
  if (b.kind === 'web' || ((b.kind === 'app' || b.kind === 'platform') && b.page))
    return test ? [] : fault('server code never imports pages');
  if (a.kind === 'platform' && b.kind === 'app') return test ? [] : fault('the platform never imports an app');
  if (a.kind === 'platform' && b.kind === 'platform' && a.module !== b.module) {
    const low = LAYERS[a.module];
    const high = LAYERS[b.module];
    if (low === undefined || high === undefined)
      return fault('a platform folder without a layer; name it in tools/structure.ts');
    if (test || high < low) return [];
    if (high > low) return fault(`layer ${low} imports layer ${high}; arrows point down only`);
    const entry = allow.insideLayer.find((e) => e.from === a.module && e.to === b.module);
    if (entry) used.add(entry);
    else return fault(`an import inside layer ${low} needs a line with its reason in structure.json`);
  }
  return [];
}

function contents(options: { file: SourceFile; allow: Allowances; used: Set<unknown> }): string[] {
  const { allow, used } = options;
  const { path, text } = options.file;
  if (TEST.test(path) || path.startsWith('tools/') || path.startsWith('docs/') || path.endsWith('.md')) return [];
  const faults: string[] = [];
  if (path !== 'platform/kernel/db.ts' && (SESSION.test(withoutComments(text)) || RAW.test(text))) {
    const entry = allow.sessionSettings.find((e) => e.file === path);
    if (entry) used.add(entry);
    else faults.push(`${path}: set_config, SET ROLE, RESET and raw SQL belong in platform/kernel/db.ts`);
  }
  if (
    /^(?:platform|apps)\/.*\.ts$/.test(path) &&
    !path.includes('/web/') &&
    path !== OUTBOUND &&
    OUTSIDE.test(withoutComments(text))
  ) {
    const entry = allow.listeners.find((e) => e.file === path);
    if (entry) used.add(entry);
    else faults.push(`${path}: the server reaches the outside through ${OUTBOUND} only`);
  }
  if (!path.startsWith('districts/') && DISTRICT.test(withoutComments(text))) {
    const entry = allow.districtNames.find((e) => e.file === path);
    if (entry) used.add(entry);
    else
      faults.push(
        `${path}: names the district (${DISTRICT.exec(withoutComments(text))?.[0]}); only districts/ knows which one it is`,
      );
  }
  return faults;
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*|--[^\n]*/gm, '');
}

/** Circles of the import graph, each once, by Tarjan's strongly connected components. */
function cycles(graph: ReadonlyMap<string, string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const open = new Set<string>();
  const found: string[][] = [];
  const visit = (node: string): void => {
    index.set(node, index.size);
    low.set(node, index.get(node) ?? 0);
    stack.push(node);
    open.add(node);
    for (const next of graph.get(node) ?? []) {
      if (!graph.has(next)) continue;
      if (!index.has(next)) {
        visit(next);
        low.set(node, Math.min(low.get(node) ?? 0, low.get(next) ?? 0));
      } else if (open.has(next)) low.set(node, Math.min(low.get(node) ?? 0, index.get(next) ?? 0));
    }
    if (low.get(node) !== index.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    for (const member of group) open.delete(member);
    if (group.length > 1) found.push([...group, node]);
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
  return found;
}

/** Reads the repository and checks it. */
export async function checkStructure(root: string): Promise<{ faults: string[]; warnings: string[] }> {
  const files = await sourceFiles({ root, name: /\.(ts|tsx|sql)$/ });
  const allow = JSON.parse(readFileSync(join(root, 'structure.json'), 'utf8')) as Allowances;
  return structureFaults({ files, allow });
}

if (import.meta.main) {
  const { faults, warnings } = await checkStructure(join(import.meta.dirname, '..'));
  for (const warning of warnings) console.log(`warning: ${warning}`);
  for (const fault of faults) console.error(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}
