import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Services } from '#platform/kernel/app.ts';
import { addDays, shanghaiDate } from '#platform/kernel/dates.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { fieldText, type SheetField, sheetChecksum } from './link-sheet.ts';
import { Words } from './list-centres.ts';

/** Days over which the rate of double entry is counted. */
const RATE_DAYS = 365;
const LinkCode = Type.String({ pattern: '^[a-z][a-z0-9-]{2,60}$' });
const Mode = Type.Union([Type.Literal('api'), Type.Literal('exchange'), Type.Literal('assisted')]);
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const Fields = Type.Array(
  Type.Object(
    {
      element: Type.String({ pattern: '^[a-z][a-z0-9-]{0,60}$' }),
      value: Type.String({ maxLength: 4000 }),
    },
    { additionalProperties: false },
  ),
  { minItems: 1, maxItems: 300 },
);
const LinkSchema = Type.Object({
  code: Type.String(),
  title: Words,
  unit: Type.String(),
  mode: Mode,
  plan: MaybeText,
  planUntil: MaybeText,
});
type Link = { code: string; title: Text; unit: string; mode: 'api'; plan: string | null; planUntil: string | null };
const COLUMNS = sql`code, title, unit, mode, plan, plan_until::text as "planUntil"`;

/** All links (系统对接清单), the worst mode first, with the share of cases that are typed twice and the plans that are over. */
export const listLinks = route({
  method: 'GET',
  path: '/api/service-hall/links',
  summary: { zh: '系统对接清单', en: 'Links to vertical systems' },
  allow: 'service-hall.link.read',
  reply: Type.Object({
    links: Type.Array(
      Type.Object({
        ...LinkSchema.properties,
        entries: Type.Integer(),
        typed: Type.Integer(),
        open: Type.Integer({ description: 'typed over, not compared yet' }),
        late: Type.Boolean({ description: 'the plan to end typing over is over, the typing is not' }),
      }),
    ),
    /** Of all cases that stand in a vertical system as well; null = there are none. */
    doubleEntryRate: Type.Union([Type.Number(), Type.Null()]),
  }),
  examples: { own: { as: 'data-officer' } },
  handler: async ({ db, clock }) => {
    const today = shanghaiDate(clock.now());
    const [links, counts] = await Promise.all([
      db.rows<Link>(
        sql`select ${COLUMNS} from service_hall.system_link order by array_position(array['assisted', 'exchange', 'api'], mode), plan_until, code`,
      ),
      db.rows<{ link: string; entries: number; typed: number; open: number }>(
        sql`select link, entries, typed, open from service_hall.entry_counts(${addDays(today, -RATE_DAYS)}::date)`,
      ),
    ]);
    const total = counts.reduce((sum, { entries }) => sum + entries, 0);
    const typed = counts.reduce((sum, row) => sum + row.typed, 0);
    return {
      links: links.map((link) => {
        const { entries = 0, typed: own = 0, open = 0 } = counts.find((row) => row.link === link.code) ?? {};
        const late = link.planUntil !== null && (link.mode as string) === 'assisted' && link.planUntil < today;
        return { ...link, entries, typed: own, open, late };
      }),
      doubleEntryRate: total === 0 ? null : typed / total,
    };
  },
});

