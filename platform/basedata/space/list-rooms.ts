import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { rooms } from './resources.ts';
import { PUBLIC_ONLY } from './secrecy.ts';

const Item = itemOf(rooms, ['id', 'floor', 'number', 'kind', 'areaM2', 'use', 'rightType']);

/** Floors and rooms of a building (楼盘表), for posts. */
export const listRooms = route({
  method: 'GET',
  path: '/api/space/buildings/:code/rooms',
  summary: { zh: '房屋的楼层与房间', en: 'Floors and rooms of a building' },
  allow: 'space.rooms.read',
  params: Type.Object({ code: Type.String({ minLength: 1, maxLength: 40 }) }),
  reply: Type.Object({ rooms: Type.Array(Item) }),
  errors: [NotFound],
  examples: { own: { as: 'street-clerk', params: { code: 'fixture:building' } } },
  handler: async ({ params, db }) => {
    if (!(await db.first(sql`select code from space.building where code = ${params.code} and ${PUBLIC_ONLY}`)))
      throw NotFound.with();
    return {
      rooms: await db.rows<RoomItem>(sql`
        select id, floor, number, kind, area_m2 as "areaM2", use, right_type as "rightType" from space.room
        where building_code = ${params.code} order by floor nulls last, kind <> '成套', number limit 5000`),
    };
  },
});

type RoomItem = {
  id: string;
  floor: number | null;
  number: string;
  kind: string;
  areaM2: number | null;
  use: string | null;
  rightType: string | null;
};
