import type { Consumer } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';

/** When areas change, buildings move to the cell and committee in which they now stand. */
export const placeBuildings: Consumer = {
  name: 'place-buildings',
  type: 'geo.area.changed',
  async handle({ db }) {
    await db.run(sql`
      with placed as (
        select b.code, geo.cell_of(ST_PointOnSurface(b.geometry)) as cell from space.building b where b.geometry is not null)
      update space.building b set cell_code = p.cell, committee_code = left(p.cell, 12)
      from placed p where p.code = b.code and p.cell is not null and (b.cell_code, b.committee_code) is distinct from (p.cell, left(p.cell, 12))`);
  },
};
