import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Mount } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { isCalendarDate, shanghaiMidnight, addDays } from '#platform/kernel/dates.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { neutralise } from '#platform/kernel/neutralise.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { SealedRow } from './check-seal.ts';
import { trail } from './record.ts';
import { accessLog } from './resources.ts';
import { type Seal, SEAL_COLUMNS } from './seal.ts';
import { rowsOf } from './verify.ts';

/** Version of the file's form. */
export const EXPORT_FORMAT = 1;

/** First line of an export: what it holds, and the public keys that its seals name. */
export type ExportHead = {
  type: 'export';
  format: number;
  from: number;
  to: number;
  made_at: string;
  made_by: string;
  keys: { id: string; public_key: string }[];
};
export type ExportSeal = Seal & { type: 'seal' };
export type ExportRow = { type: 'row'; seal: number } & Omit<SealedRow['row'], 'at'> & {
    at: string;
    about: SealedRow['subjects'];
  };
/** Last line: how much there is, and the digest (SM3) of everything before it; a file without it is incomplete. */
export type ExportEnd = { type: 'end'; seals: number; rows: number; digest: string };

type Query = { since?: string; until?: string };
type Range = { from: number; to: number };
type Tx = <T>(work: (db: Db) => Promise<T>) => Promise<T>;

/**
 * Export for an auditor (审计导出) of whole seals: as NDJSON with everything that is needed to verify it elsewhere
 * (`verify-export`), or as CSV to read. The export is itself an entry of the log, written before the first line goes out.
 */
