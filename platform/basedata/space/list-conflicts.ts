import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { answersForBuildings } from './building-rules.ts';

const Maybe = Type.Union([Type.String(), Type.Null()]);
const Shape = Type.Object({
  id: Type.String(),
  label: Maybe,
  shape: Type.Unknown({ description: 'GeoJSON geometry, EPSG:4490' }),
});

/** What waits for a decision about buildings (冲突队列), the oldest first, with the shapes for a map; for units that answer for them. */
export const listConflicts = route({
  method: 'GET',
  path: '/api/space/conflicts',
  summary: { zh: '待判定的房屋冲突', en: 'Conflicts of buildings to decide' },
  allow: 'space.conflicts.read',
  query: Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })) }),
  reply: Type.Object({
    open: Type.Integer(),
    conflicts: Type.Array(
      Type.Object({
        id: Type.String({ format: 'uuid' }),
        kind: Type.String(),
        /** part: the house was measured in parts; whole: several houses as one; null: no match. */
        relation: Maybe,
        foundAt: Type.String({ format: 'date-time' }),
        choices: Type.Array(Type.String()),
        buildings: Type.Array(Shape),
        outlines: Type.Array(Shape),
        facts: Type.Record(Type.String(), Type.String()),
      }),
    ),
  }),
  examples: { own: { as: 'data-officer', unit: 'housing' } },
  handler: async ({ query, db, actor }) => {
    if (!answersForBuildings(actor)) return { open: 0, conflicts: [] };
    const { open } = await db.one<{ open: number }>(
      sql`select count(*)::int as open from space.conflict where state = 'open'`,
    );
    const rows = await db.rows<ConflictRow>(sql`
      select id, kind, building_code as building, outline_id as outline, detail, found_at as "foundAt" from space.conflict
      where state = 'open' order by found_at, id limit ${query.limit ?? 20}::int`);
    const codes = rows.flatMap((row) => buildingsOf(row));
    const ids = rows.flatMap((row) => outlinesOf(row));
    const buildings = await db.rows<ShapeRow>(
      sql`select code as id, address as label, ST_AsGeoJSON(geometry, 7) as shape from space.building where code = any(${codes}::text[]) and geometry is not null`,
    );
    const outlines = await db.rows<ShapeRow>(
      sql`select id, address as label, ST_AsGeoJSON(geometry, 7) as shape from space.outline where id = any(${ids}::text[])`,
    );
    const shapes = (all: readonly ShapeRow[], wanted: readonly string[]) =>
      all
        .filter(({ id }) => wanted.includes(id))
        .map(({ shape, ...row }) => ({ ...row, shape: JSON.parse(shape) as unknown }));
    return {
      open,
      conflicts: rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        relation: row.detail.relation ?? null,
        foundAt: row.foundAt.toISOString(),
        choices: [...choicesOf(row)],
        buildings: shapes(buildings, buildingsOf(row)),
        outlines: shapes(outlines, outlinesOf(row)),
        facts: factsOf(row),
      })),
    };
  },
});

export type ConflictRow = {
  id: string;
  kind: string;
  building: string | null;
  outline: string | null;
  detail: {
    relation?: 'part' | 'whole';
    near?: string[];
    outlines?: string[];
    other?: string;
    areaM2?: number;
    number?: string;
    first?: Record<string, unknown>;
    second?: Record<string, unknown>;
  };
  foundAt: Date;
};
type ShapeRow = { id: string; label: string | null; shape: string };

export const buildingsOf = ({ building, detail }: ConflictRow): string[] => [
  ...new Set([...(building ? [building] : []), ...(detail.near ?? []), ...(detail.other ? [detail.other] : [])]),
];
export const outlinesOf = ({ outline, detail }: ConflictRow): string[] =>
  [...new Set([...(outline ? [outline] : []), ...(detail.outlines ?? [])])].sort();

/** Decisions (判定): same · parts of one · split · merged · apart. */
export type Decision = 'same' | 'parts' | 'split' | 'merge' | 'apart';

/** What can be decided of this kind of conflict. */
export function choicesOf({ kind, detail, building }: ConflictRow): readonly Decision[] {
  if (kind === 'room-twice') return ['same', 'apart'];
  if (kind === 'overlap') return ['apart'];
  if (detail.relation === 'part') return ['parts', 'split'];
  if (detail.relation === 'whole') return ['parts', 'merge'];
  return building === null ? ['apart'] : ['same', 'parts', 'apart'];
}

function factsOf({ kind, detail }: ConflictRow): Record<string, string> {
  if (kind === 'overlap') return { areaM2: String(detail.areaM2 ?? '') };
  if (kind !== 'room-twice') return {};
  const room = (one: Record<string, unknown> | undefined) =>
    [one?.kind, one?.floor && `${String(one.floor)}F`, one?.areaM2 && `${String(one.areaM2)} m²`]
      .filter(Boolean)
      .join(' · ');
  return { number: detail.number ?? '', first: room(detail.first), second: room(detail.second) };
}
