import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { MappingSchema, compileMapping, missingColumns } from '#platform/exchange/mapping.ts';
import type { Mapping } from '#platform/exchange/mapping.ts';
import { readRecords } from '#platform/exchange/read/read-records.ts';
import { Value } from 'typebox/value';
import { district } from './district.ts';
import { generate } from './generate/generate.ts';

const out = mkdtempSync(join(tmpdir(), 'mappings-'));
generate({ profile: 'small', out });
afterAll(() => rmSync(out, { recursive: true }));

const mappings = readdirSync(district.paths.mappings).map(
  (file) => JSON.parse(readFileSync(join(district.paths.mappings, file), 'utf8')) as Mapping & { file: string },
);

test.each(mappings)(
  '$dataset: the file is read, has every mapped column, and its key tells the records apart',
  async (mapping) => {
    expect(Value.Check(MappingSchema, mapping)).toBe(true);
    const path = mapping.file.startsWith('data/') ? join(district.paths.root, mapping.file) : join(out, mapping.file);
    const reader = readRecords({ stream: path, ...(mapping.format === undefined ? {} : { format: mapping.format }) });
    const map = compileMapping(mapping);
    const columns = new Set<string>();
    const keys = new Set<string>();
    let rows = 0;
    for await (const chunk of reader) {
      for (const record of chunk) {
        for (const column of Object.keys(record.values)) columns.add(column);
        keys.add(map(record.values, record.row).key);
        rows += 1;
      }
    }
    expect(missingColumns(mapping, [...columns])).toEqual([]);
    // The columns of the first chunk are all that an upload dialog sees.
    expect(missingColumns(mapping, (await reader.info()).columns)).toEqual([]);
    // Department files hold planted duplicates, shared numbers and swapped columns; the others must be exact.
    if (mapping.badge === 'sample') expect(keys.size / rows).toBeGreaterThan(0.985);
    // Wikidata's own extract names 86 places again (a second image or coordinate): the report has to say so.
    else expect(rows - keys.size).toBe(mapping.dataset === 'wikidata-places' ? 86 : 0);
  },
);
