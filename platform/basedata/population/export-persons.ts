import { Type } from 'typebox';
import { attributeViews } from '#platform/access/attributes/view.ts';
import { route } from '#platform/kernel/app.ts';
import { isCalendarDate, shanghaiDate } from '#platform/kernel/dates.ts';
import { Forbidden, InvalidInput } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { endOfDay } from '#platform/basedata/shared/as-of.ts';
import { markOf } from './attributes.ts';
import { PERSON_TABLE } from './load-persons.ts';
import { resident } from './resources.ts';

const PAGE = 500;
const FIELDS = [
  'pid',
  'name',
  'sex',
  'birthDate',
  'householdNo',
  'relation',
  'buildingCode',
  'residenceFrom',
  'hukouAddress',
  'committeeCode',
  'deathDate',
] as const;
const NOBODY = '00000000-0000-0000-0000-000000000000';
const Row = Type.Object({
  ...itemOf(resident, FIELDS).properties,
  ...itemOf(resident, ['address']).properties,
});

/**
 * Residents as they were known at the end of a day (按日导出), page by page in order of id. Every version is kept and none is changed, so a
 * past day gives the same bytes whenever it is asked for. What the post would see masked is left out; identity numbers never leave.
 */
export const exportPersons = route({
  method: 'GET',
  path: '/api/population/export',
  summary: { zh: '按日导出人口数据', en: 'Residents as of a day' },
  allow: 'population.person.export',
  query: Type.Object(
    {
      asOf: Type.String({ format: 'date', description: 'a past day or today' }),
      after: Type.Optional(Type.String({ pattern: '^[0-9a-f-]{36}$' })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    asOf: Type.String({ format: 'date' }),
    rows: Type.Array(Row),
    next: Type.Union([Type.String(), Type.Null()]),
  }),
  errors: [InvalidInput],
  examples: { own: { as: 'data-officer', query: { asOf: '2026-01-01' }, purpose: 'data-quality' } },
  handler: async ({ db, actor, clock, services, query: { asOf, after } }) => {
    // Whoever sees an area sees who lives there today: only the whole district has a past of its own.
    if (actor.kind !== 'person' || actor.behalf) throw Forbidden.with();
    if (!isCalendarDate(asOf) || asOf > shanghaiDate(clock.now()))
      throw InvalidInput.with({
        fields: [
          { pointer: '/asOf', rule: 'past', message: { zh: '须为今天或过去的日期', en: 'is no day of the past' } },
        ],
      });
    if (actor.reach !== 'district') return { asOf, rows: [], next: null };
    const at = endOfDay(asOf);
    const found = await db.rows<{ pid: string; record: Record<string, string | null> }>(sql`
      select pid, record from (
        select pid, to_jsonb(p) as record from population.person p where tx_from <= ${at}::timestamptz
        union all
        select pid, record from population.person_version where tx_from <= ${at}::timestamptz and tx_to > ${at}::timestamptz
      ) known where pid > ${after ?? NOBODY}::uuid order by pid limit ${PAGE + 1}::int`);
    const view = attributeViews({ services, actor, resource: resident.id });
    const clear = new Set(Object.keys(PERSON_TABLE.columns).filter((name) => view(markOf(name)) === 'clear'));
    const value = (record: Record<string, string | null>, name: string): string | null =>
      clear.has(name) ? (record[PERSON_TABLE.columns[name] as string] ?? null) : null;
    const rows = found.slice(0, PAGE).map(({ pid, record }) => ({
      pid,
      name: value(record, 'name'),
      sex: value(record, 'sex'),
      birthDate: value(record, 'birthDate'),
      householdNo: value(record, 'householdNo'),
      relation: value(record, 'relation'),
      buildingCode: value(record, 'buildingCode'),
      residenceFrom: value(record, 'residenceFrom'),
      hukouAddress: value(record, 'hukouAddress'),
      committeeCode: record.committee_code ?? null,
      deathDate: value(record, 'deathDate'),
      address: value(record, 'residenceAddress'),
    }));
    return { asOf, rows, next: found.length > PAGE ? (rows.at(-1)?.pid ?? null) : null };
  },
});
