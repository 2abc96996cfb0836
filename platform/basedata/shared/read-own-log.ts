import type { Static } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { AccessSchema } from './card-schema.ts';

type LogRow = {
  id: string;
  at: Date;
  name: string;
  post: string | null;
  unit: string | null;
  purpose: string | null;
  purposeTitle: Text | null;
  purposeBasis: { source: string; article: string; en: string } | null;
  module: string;
  resources: string[];
  fields: string[];
  level: string;
  outcome: string;
  trace: string | null;
  acting: boolean;
  emergency: boolean;
};

/** Who read the caller's own data, newest first; `opened` says which masked fields a request opened, by its trace. */
export async function readOwnLog(
  db: Db,
  options: { kind: 'person' | 'entity'; before?: string; opened: (traces: string[]) => Promise<Map<string, string[]>> },
): Promise<Static<typeof AccessSchema>> {
  const most = 50;
  const rows = await db.rows<LogRow>(sql`
    select l.id, l.at, l.name, l.post, l.unit, l.purpose, p.title as "purposeTitle", p.basis as "purposeBasis", l.module, l.resources, l.fields, l.level, l.outcome, l.trace, d.id is not null as acting,
      -- Reads by break-glass have addresses of their own.
      l.route like 'GET /api/%/opened/%' as emergency
    from audit.own_log(${options.kind}, ${options.before ?? null}::timestamptz, ${most}::int) l
      left join audit.own_acts(${options.kind}, ${options.before ?? null}::timestamptz, ${most}::int) d on d.id = l.id
      left join access.purpose p on p.code = l.purpose
    order by l.at desc, l.id desc`);
  const opened = await options.opened(rows.flatMap((r) => r.trace ?? []));
  return {
    accesses: rows.map(({ trace, ...row }) => ({
      ...row,
      at: row.at.toISOString(),
      purposeBasis: row.purposeBasis && {
        zh: `《${row.purposeBasis.source}》${row.purposeBasis.article}`,
        en: row.purposeBasis.en,
      },
      opened: trace === null ? [] : (opened.get(trace) ?? []),
      self: !row.acting && (row.post === 'citizen' || row.post === 'enterprise-agent'),
    })),
    next: rows.length === most ? (rows.at(-1)?.at.toISOString() ?? null) : null,
  };
}
