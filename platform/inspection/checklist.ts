import { hash } from 'node:crypto';
import { type Static, Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import type { FieldFault } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';

const closed = { additionalProperties: false };
const Words = Type.Object(
  { zh: Type.String({ minLength: 1, maxLength: 200 }), en: Type.String({ minLength: 1, maxLength: 300 }) },
  closed,
);
export const SEVERITIES = ['minor', 'major', 'critical'] as const;
const Severity = Type.Union([Type.Literal('minor'), Type.Literal('major'), Type.Literal('critical')]);

/** An item of a checklist (检查项): what is asked, how it is answered, and on which law it rests. */
export const ItemSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9][a-z0-9-]{0,40}$' }),
    title: Words,
    /** `check`: conforms or not; `number` within limits; `choice` of options; `text`. */
    kind: Type.Union([Type.Literal('check'), Type.Literal('number'), Type.Literal('choice'), Type.Literal('text')]),
    /** 法律依据. */
    basis: Type.String({ minLength: 2, maxLength: 300 }),
    required: Type.Boolean(),
    /** When a photo is needed: always, or only of what does not conform. */
    photo: Type.Union([Type.Literal('never'), Type.Literal('failed'), Type.Literal('always')]),
    severity: Severity,
    min: Type.Optional(Type.Number()),
    max: Type.Optional(Type.Number()),
    options: Type.Optional(
      Type.Array(Type.Object({ id: Type.String({ maxLength: 40 }), title: Words, conforms: Type.Boolean() }, closed), {
        minItems: 2,
        maxItems: 20,
      }),
    ),
  },
  closed,
);
export type Item = Static<typeof ItemSchema>;

export const AnswerSchema = Type.Object(
  {
    item: Type.String({ maxLength: 41 }),
    /** true = conforms; a number; id of an option; words. `null` with a note = does not apply here. */
    value: Type.Union([Type.Boolean(), Type.Number(), Type.String({ maxLength: 1_000 }), Type.Null()]),
    note: Type.Optional(Type.String({ maxLength: 1_000 })),
    photos: Type.Optional(Type.Array(Type.String({ format: 'uuid' }), { maxItems: 9 })),
  },
  closed,
);
export type Answer = Static<typeof AnswerSchema>;

export type Checklist = { code: string; version: number; title: Static<typeof Words>; items: Item[] };

/** What no checklist may be: two items of one id, a choice without options, limits the wrong way round. */
export function checklistFaults(items: readonly Item[]): FieldFault[] {
  const faults: FieldFault[] = [];
  const say = (pointer: string, rule: string, zh: string, en: string): void =>
    void faults.push({ pointer, rule, message: { zh, en } });
  const seen = new Set<string>();
  for (const [at, item] of items.entries()) {
    if (seen.has(item.id)) say(`/items/${at}/id`, 'unique', '检查项编号重复', 'is used twice');
    seen.add(item.id);
    if ((item.kind === 'choice') !== (item.options !== undefined))
      say(
        `/items/${at}/options`,
        'kind',
        '只有选择项才有、也必须有选项',
        'belong to a choice, and a choice needs them',
      );
    if (item.kind !== 'number' && (item.min !== undefined || item.max !== undefined))
      say(`/items/${at}/min`, 'kind', '只有数值项才有限值', 'limits belong to numbers');
    if (item.min !== undefined && item.max !== undefined && item.min > item.max)
      say(`/items/${at}/max`, 'range', '上限不能小于下限', 'cannot be below the lower limit');
  }
  return faults;
}

export type Verdict = 'conforms' | 'fails' | 'not-applicable' | 'open';

