import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';
import { accessLog } from './resources.ts';
import { operationTitle } from './titles.ts';

const PAGE = 50;
const Moment = Type.String({
  format: 'date-time',
  pattern: '^\\d{4}-\\d{2}-\\d{2}T[0-9:.]+(Z|[+-]\\d{2}:\\d{2})$',
});
const Word = Type.String({ minLength: 1, maxLength: 80 });
const UUID = '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}';

type Row = {
  id: string;
  at: Date;
  account: string;
  name: string;
  post: string | null;
  unit: string | null;
  purpose: string | null;
  behalf: string | null;
  module: string;
  route: string;
  resources: string[];
  fields: string[];
  level: string;
  outcome: string;
  code: string | null;
  subjects: number;
};

/** Search in the audit (审计检索), for the auditor: by actor, unit, purpose, outcome, time and by whom it is about. Newest first. */
export const searchEntries = route({
  method: 'GET',
  path: '/api/audit/entries',
  summary: { zh: '检索审计日志', en: 'Search the audit log' },
  allow: 'audit.read',
  query: Type.Object(
    {
      account: Type.Optional(Word),
      unit: Type.Optional(Word),
      purpose: Type.Optional(Word),
      outcome: Type.Optional(Type.Union([Type.Literal('read'), Type.Literal('changed'), Type.Literal('refused')])),
      subject: Type.Optional(
        Type.String({
          pattern: `^(${UUID}|[0-9A-HJ-NPQRTUWXY]{18})$`,
          description: '居民编号或统一社会信用代码 / id of a resident or unified social credit code',
        }),
      ),
      from: Type.Optional(Moment),
      to: Type.Optional(Moment),
      before: Type.Optional(
        Type.String({ pattern: `^${UUID}$`, description: '上一页最后一条 / last of the page before' }),
      ),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    entries: Type.Array(
      Type.Intersect([
        itemOf(accessLog, [
          'id',
          'at',
          'account',
          'name',
          'post',
          'unit',
          'purpose',
          'behalf',
          'module',
          'route',
          'resources',
          'fields',
          'level',
          'outcome',
          'code',
          'subjects',
        ]),
        Type.Object({ what: Type.Object({ zh: Type.String(), en: Type.String() }) }),
      ]),
    ),
    next: Type.Union([Type.String(), Type.Null()]),
  }),
  examples: { own: { as: 'security-auditor', query: { outcome: 'read' } } },
  handler: async ({ db, services, query }) => {
    const conditions: Sql[] = [sql`true`];
    if (query.account) conditions.push(sql`a.account = ${query.account}`);
    if (query.unit) conditions.push(sql`a.unit = ${query.unit}`);
    if (query.purpose) conditions.push(sql`a.purpose = ${query.purpose}`);
    if (query.outcome) conditions.push(sql`a.outcome = ${query.outcome}`);
    if (query.from) conditions.push(sql`a.at >= ${query.from}::timestamptz`);
    if (query.to) conditions.push(sql`a.at < ${query.to}::timestamptz`);
    if (query.before)
      conditions.push(sql`(a.at, a.id) < (select b.at, b.id from audit.access b where b.id = ${query.before}::uuid)`);
    const source = query.subject
      ? sql`audit.access_subject s join audit.access a on a.id = s.access_id and s.kind = ${query.subject.length === 18 ? 'entity' : 'person'} and s.subject = ${query.subject}`
      : sql`audit.access a`;
    const where = conditions.reduce((all, one) => sql`${all} and ${one}`);
    const rows = await db.rows<Row>(sql`
      select a.id, a.at, a.account, a.name, a.post, a.unit, a.purpose, a.behalf, a.module, a.route, a.resources, a.fields, a.level, a.outcome, a.code, a.subjects
      from ${source} where ${where} order by a.at desc, a.id desc limit ${PAGE + 1}`);
    const titleOf = operationTitle(services);
    const entries = rows.slice(0, PAGE).map((row) => ({
      ...row,
      at: row.at.toISOString(),
      what: titleOf(row.route),
    }));
    return { entries, next: rows.length > PAGE ? (entries.at(-1)?.id ?? null) : null };
  },
});
