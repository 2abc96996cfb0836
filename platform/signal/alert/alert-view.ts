import { Type } from 'typebox';
import type { Db } from '#platform/kernel/db.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { alert } from '../resources.ts';

export const AlertSchema = itemOf(alert, [
  'id',
  'number',
  'kind',
  'title',
  'level',
  'source',
  'subject',
  'unit',
  'value',
  'lon',
  'lat',
  'note',
  'state',
  'raisedAt',
  'lastAt',
  'count',
  'flapping',
  'storm',
  'clearedAt',
  'suppressedBy',
  'step',
  'nextStepAt',
  'acknowledgedAt',
  'acknowledgedName',
  'closedAt',
  'closedNote',
  'sample',
]);

export type AlertView = {
  id: string;
  number: string;
  kind: string;
  title: Text;
  level: number;
  source: string;
  subject: string;
  unit: string;
  value: number | null;
  lon: number | null;
  lat: number | null;
  note: string | null;
  state: string;
  raisedAt: string;
  lastAt: string;
  count: number;
  flapping: boolean;
  storm: boolean;
  clearedAt: string | null;
  suppressedBy: string | null;
  step: number;
  nextStepAt: string | null;
  acknowledgedAt: string | null;
  acknowledgedName: string | null;
  closedAt: string | null;
  closedNote: string | null;
  /** Made up for the sample district (样例). */
  sample: boolean;
};

const iso = (at: unknown): string | null => (at instanceof Date ? at.toISOString() : null);

/** Alerts as they are shown, in the order asked for; what row security hides is not there. */
export async function readAlerts(db: Db, rest: Sql): Promise<AlertView[]> {
  const rows = await db.rows<Record<string, unknown>>(sql`
    select id, number, kind, title, level, source, subject, unit, value::float8 as value, lon, lat, note, state, raised_at as "raisedAt", last_at as "lastAt", count, flapping, storm,
      cleared_at as "clearedAt", suppressed_by as "suppressedBy", step, next_step_at as "nextStepAt", acknowledged_at as "acknowledgedAt", acknowledged_name as "acknowledgedName",
      closed_at as "closedAt", closed_note as "closedNote", sample
    from signal.alert ${rest}`);
  return rows.map((row) => ({
    ...(row as AlertView),
    raisedAt: iso(row.raisedAt) as string,
    lastAt: iso(row.lastAt) as string,
    clearedAt: iso(row.clearedAt),
    nextStepAt: iso(row.nextStepAt),
    acknowledgedAt: iso(row.acknowledgedAt),
    closedAt: iso(row.closedAt),
  }));
}

export const EntrySchema = Type.Object({
  at: Type.String({ format: 'date-time' }),
  what: Type.String(),
  step: Type.Union([Type.Integer(), Type.Null()]),
  account: Type.Union([Type.String(), Type.Null()]),
  name: Type.Union([Type.String(), Type.Null()]),
  note: Type.Union([Type.String(), Type.Null()]),
});