/** Whether an answer conforms (是否符合). Words say nothing by themselves: they never fail. */
export function verdictOf(item: Item, answer: Answer | undefined): Verdict {
  if (!answer) return 'open';
  const { value } = answer;
  if (value === null) return 'not-applicable';
  switch (item.kind) {
    case 'check':
      return value === true ? 'conforms' : 'fails';
    case 'number':
      return Number(value) < (item.min ?? Number.NEGATIVE_INFINITY) ||
        Number(value) > (item.max ?? Number.POSITIVE_INFINITY)
        ? 'fails'
        : 'conforms';
    case 'choice':
      return item.options?.find(({ id }) => id === value)?.conforms === false ? 'fails' : 'conforms';
    case 'text':
      return 'conforms';
  }
}

const TYPE = { check: 'boolean', number: 'number', choice: 'string', text: 'string' } as const;

/** What a filled form lacks, at its answers. Empty = it can be taken. */
export function answerFaults(items: readonly Item[], answers: readonly Answer[]): FieldFault[] {
  const faults: FieldFault[] = [];
  const say = (item: string, field: string, rule: string, zh: string, en: string): void =>
    void faults.push({ pointer: `/answers/${item}/${field}`, rule, message: { zh, en } });
  const byItem = new Map(answers.map((answer) => [answer.item, answer]));
  if (byItem.size !== answers.length)
    faults.push({
      pointer: '/answers',
      rule: 'unique',
      message: { zh: '同一检查项答了两次', en: 'an item is answered twice' },
    });
  for (const { item } of answers)
    if (!items.some(({ id }) => id === item))
      say(item, 'item', 'exists', '检查表里没有这一项', 'is no item of this checklist');
  for (const item of items) {
    const answer = byItem.get(item.id);
    if (!answer) {
      if (item.required) say(item.id, 'value', 'required', '这一项必须填写', 'has to be answered');
      continue;
    }
    const { value, note, photos = [] } = answer;
    if (value === null) {
      if (!note?.trim()) say(item.id, 'note', 'required', '不适用须说明原因', 'say why it does not apply');
      continue;
    }
    if (typeof value !== TYPE[item.kind] || (typeof value === 'number' && !Number.isFinite(value)))
      say(item.id, 'value', 'type', '填写的类型不对', 'is not of the right kind');
    else if (item.kind === 'choice' && !item.options?.some(({ id }) => id === value))
      say(item.id, 'value', 'enum', '不在选项内', 'is none of the options');
    const failed = verdictOf(item, answer) === 'fails';
    if (failed && !note?.trim()) say(item.id, 'note', 'required', '不符合的须写明情况', 'say what is wrong');
    if ((item.photo === 'always' || (item.photo === 'failed' && failed)) && photos.length === 0)
      say(item.id, 'photos', 'required', '这一项须拍照', 'needs a photo');
  }
  return faults;
}

export const digestOf = (value: unknown): string => hash('sm3', JSON.stringify(value), 'hex');

/** Publishes a version (发布检查表). The same content again stays the version it is. */
export async function publishChecklist(db: Db, list: Omit<Checklist, 'version'>): Promise<number> {
  const { code, title, items } = list;
  const digest = digestOf({ title, items });
  await db.run(sql`select pg_advisory_xact_lock(310110, hashtext(${code}))`);
  const last = await db.first<{ version: number; digest: string }>(
    sql`select version, digest from inspection.checklist where code = ${code} order by version desc limit 1`,
  );
  if (last?.digest === digest) return last.version;
  const version = (last?.version ?? 0) + 1;
  await db.run(sql`
    insert into inspection.checklist (code, version, title, items, digest, published_at, published_by)
    values (${code}, ${version}::int, ${JSON.stringify(title)}::text::jsonb, ${JSON.stringify(items)}::text::jsonb, ${digest}, kernel.now(), ${db.actor.account})`);
  return version;
}

export async function readChecklist(db: Db, code: string, version?: number): Promise<Checklist | undefined> {
  const which = version === undefined ? sql`` : sql`and version = ${version}::int`;
  return db.first<Checklist>(
    sql`select code, version, title, items from inspection.checklist where code = ${code} ${which} order by version desc limit 1`,
  );
}
