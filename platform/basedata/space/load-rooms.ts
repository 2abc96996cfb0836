import { type ImportTarget, plain, type RowFault } from '#platform/exchange/target.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { type Finding, reportConflicts } from './report-conflicts.ts';

/** A table of rooms (楼盘表) as housing sends it, one a building. */
const Rooms = Type.Array(
  Type.Object({
    floor: Type.Union([Type.Integer({ minimum: -9, maximum: 200 }), Type.Null()]),
    number: Type.String({ minLength: 1, maxLength: 40 }),
    kind: Type.String({ minLength: 1, maxLength: 40 }),
    areaM2: Type.Optional(Type.Number({ exclusiveMinimum: 0, maximum: 100_000 })),
    use: Type.Optional(Type.String({ maxLength: 40 })),
    right: Type.Optional(Type.String({ maxLength: 40 })),
  }),
  { maxItems: 5000 },
);

/** Floors and rooms (楼层与房间). Two rooms of one building with one number are not merged: people decide. */
export const roomTarget: ImportTarget = {
  id: 'space.room',
  title: { zh: '楼层与房间', en: 'Floors and rooms' },
  fields: [
    {
      name: 'buildingCode',
      title: { zh: '房屋编码', en: 'Building code' },
      type: 'text',
      required: true,
      maxLength: 40,
    },
    { name: 'rooms', title: { zh: '楼盘表', en: 'Table of rooms' }, type: 'json', required: true },
  ],
  async check({ db, rows }) {
    const codes = [...new Set(rows.flatMap(({ values }) => values.buildingCode ?? []))];
    const found = await db.rows<{ code: string }>(
      sql`select code from space.building where code = any(${codes}::text[])`,
    );
    const known = new Set(found.map(({ code }) => code));
    return rows.flatMap(({ row, values }): RowFault[] => {
      const at = (field: string, rule: string, zh: string, en: string): RowFault => ({
        row,
        column: field,
        field,
        rule,
        reason: { zh, en },
      });
      if (!known.has(values.buildingCode ?? ''))
        return [at('buildingCode', 'unknown-building', '房屋编码不在房屋库中', 'There is no building with this code')];
      return Value.Check(Rooms, JSON.parse(values.rooms ?? 'null'))
        ? []
        : [at('rooms', 'rooms-shape', '楼盘表的内容不合要求', 'The table of rooms has not the agreed form')];
    });
  },
  async load({ db, claims }) {
    const findings: Finding[] = [];
    const rooms = claims.flatMap((claim) => {
      const building = plain(claim.payload, 'buildingCode') ?? '';
      const table = JSON.parse(plain(claim.payload, 'rooms') ?? '[]') as {
        number: string;
        floor: number | null;
        kind: string;
        areaM2?: number;
      }[];
      const seen = new Map<string, (typeof table)[number]>();
      for (const room of table) {
        const first = seen.get(room.number);
        if (first)
          findings.push({
            kind: 'room-twice',
            about: `room:${building}:${room.number}`,
            building,
            detail: { number: room.number, first, second: room },
          });
        else seen.set(room.number, room);
      }
      return [...seen.values()].map((room) => ({ ...room, building, claim: claim.id }));
    });
    const codes = [...new Set(rooms.map(({ building }) => building))];
    const records = sql`jsonb_to_recordset(${json(rooms)}::text::jsonb)
      as x (building text, floor int, number text, kind text, "areaM2" float8, use text, "right" text, claim bigint)`;
    const gone = await db.run(
      sql`delete from space.room r where r.building_code = any(${codes}::text[]) and not exists (select from ${records} where x.building = r.building_code and x.number = r.number)
        -- The second of two rooms with one number is there because a person said so, as long as the first is.
        and not exists (select from space.conflict c join ${records} on x.building = c.building_code and x.number = c.detail ->> 'number'
          where c.about = 'room:' || r.building_code || ':' || left(r.number, -2) and c.decision = 'apart' and r.number like '%-2')`,
    );
    const { before } = await db.one<{ before: number }>(
      sql`select count(*)::int as before from space.room where building_code = any(${codes}::text[])`,
    );
    const written = await db.run(sql`
      insert into space.room (building_code, floor, number, kind, area_m2, use, right_type, claim_id)
      select x.building, x.floor, x.number, x.kind, x."areaM2", x.use, x."right", x.claim from ${records}
      on conflict (id) do update set floor = excluded.floor, kind = excluded.kind, area_m2 = excluded.area_m2, use = excluded.use,
        right_type = excluded.right_type, claim_id = excluded.claim_id
      where (space.room.floor, space.room.kind, space.room.area_m2, space.room.use, space.room.right_type)
        is distinct from (excluded.floor, excluded.kind, excluded.area_m2, excluded.use, excluded.right_type)`);
    await reportConflicts(db, findings);
    const created = Math.min(written, Math.max(0, rooms.length - before));
    return {
      created,
      changed: written - created + gone,
      unchanged: rooms.length - written,
      conflicts: findings.length,
    };
  },
};