export const exportAudit: Mount = {
  path: '/export/audit',
  summary: { zh: '导出审计日志', en: 'Export the audit' },
  allow: 'audit.export',
  register(server, kernel) {
    const forms = { ndjson: ndjsonLines, csv: csvLines } as const;
    for (const form of ['ndjson', 'csv'] as const) {
      server.get<{ Querystring: Query }>(`/export/audit.${form}`, async (request, reply) => {
        const days = readDays(request.query);
        const tx: Tx = (work) => kernel.tx(request, work);
        const range = await kernel.tx(request, async (db) => {
          const found = await sealsOf(db, days);
          await trail.record(db, {
            route: `GET /export/audit.${form}`,
            fields: Object.entries(accessLog.fields).map(([field, { level }]) => ({
              resource: accessLog.id,
              field,
              level,
            })),
            subjects: [],
            outcome: 'read',
            statement: `seals ${found.from}–${found.to}`,
          });
          return { ...found, by: db.actor.account };
        });
        const name = `audit-${range.from}-${range.to}.${form}`;
        return reply
          .type(form === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8')
          .header('content-disposition', `attachment; filename="${name}"`)
          .header('cache-control', 'no-store')
          .send(Readable.from(forms[form]({ tx, range, by: range.by, now: kernel.services.clock.now() })));
      });
    }
  },
};

function readDays(query: Query): { since?: string; until?: string } {
  const { since, until } = query;
  const fields = Object.entries({ since, until }).flatMap(([name, day]) =>
    day === undefined || (typeof day === 'string' && isCalendarDate(day))
      ? []
      : [
          {
            pointer: `/query/${name}`,
            rule: 'date',
            message: { zh: '日期格式为 2026-11-26', en: 'must be a day, 2026-11-26' },
          },
        ],
  );
  if (fields.length > 0) throw InvalidInput.with({ fields });
  return { since, until };
}

/** The seals of some days, whole: what was sealed from the begin of the first to the end of the last. */
async function sealsOf(db: Db, days: Query): Promise<Range> {
  const since = days.since === undefined ? null : shanghaiMidnight(days.since).toISOString();
  const until = days.until === undefined ? null : shanghaiMidnight(addDays(days.until, 1)).toISOString();
  const found = await db.one<{ from: number | null; to: number | null }>(sql`
    select min(seq)::int as "from", max(seq)::int as "to" from audit.seal
    where (${since}::timestamptz is null or at >= ${since}::timestamptz) and (${until}::timestamptz is null or at < ${until}::timestamptz)`);
  return { from: found.from ?? 0, to: found.to ?? 0 };
}

type Source = { tx: Tx; range: Range; by: string; now: Date };

async function* ndjsonLines({ tx, range, by, now }: Source): AsyncGenerator<string> {
  const digest = createHash('sm3');
  let sealed = 0;
  let count = 0;
  const line = (value: object): string => {
    const text = `${JSON.stringify(value)}\n`;
    digest.update(text);
    return text;
  };
  const keys = await tx((db) =>
    db.rows<{ id: string; public_key: string }>(
      sql`select id, public_key from audit.seal_key where id in (select key_id from audit.seal where seq between ${range.from}::bigint and ${range.to}::bigint) order by since`,
    ),
  );
  yield line({
    type: 'export',
    format: EXPORT_FORMAT,
    ...range,
    made_at: now.toISOString(),
    made_by: by,
    keys,
  } satisfies ExportHead);
  for await (const { seal, rows } of batches(tx, range)) {
    sealed += 1;
    count += rows.length;
    yield line({ type: 'seal', ...seal } satisfies ExportSeal);
    for (const { row, subjects } of rows)
      yield line({
        type: 'row',
        seal: seal.seq,
        ...row,
        at: row.at.toISOString(),
        about: subjects,
      } satisfies ExportRow);
  }
  yield `${JSON.stringify({ type: 'end', seals: sealed, rows: count, digest: digest.digest('base64url') } satisfies ExportEnd)}\n`;
}

const COLUMNS: [string, (row: SealedRow['row'], seal: Seal) => string | null][] = [
  ['封存', (_, seal) => String(seal.seq)],
  ['时间', (row) => row.at.toISOString()],
  ['账号', (row) => row.account],
  ['姓名', (row) => row.name],
  ['岗位', (row) => row.post],
  ['单位', (row) => row.unit],
  ['用途', (row) => row.purpose],
  ['代办授权', (row) => row.behalf],
  ['模块', (row) => row.module],
  ['操作', (row) => row.route],
  ['数据资源', (row) => row.resources.join(' ')],
  ['数据项', (row) => row.fields.join(' ')],
  ['数据级别', (row) => row.level],
  ['结果', (row) => row.outcome],
  ['拒绝原因', (row) => row.code],
  ['说明', (row) => row.statement],
  ['涉及对象数', (row) => String(row.subjects)],
  ['编号', (row) => row.id],
  ['摘要', (row) => row.digest],
];

async function* csvLines({ tx, range }: Source): AsyncGenerator<string> {
  yield `\ufeff${COLUMNS.map(([title]) => title).join(',')}\r\n`;
  for await (const { seal, rows } of batches(tx, range))
    for (const { row } of rows)
      yield `${COLUMNS.map(([, read]) => `"${neutralise(read(row, seal) ?? '').replaceAll('"', '""')}"`).join(',')}\r\n`;
}

/** Seal by seal, each read in a transaction of its own: what is sealed does not change, and no reader holds the database. */
async function* batches(tx: Tx, range: Range): AsyncGenerator<{ seal: Seal; rows: SealedRow[] }> {
  for (let seq = range.from; seq > 0 && seq <= range.to; seq += 1) {
    const found = await tx(async (db) => {
      const stored = await db.first<Omit<Seal, 'at'> & { at: Date }>(
        sql`select ${SEAL_COLUMNS} from audit.seal where seq = ${seq}::bigint`,
      );
      if (!stored) return undefined;
      const seal: Seal = { ...stored, at: stored.at.toISOString() };
      const rows: SealedRow[] = [];
      for await (const row of rowsOf(db, seal)) rows.push(row);
      return { seal, rows };
    });
    // A seal that is missing shows as a gap, which the verifier names.
    if (found) yield found;
  }
}
