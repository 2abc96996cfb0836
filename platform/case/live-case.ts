import type { LiveKind } from '#platform/kernel/live-kind.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { CASE_MOVED } from './tell.ts';

/** Cases as they move (案件动态), for pages that follow them: number, class, state and place; neither the words of the report nor who reported. */
export const liveCase: LiveKind = {
  name: 'case',
  types: [CASE_MOVED, 'gov.step.due'],
  action: 'incident.case.read',
  read: async (db, subjects) => {
    const rows = await db.rows<{
      id: string;
      no: string;
      class: string;
      state: string;
      lon: number;
      lat: number;
      street: string;
      committee: string;
      units: string[];
    }>(sql`
      select c.id, c.no, c.class, c.state, c.lon, c.lat, c.street, c.committee, c.units
      from jsonb_array_elements_text(${json(subjects)}::text::jsonb) s(id) join incident.case_file c on c.id::text = s.id`);
    return new Map(rows.map(({ id, committee, units, ...row }) => [id, { row, area: committee, units }]));
  },
};
