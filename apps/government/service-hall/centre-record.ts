import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import type { Hours } from './centre-hours.ts';

export type Centre = {
  code: string;
  kind: 'district' | 'community';
  title: Text;
  area: string;
  address: Text;
  phone: string;
  lon: number;
  lat: number;
  hours: Hours;
  sample: boolean;
};
/** The hours of a centre with the days from yesterday on that it keeps otherwise. */
const HOURS = sql`hours || jsonb_build_object('days', coalesce((
  select jsonb_object_agg(d.day::text, case when d.open_from is not null then jsonb_build_object('from', d.open_from, 'to', d.open_to) end)
  from service_hall.special_day d where d.centre = code and d.day >= (kernel.now() at time zone 'Asia/Shanghai')::date - 1), '{}'))`;
const COLUMNS = sql`code, kind, title, area, address, phone, lon, lat, ${HOURS} as hours, sample`;

export function readCentres(db: Db): Promise<Centre[]> {
  return db.rows<Centre>(sql`select ${COLUMNS} from service_hall.centre order by kind = 'community', code`);
}

export function readCentre(db: Db, code: string): Promise<Centre | undefined> {
  return db.first<Centre>(sql`select ${COLUMNS} from service_hall.centre where code = ${code}`);
}

export type Family = { code: string; title: Text; letter: string };

export function readFamilies(db: Db): Promise<Family[]> {
  return db.rows<Family>(sql`select code, title, letter from service_hall.family order by letter`);
}

export type HallWindow = {
  no: number;
  families: string[];
  clerk: string | null;
  clerkName: string | null;
  seatedAt: Date | null;
};

export function readWindows(db: Db, centre: string): Promise<HallWindow[]> {
  return db.rows<HallWindow>(sql`
    select no, families, clerk, clerk_name as "clerkName", seated_at as "seatedAt" from service_hall.service_window where centre = ${centre} order by no`);
}

/** What a clerk may serve at a window today: what the window is for and the exams that hold (综窗人员技能). */
export async function skillsOf(
  db: Db,
  options: { account: string; window: Pick<HallWindow, 'families'>; now: Date },
): Promise<Set<string>> {
  const { account, window, now } = options;
  const rows = await db.rows<{ family: string }>(sql`
    select family from service_hall.clerk_skill where account = ${account} and family = any(${window.families}::text[])
      and passed_on <= ${shanghaiDate(now)}::date and (valid_to is null or valid_to > ${shanghaiDate(now)}::date)`);
  return new Set(rows.map(({ family }) => family));
}
