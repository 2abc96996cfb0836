import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { isCalendarDate } from '#platform/kernel/dates.ts';

const Text = Type.Object(
  { zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) },
  { additionalProperties: false },
);
const Scalar = Type.Union([Type.Number(), Type.String(), Type.Boolean()]);
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

/** A value of a rule: one number, word or yes/no, or a table of them (decision tables read it by column). */
export const RuleValue = Type.Union([
  Scalar,
  Type.Object(
    { columns: Type.Array(Type.String(), { minItems: 1 }), rows: Type.Array(Type.Array(Scalar), { minItems: 1 }) },
    { additionalProperties: false },
  ),
]);

/** An entry as it stands in a file: one for each period in which it holds. */
export const EntrySchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z][a-z0-9-]*(\\.[a-z0-9-]+)+$' }),
    title: Text,
    value: RuleValue,
    unit: Type.Optional(Type.String({ minLength: 1 })),
    /** Where the number comes from: a law 法律法规, a standard 标准, or a measure of the district 区级措施. */
    kind: Type.Union([Type.Literal('law'), Type.Literal('standard'), Type.Literal('measure')]),
    source: Type.Object(
      {
        title: Type.String({ minLength: 1 }),
        documentNo: Type.Optional(Type.String({ minLength: 1 })),
        article: Type.Optional(Type.String({ minLength: 1 })),
      },
      { additionalProperties: false },
    ),
    note: Type.Optional(Text),
    validFrom: Day,
    /** First day on which it does not hold any more. */
    validTo: Type.Optional(Day),
  },
  { additionalProperties: false },
);
export type EntryFile = Static<typeof EntrySchema>;
export type FoundEntry = EntryFile & { origin: string };

const compiled = Compile(Type.Array(EntrySchema));

/** Reads the entries of one file. Throws with file and place where it is not as it must be. */
export function parseEntries(text: string, origin: string): FoundEntry[] {
  const data: unknown = JSON.parse(text);
  if (!compiled.Check(data)) {
    const [first] = compiled.Errors(data);
    throw new Error(`${origin}${first?.instancePath ?? ''}: ${first?.message ?? 'is no list of rulebook entries'}`);
  }
  for (const entry of data) {
    for (const day of [entry.validFrom, entry.validTo])
      if (day !== undefined && !isCalendarDate(day)) throw new Error(`${origin} ${entry.id}: ${day} is no day`);
    if (entry.validTo !== undefined && entry.validTo <= entry.validFrom)
      throw new Error(`${origin} ${entry.id}: ends before it begins`);
    if (typeof entry.value === 'object') {
      const { columns, rows } = entry.value;
      if (rows.some((row) => row.length !== columns.length))
        throw new Error(`${origin} ${entry.id}: a row has not ${columns.length} columns`);
    }
  }
  return data.map((entry) => ({ ...entry, origin }));
}

/**
 * All entries of an installation: `rulebook.json` beside each module, and `districts/<name>/rulebook/*.json` for the measures of
 * the district. An entry stands in one file only.
 */
export function readEntries(options: { root: string; folders: readonly string[] }): FoundEntry[] {
  const { root, folders } = options;
  const files = folders.map((folder) => join(folder, 'rulebook.json'));
  for (const district of readdirSync(join(root, 'districts'))) {
    const folder = join('districts', district, 'rulebook');
    if (existsSync(join(root, folder)))
      for (const name of readdirSync(join(root, folder)).sort())
        if (name.endsWith('.json')) files.push(join(folder, name));
  }
  const entries = files
    .filter((file) => existsSync(join(root, file)))
    .flatMap((file) => parseEntries(readFileSync(join(root, file), 'utf8'), file));
  const home = new Map<string, string>();
  for (const { id, origin } of entries) {
    if ((home.get(id) ?? origin) !== origin) throw new Error(`${id} stands in ${home.get(id)} and in ${origin}`);
    home.set(id, origin);
  }
  return entries;
}

/** What a person verifies: value, source and dates of one period. */
export function entryDigest(entry: EntryFile): string {
  const { id, title, value, unit, kind, source, note, validFrom, validTo } = entry;
  const parts = [id, title.zh, title.en, value, unit, kind, source.title, source.documentNo, source.article];
  return hash(
    'sm3',
    JSON.stringify([...parts, note?.zh, note?.en, validFrom, validTo].map((part) => part ?? null)),
    'base64url',
  );
}
