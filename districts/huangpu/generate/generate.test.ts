import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { parseCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import { isCreditCode } from '#platform/kernel/codes/credit-code.ts';
import { readBaseline, volume } from './baseline.ts';
import { generate } from './generate.ts';

const folders = Array.from({ length: 2 }, () => mkdtempSync(join(tmpdir(), 'sample-district-')));
const [first = '', second = ''] = folders;
const summary = generate({ profile: 'small', out: first });
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const records = (file: string): Record<string, unknown>[] =>
  readFileSync(join(first, file), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const persons = records('truth/persons.ndjson');
const firms = records('truth/firms.ndjson');
const claims = records('truth/claims.ndjson') as { dataset: string; row: number; subject: string; faults: string[] }[];

describe('the generator', () => {
  test('writes the same bytes for the same profile and seed', () => {
    generate({ profile: 'small', out: second });
    const digests = (folder: string): string[] =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(
          (entry) =>
            `${entry.name} ${createHash('sha256')
              .update(readFileSync(join(entry.parentPath, entry.name)))
              .digest('hex')}`,
        )
        .sort();
    expect(digests(second)).toEqual(digests(first));
    expect(digests(first)).toHaveLength(29);
  });

  test('keeps one whole folder when several processes begin at once, and nobody reads half a file', {
    timeout: 120_000,
  }, async () => {
    const parent = mkdtempSync(join(tmpdir(), 'sample-district-'));
    const out = join(parent, 'kept');
    const program = `import { keepGenerated } from ${JSON.stringify(join(import.meta.dirname, 'generate.ts'))};
      keepGenerated({ profile: 'small', out: ${JSON.stringify(out)} });`;
    const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
    let running = 3;
    const runs = Promise.all([run(), run(), run()].map((one) => one.finally(() => (running -= 1))));
    let seen = 0;
    const files = ['manifest.json', 'areas.geojson', 'truth/persons.ndjson'];
    while (running > 0) {
      if (existsSync(out)) {
        seen += 1;
        for (const file of files) expect(readFileSync(join(out, file))).toEqual(readFileSync(join(first, file)));
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await runs;
    expect(seen).toBeGreaterThan(0);
    expect(readdirSync(parent)).toEqual(['kept']);
    rmSync(parent, { recursive: true });
  });

  test('writes other bytes for another seed', () => {
    generate({ profile: 'small', seed: 7, out: second });
    expect(readFileSync(join(second, 'truth/persons.ndjson'), 'utf8')).not.toBe(
      readFileSync(join(first, 'truth/persons.ndjson'), 'utf8'),
    );
  });

  test.each(['persons', 'residents', 'deceased', 'firms', 'selfEmployed', 'foreignInvested', 'buildings', 'dwellings'])(
    'meets the baseline volume of %s exactly',
    (name) => {
      expect(summary.totals[name]).toBe(volume({ baseline: readBaseline(), profile: 'small', name }));
    },
  );

  test('gives every person a valid citizen number of the sample region that agrees with birth date and sex', () => {
    for (const person of persons) {
      const result = parseCitizenId(String(person['idNumber']), { allowSample: true, today: '2026-06-30' });
      expect(result).toMatchObject({
        ok: true,
        id: { birthDate: person['birthDate'], sex: person['sex'], sample: true },
      });
    }
    expect(new Set(persons.map((person) => person['idNumber'])).size).toBe(persons.length);
  });

  test('gives every firm a valid credit code of its own', () => {
    for (const firm of firms) expect(isCreditCode(String(firm['uscc']))).toBe(true);
    expect(new Set(firms.map((firm) => firm['uscc'])).size).toBe(firms.length);
  });

  test('nobody lives anywhere before birth, and the district is old', () => {
    expect(persons.filter((person) => String(person['from']) < String(person['birthDate']))).toEqual([]);
    const old = persons.filter(
      (person) => person['resident'] === true && String(person['birthDate']) <= '1966-06-30',
    ).length;
    expect(old / summary.totals['residents']!).toBeGreaterThan(0.3);
  });

  test('holds twins and homonyms', () => {
    const twins = persons.filter((person) => person['twinOf'] !== '');
    const byPid = new Map(persons.map((person) => [person['pid'], person]));
    expect(twins.length).toBeGreaterThan(5);
    for (const twin of twins) expect(byPid.get(twin['twinOf'])?.['birthDate']).toBe(twin['birthDate']);
    expect(new Set(persons.map((person) => person['name'])).size).toBeLessThan(persons.length * 0.98);
  });

  test('counts rows as the truth does, and plants faults near their rates', () => {
    // Names, posts and surveyed outlines are not about subjects of the truth.
    const apart = ['civil-affairs-place-names', 'civil-affairs-responsibility', 'planning-outlines'];
    for (const file of summary.files.filter(({ dataset }) => !apart.includes(dataset)))
      expect(claims.filter((claim) => claim.dataset === file.dataset)).toHaveLength(file.rows);
    const police = claims.filter((claim) => claim.dataset === 'public-security-population');
    const wrong = police.filter((claim) => claim.faults.includes('wrong-check-digit')).length / police.length;
    expect(wrong).toBeGreaterThan(0.0008);
    expect(wrong).toBeLessThan(0.004);
  });

  test('writes each format as promised', () => {
    const gbk = new TextDecoder('gbk', { fatal: true }).decode(
      readFileSync(join(first, 'public-security-population.gbk.csv')),
    );
    expect(gbk.split('\r\n')).toHaveLength(
      (summary.files.find((file) => file.unit === 'public-security')?.rows ?? 0) + 2,
    );
    expect(readFileSync(join(first, 'human-resources-insured.csv')).subarray(0, 3)).toEqual(
      Buffer.of(0xef, 0xbb, 0xbf),
    );
    expect(JSON.parse(readFileSync(join(first, 'education-pupils.json'), 'utf8'))).toHaveLength(
      summary.files.find((file) => file.unit === 'education')?.rows ?? 0,
    );
    expect(
      JSON.parse(gunzipSync(readFileSync(join(first, 'planning-buildings.gcj02.geojson.gz'))).toString('utf8')),
    ).toHaveProperty('type', 'FeatureCollection');
    expect(readFileSync(join(first, 'health-registration.xlsx')).subarray(0, 2).toString()).toBe('PK');
  });

  test('the demo subjects are clean in every file', () => {
    const demo = JSON.parse(readFileSync(join(first, 'demo.json'), 'utf8')) as {
      citizen: { idNumber: string; household: { street: string } };
      moveTo: { street: string };
    };
    expect(demo.citizen.household.street).toBe('310101023');
    expect(demo.moveTo.street).toBe('310101023');
    const pid = persons.find((person) => person['idNumber'] === demo.citizen.idNumber)?.['pid'];
    const own = claims.filter((claim) => claim.subject === pid);
    expect(own.length).toBeGreaterThan(1);
    expect(own.flatMap((claim) => claim.faults)).toEqual([]);
  });
});