/** Registers a link or changes its mode (登记系统对接). Typing over is only registered with a plan that ends it. */
export const putLink = route({
  method: 'PUT',
  path: '/api/service-hall/links/:code',
  summary: { zh: '登记系统对接', en: 'Register a link' },
  allow: 'service-hall.link.edit',
  params: Type.Object({ code: LinkCode }),
  body: Type.Object(
    {
      title: Words,
      mode: Mode,
      plan: Type.Optional(Type.String({ minLength: 4, maxLength: 500 })),
      planUntil: Type.Optional(Type.String({ format: 'date', pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
    },
    { additionalProperties: false },
  ),
  reply: LinkSchema,
  errors: [NotFound, InvalidInput],
  examples: {
    own: {
      as: 'data-officer',
      params: { code: 'sample-registry' },
      body: { title: { zh: '样例登记系统', en: 'Sample registry' }, mode: 'api' },
    },
  },
  handler: async ({ db, actor, clock, params: { code }, body }) => {
    const { unit } = actor;
    if (unit === undefined) throw NotFound.with();
    const { title, mode, plan = null, planUntil = null } = body;
    const message = { zh: '人工转录须写明如何、何时停止', en: 'typing over needs a plan: how and until when it ends' };
    if (mode === 'assisted' && (plan === null || planUntil === null))
      throw InvalidInput.with({ fields: [{ pointer: '/plan', rule: 'required', message }] });
    const there = await db.first<{ unit: string }>(
      sql`select unit from service_hall.system_link where code = ${code} for update`,
    );
    if (there && there.unit !== unit) throw NotFound.with();
    await db.run(sql`
      insert into service_hall.system_link (code, title, unit, mode, plan, plan_until, entered_at, entered_by)
      values (${code}, ${json(title)}::text::jsonb, ${unit}, ${mode}, ${plan}::text, ${planUntil}::date, ${clock.now()}::timestamptz, ${actor.account})
      on conflict (code) do update set title = excluded.title, mode = excluded.mode, plan = excluded.plan, plan_until = excluded.plan_until,
        entered_at = excluded.entered_at, entered_by = excluded.entered_by`);
    return db.one<Link>(sql`select ${COLUMNS} from service_hall.system_link where code = ${code}`);
  },
});

const digestOf = (services: Pick<Services, 'keyring'>, entry: string, field: SheetField): string =>
  services.keyring.lookup('service-hall.sheet', `${entry}:${fieldText(field)}`);
const digestsOf = (services: Pick<Services, 'keyring'>, entry: string, fields: readonly SheetField[]) =>
  Object.fromEntries(fields.map((field) => [field.element, digestOf(services, entry, field)]));

/**
 * A case goes into a vertical system (转入垂直系统). Where it is typed over this makes the copy sheet's checksum, and keeps of each field
 * what tells later whether it was typed right, not what it says. Sent twice it is one entry.
 */
export const enterCase = route({
  method: 'POST',
  path: '/api/service-hall/link-entries',
  summary: { zh: '生成转录单', en: 'Make a copy sheet' },
  allow: 'service-hall.link.use',
  status: 201,
  body: Type.Object(
    {
      link: LinkCode,
      case: Type.String({ pattern: '^[0-9]{18}[0-9A-Z]$' }),
      no: Type.Integer({ minimum: 1, maximum: 99 }),
      fields: Fields,
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Type.String(), mode: Mode, checksum: MaybeText }),
  errors: [NotFound],
  examples: {
    own: {
      as: 'street-clerk',
      body: {
        link: 'fixture:link',
        case: 'fixture:linked-case',
        no: 1,
        fields: [{ element: 'shop-name', value: '石库门面馆' }],
      },
    },
  },
  handler: async ({ db, actor, clock, services, body }) => {
    const { unit } = actor;
    const link = await db.first<{ mode: 'api' | 'exchange' | 'assisted' }>(
      sql`select mode from service_hall.system_link where code = ${body.link} for share`,
    );
    if (!link || unit === undefined) throw NotFound.with();
    const typed = link.mode === 'assisted';
    const checksum = typed ? sheetChecksum(body.fields) : null;
    const there = await db.first<{ id: string; mode: 'api' }>(sql`
      select id, mode from service_hall.link_entry where link = ${body.link} and case_code = ${body.case} and no = ${body.no}::int`);
    if (there) return { ...there, checksum };
    const id = uuidv7();
    const made = await db.run(sql`
      insert into service_hall.link_entry (id, link, case_code, no, mode, unit, digests, entered_at, entered_by)
      values (${id}::uuid, ${body.link}, ${body.case}, ${body.no}::int, ${link.mode}, ${unit}, ${typed ? json(digestsOf(services, id, body.fields)) : null}::text::jsonb,
        ${clock.now()}::timestamptz, ${actor.account})
      on conflict (link, case_code, no) do nothing`);
    // Another unit has entered it: to this one it does not exist.
    if (made === 0) throw NotFound.with();
    return { id, mode: link.mode, checksum };
  },
});

/** Compares what the vertical system says with what was to be typed (核对): which fields differ. Answered twice it is one update. */
export const reconcileEntry = route({
  method: 'POST',
  path: '/api/service-hall/link-entries/:id/reconcile',
  summary: { zh: '核对转录', en: 'Compare a copy' },
  allow: 'service-hall.link.use',
  params: Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) }),
  body: Type.Object({ fields: Fields }, { additionalProperties: false }),
  reply: Type.Object({ same: Type.Boolean(), differs: Type.Array(Type.String()) }),
  errors: [NotFound],
  examples: {
    own: {
      as: 'street-clerk',
      params: { id: 'fixture:link-entry' },
      body: { fields: [{ element: 'shop-name', value: '石库门面馆' }] },
    },
    foreign: {
      as: 'street-clerk',
      params: { id: 'fixture:foreign-link-entry' },
      body: { fields: [{ element: 'shop-name', value: '石库门面馆' }] },
    },
  },
  handler: async ({ db, clock, services, params: { id }, body: { fields } }) => {
    const entry = await db.first<{ digests: Record<string, string> | null }>(
      sql`select digests from service_hall.link_entry where id = ${id}::uuid for update`,
    );
    if (!entry?.digests) throw NotFound.with();
    const theirs = digestsOf(services, id, fields);
    const elements = [...new Set([...Object.keys(entry.digests), ...Object.keys(theirs)])].toSorted();
    const differs = elements.filter((element) => entry.digests?.[element] !== theirs[element]);
    if (differs.length === 0)
      await db.run(sql`
        update service_hall.link_entry set reconciled_at = coalesce(reconciled_at, ${clock.now()}::timestamptz) where id = ${id}::uuid`);
    return { same: differs.length === 0, differs };
  },
});
