import { hash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { isCalendarDate } from '#platform/kernel/dates.ts';
import { readModel } from './dmn/read-model.ts';
import { runTests } from './dmn/run-tests.ts';

const Text = Type.Object(
  { zh: Type.String({ minLength: 1 }), en: Type.String({ minLength: 1 }) },
  { additionalProperties: false },
);
const Scalar = Type.Union([Type.Number(), Type.String(), Type.Boolean()]);
const Day = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' });

/** A test case of a decision (测试用例): what must come out of an input. `on` is no part of it: a decision by date takes the day as an input. */
export const DecisionTest = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 120 }),
    input: Type.Record(Type.String({ maxLength: 120 }), Type.Unknown()),
    expected: Type.Unknown(),
  },
  { additionalProperties: false },
);
export type DecisionTest = Static<typeof DecisionTest>;

/** A decision (决策): a model of DMN, which of its decisions is meant, and the cases that it must meet. */
export const DecisionValue = Type.Object(
  {
    /** The XML of the model; in a file, the name of the `.dmn` beside it. */
    dmn: Type.String({ minLength: 1, maxLength: 1_000_000 }),
    decision: Type.String({ minLength: 1, maxLength: 200 }),
    tests: Type.Array(DecisionTest, { maxItems: 500 }),
  },
  { additionalProperties: false },
);
export type DecisionValue = Static<typeof DecisionValue>;

/** A value of a rule: one number, word or yes/no, or a table of them that code reads by column. */
export const ShownValue = Type.Union([
  Scalar,
  Type.Object(
    { columns: Type.Array(Type.String(), { minItems: 1 }), rows: Type.Array(Type.Array(Scalar), { minItems: 1 }) },
    { additionalProperties: false },
  ),
]);
export const RuleValue = Type.Union([ShownValue, DecisionValue]);

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

export const isDecision = (value: unknown): value is DecisionValue =>
  typeof value === 'object' && value !== null && 'dmn' in value;

/** A decision that ships must be readable and meet its own test cases. */
function checkDecision(value: DecisionValue, place: string): void {
  const failed = runTests(readModel(value.dmn), value).filter(({ passed }) => !passed);
  if (failed[0]) throw new Error(`${place}: test case ${failed[0].name} gives ${JSON.stringify(failed[0].value)}`);
}

/**
 * Reads the entries of one file. Throws with file and place where it is not as it must be. `beside` gives the text of a file that an
 * entry names: the model of a decision.
 */
export function parseEntries(text: string, origin: string, beside?: (name: string) => string): FoundEntry[] {
  const data: unknown = JSON.parse(text, (key, value: unknown) =>
    key === 'dmn' && typeof value === 'string' && beside && /^[a-z0-9.-]+\.dmn$/.test(value) ? beside(value) : value,
  );
  if (!compiled.Check(data)) {
    const [first] = compiled.Errors(data);
    throw new Error(`${origin}${first?.instancePath ?? ''}: ${first?.message ?? 'is no list of rulebook entries'}`);
  }
  for (const entry of data) {
    for (const day of [entry.validFrom, entry.validTo])
      if (day !== undefined && !isCalendarDate(day)) throw new Error(`${origin} ${entry.id}: ${day} is no day`);
    if (entry.validTo !== undefined && entry.validTo <= entry.validFrom)
      throw new Error(`${origin} ${entry.id}: ends before it begins`);
    if (isDecision(entry.value)) checkDecision(entry.value, `${origin} ${entry.id}`);
    else if (typeof entry.value === 'object') {
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
    .flatMap((file) =>
      parseEntries(readFileSync(join(root, file), 'utf8'), file, (name) =>
        readFileSync(join(root, dirname(file), name), 'utf8'),
      ),
    );
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
