import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { district, readOrganisation } from './district.ts';

test('every path of the district exists', () => {
  for (const path of Object.values(district.paths)) expect(existsSync(path)).toBe(true);
});

test('the organisation is one tree with 89 government units and the 170 committees of the register', () => {
  const units = readOrganisation();
  const codes = new Set<string>();
  for (const unit of units) {
    expect(codes.has(unit.code)).toBe(false);
    if (unit.parent !== null) expect(codes.has(unit.parent)).toBe(true);
    codes.add(unit.code);
  }
  const government = ['party-organ', 'state-organ', 'bureau', 'institution', 'mass-organisation', 'street'];
  expect(units.filter((unit) => government.includes(unit.kind))).toHaveLength(89);
  expect(units.filter((unit) => unit.kind === 'committee')).toHaveLength(170);
});

test('each mapping is listed for import once, names an existing unit, and its data file is here', () => {
  const units = new Set(readOrganisation().map((unit) => unit.code));
  const files = readdirSync(district.paths.mappings);
  expect(files.map((file) => file.replace(/\.json$/, '')).sort()).toEqual([...district.imports].sort());
  for (const file of files) {
    const mapping = JSON.parse(readFileSync(join(district.paths.mappings, file), 'utf8')) as {
      dataset: string;
      unit: string;
      file: string;
    };
    expect(`${mapping.dataset}.json`).toBe(file);
    expect(units.has(mapping.unit)).toBe(true);
    if (mapping.file.startsWith('data/')) expect(existsSync(join(district.paths.root, mapping.file))).toBe(true);
  }
});
