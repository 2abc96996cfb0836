import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { ResidentItem, type ResidentRow, residentColumns, toResident } from './resident.ts';
import { ownCommittee } from './scope.ts';

const PAGE = 60;

/** Residents of a committee in order of their homes (居民名册): page by page, by building or by a part of the name. */
export const listResidents = route({
  method: 'GET',
  path: '/api/community/committees/:code/residents',
  summary: { zh: '居委会居民名册', en: 'Residents of a committee' },
  allow: 'community.desk.read',
  params: Type.Object({ code: Type.String({ pattern: '^[0-9]{12}$' }) }),
  query: Type.Object({
    building: Type.Optional(Type.String({ maxLength: 40 })),
    name: Type.Optional(Type.String({ maxLength: 40 })),
    after: Type.Optional(Type.String({ maxLength: 400 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  }),
  reply: Type.Object({
    asOf: Type.String({ format: 'date-time' }),
    committee: Type.Object({
      code: Type.String(),
      name: Type.String(),
      street: Type.Union([Type.String(), Type.Null()]),
    }),
    residents: Type.Array(ResidentItem),
    /** Sent back as `after` to read on; null at the end. */
    next: Type.Union([Type.String(), Type.Null()]),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { code: 'fixture:own-committee' }, purpose: 'community-care' },
    foreign: { as: 'street-clerk', params: { code: 'fixture:foreign-committee' }, purpose: 'community-care' },
  },
  handler: async ({ db, actor, clock, params, query }) => {
    const committee = await ownCommittee(db, actor, params.code);
    const [building, room, pid] = readCursor(query.after);
    const limit = query.limit ?? PAGE;
    const name = `%${(query.name ?? '').trim().replaceAll(/[\\%_]/g, (c) => `\\${c}`)}%`;
    const rows = await db.rows<ResidentRow>(sql`
      select ${residentColumns}
      from ${db.share('resident')} r
        left join ${db.share('household')} h on h.household_no = r.household_no
        left join ${db.share('building')} b on b.code = r.building_code
      where r.committee_code = ${params.code} and r.death_date is null
        and (${query.building ?? null}::text is null or r.building_code = ${query.building ?? null}::text)
        and (${name}::text = '%%' or r.name like ${name}::text)
        and (${pid ?? null}::uuid is null
          or (coalesce(r.building_code, ''), coalesce(r.room, ''), r.pid) > (${building ?? ''}::text, ${room ?? ''}::text, ${pid ?? null}::uuid))
      order by coalesce(r.building_code, ''), coalesce(r.room, ''), r.pid
      limit ${limit + 1}::int`);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      asOf: clock.now().toISOString(),
      committee,
      residents: shown.map(toResident),
      next: rows.length > limit && last ? writeCursor([last.buildingCode ?? '', last.room ?? '', last.pid]) : null,
    };
  },
});
