import { Type } from 'typebox';
import { attributeViews, shownAs } from '#platform/access/attributes/view.ts';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { ROLE_MARKS } from '../facts/marks.ts';
import { roles } from '../resources.ts';
import { Uscc, EXAMPLE } from '../uscc.ts';
import { controllersOf, type Holding, lookThrough } from './look-through.ts';

/** Edges that are read at most; a group of this size is no longer drawn but still looked through. */
const MOST_FIRMS = 5000;
const holder = itemOf(roles, ['holder']).properties.holder;
const name = itemOf(roles, ['holderName']).properties.holderName;

type Edge = {
  uscc: string;
  holder: string;
  kind: string;
  holderKind: 'entity' | 'person';
  holderName: string | null;
  percent: string | null;
  appointedBy: string | null;
  nominee: boolean;
};

/** Who stands behind an enterprise (股权穿透): holdings to a depth, effective shares through all of them, control, loops. */
export const showGraph = route({
  method: 'GET',
  path: '/api/legal-entity/entities/:uscc/graph',
  summary: { zh: '股权穿透图', en: 'Ownership graph of an enterprise' },
  allow: 'legal-entity.entity.read',
  params: Type.Object({ uscc: Uscc }),
  query: Type.Object({ depth: Type.Optional(Type.Integer({ minimum: 1, maximum: 20, default: 3 })) }),
  reply: Type.Object({
    uscc: itemOf(roles, ['uscc']).properties.uscc,
    nodes: Type.Array(
      Type.Object({
        id: holder,
        kind: Type.Union([Type.Literal('entity'), Type.Literal('person')]),
        name,
        /** Steps above (positive) or below (negative) the enterprise. */
        level: Type.Integer(),
        /** Effective percent in the enterprise; null below it, and through a closed loop. */
        effective: Type.Union([Type.Number(), Type.Null()]),
        nominee: Type.Boolean(),
        more: Type.Boolean({ description: 'has holders of its own that lie beyond the depth' }),
      }),
    ),
    edges: Type.Array(
      Type.Object({ from: Type.String(), to: Type.String(), percent: Type.Union([Type.Number(), Type.Null()]) }),
    ),
    controllers: Type.Array(
      Type.Object({
        holder,
        name,
        percent: Type.Union([Type.Number(), Type.Null()]),
        by: Type.Union([Type.Literal('share'), Type.Literal('board')]),
      }),
    ),
    owners: Type.Array(Type.Object({ holder, name, percent: Type.Number() })),
    /** True if somewhere above the known shares of a firm are not 100 %. */
    incomplete: Type.Array(Type.Object({ firm: Type.String(), sum: Type.Number() })),
    closed: Type.Array(Type.Array(Type.String())),
  }),
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { uscc: EXAMPLE }, purpose: 'enterprise-service' } },
  handler: async ({ db, params: { uscc }, query: { depth = 3 }, services, actor, clock }) => {
    if (!(await db.first(sql`select 1 from legal_entity.entity where uscc = ${uscc}`))) throw NotFound.with();
    const columns = sql`r.uscc, r.holder, r.kind, r.holder_kind as "holderKind", r.holder_name as "holderName", r.percent::text as percent, r.appointed_by as "appointedBy", r.nominee`;
    const above = await db.rows<Edge>(
      sql`select ${columns} from legal_entity.edges_above(${uscc}, ${MOST_FIRMS}::int) r`,
    );
    const me = `uscc:${uscc}`;
    const below = await db.rows<Edge>(sql`
      select ${columns} from legal_entity.role r where r.holder = ${me} and r.kind = 'shareholder' and r.tx_to is null order by r.uscc limit 50`);
    const shares = above.filter((e) => e.kind === 'shareholder');
    const holdings = shares.flatMap((e): Holding[] =>
      e.percent === null ? [] : [{ holder: e.holder, firm: `uscc:${e.uscc}`, percent: Number(e.percent) }],
    );
    const seen = lookThrough(holdings, me);
    const { least } = await amountsAt(
      db,
      { least: { id: 'legal-entity.owner.controls', unit: 'percent' } },
      clock.now(),
    );
    const board = above.filter((e) => e.kind === 'director' && e.uscc === uscc).map((e) => e.appointedBy);
    const names = await namesOf(db, [...shares, ...below]);
    const view = attributeViews({ services, actor, resource: roles.id });
    const person = ROLE_MARKS.find((mark) => mark.name === 'holderName');
    const nameOf = (id: string): string | null => {
      const known = names.get(id) ?? null;
      // Names of firms are public; those of persons are shown as the policies say.
      return id.startsWith('uscc:') || person === undefined ? known : shownAs(view(person), known);
    };
    const effective = new Map([...seen.owners, ...seen.through].map((o) => [o.holder, o.percent]));
    const levels = levelsOf(me, shares, depth);
    const drawn = shares.filter((e) => levels.has(`uscc:${e.uscc}`) && levels.has(e.holder));
    const nominees = new Set(shares.filter((e) => e.nominee).map((e) => e.holder));
    // Beyond the depth: holders that are not drawn.
    const beyond = new Set(shares.filter((e) => !levels.has(e.holder)).map((e) => `uscc:${e.uscc}`));
    const kinds = new Map(shares.map((e) => [e.holder, e.holderKind]));
    return {
      uscc,
      nodes: [
        ...[...levels].map(([id, level]) => ({
          id,
          kind: kinds.get(id) ?? ('entity' as const),
          name: nameOf(id),
          level,
          effective: id === me ? null : (effective.get(id) ?? null),
          nominee: nominees.has(id),
          more: beyond.has(id),
        })),
        ...below
          .filter((e) => !levels.has(`uscc:${e.uscc}`))
          .map((e) => ({
            id: `uscc:${e.uscc}`,
            kind: 'entity' as const,
            name: nameOf(`uscc:${e.uscc}`),
            level: -1,
            effective: null,
            nominee: false,
            more: false,
          })),
      ],
      edges: [...drawn, ...below.filter((e) => !levels.has(`uscc:${e.uscc}`))].map((e) => ({
        from: e.holder,
        to: `uscc:${e.uscc}`,
        percent: e.percent === null ? null : Number(e.percent),
      })),
      controllers: controllersOf({ owners: seen.owners, board, least }).map((c) => ({ ...c, name: nameOf(c.holder) })),
      owners: seen.owners.slice(0, 50).map((o) => ({ ...o, name: nameOf(o.holder) })),
      incomplete: seen.incomplete,
      closed: seen.closed,
    };
  },
});

/** Fewest steps from the enterprise up to each holder, to a depth. */
function levelsOf(me: string, shares: readonly Edge[], depth: number): Map<string, number> {
  const levels = new Map([[me, 0]]);
  for (let level = 1; level <= depth; level += 1)
    for (const e of shares)
      if (levels.get(`uscc:${e.uscc}`) === level - 1 && !levels.has(e.holder)) levels.set(e.holder, level);
  return levels;
}

/** Names by holder: of a firm as this base knows it, else as the register of shares writes it. */
async function namesOf(
  db: Parameters<typeof amountsAt>[0],
  edges: readonly Edge[],
): Promise<Map<string, string | null>> {
  const codes = [
    ...new Set(edges.flatMap((e) => [e.uscc, ...(e.holder.startsWith('uscc:') ? [e.holder.slice(5)] : [])])),
  ];
  const rows = await db.rows<{ uscc: string; name: string | null }>(
    sql`select uscc, name from legal_entity.entity where uscc = any (${codes}::text[])`,
  );
  return new Map([
    ...edges.map((e) => [e.holder, e.holderName] as const),
    ...rows.map(({ uscc, name: known }) => [`uscc:${uscc}`, known] as const),
  ]);
}
