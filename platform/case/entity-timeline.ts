import { Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import { port, route, type Services } from '#platform/kernel/app.ts';
import { domainError, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { CaseParams } from './act-route.ts';
import { findCase } from './case-row.ts';
import { TimelineEntry, timelineOf } from './case-view.ts';
import { ENTITY_KINDS, type EntityKind, LINK_KINDS, mayLink } from './links.ts';

/** What one entity tells of itself (时间线来源). */
export type EntityStory = { title: Text; state: string | null; entries: TimelineEntry[] };
/**
 * A module that owns one kind of entity (reading, signal, alert, emergency, hazard, order) and tells its story to whoever may read it, by its own rights.
 * Undefined: there is none, or not for this caller. It runs outside any transaction.
 */
export type EntitySource = {
  kind: EntityKind;
  read(options: { services: Services; actor: Actor; id: string }): Promise<EntityStory | undefined>;
};
export const entitySource = port<EntitySource>('incident.entity-source');

/** Cases tell their own. */
export const caseSource: EntitySource = {
  kind: 'case',
  read: ({ services, actor, id }) =>
    services.database.tx({ module: 'incident', actor, readOnly: true }, async (db) => {
      const row = await findCase(db, id);
      if (!row) return undefined;
      return {
        title: { zh: row.description, en: row.description },
        state: row.state,
        entries: await timelineOf(db, row.id),
      };
    }),
};

const MOST_NODES = 60;
type LinkRow = { kind: string; direction: 'in' | 'out'; otherKind: string; otherId: string };
type Node = { kind: string; id: string };
const keyOf = ({ kind, id }: Node): string => `${kind} ${id}`;

const KindSchema = Type.Union(ENTITY_KINDS.map((kind) => Type.Literal(kind)));

/**
 * One timeline of everything that hangs together (G1): reading, signal, alert, case, emergency, hazard, order. Links are walked from the entity asked for;
 * each entity is told by the module that owns it, and what the caller may not read stays a node without words.
 */
export const showTimeline = route({
  method: 'GET',
  path: '/api/incident/timeline/:kind/:id',
  summary: { zh: '关联时间线', en: 'Timeline of what hangs together' },
  allow: 'incident.case.read',
  params: Type.Object({ kind: KindSchema, id: Type.String({ minLength: 1, maxLength: 80 }) }),
  reply: Type.Object({
    entities: Type.Array(
      Type.Object({
        kind: Type.String(),
        id: Type.String(),
        title: Type.Union([Type.Object({ zh: Type.String(), en: Type.String() }), Type.Null()]),
        state: Type.Union([Type.String(), Type.Null()]),
      }),
    ),
    links: Type.Array(
      Type.Object({
        kind: Type.String(),
        from: Type.Object({ kind: Type.String(), id: Type.String() }),
        to: Type.Object({ kind: Type.String(), id: Type.String() }),
      }),
    ),
    entries: Type.Array(
      Type.Object({ ...TimelineEntry.properties, entity: Type.Object({ kind: Type.String(), id: Type.String() }) }),
    ),
    more: Type.Boolean({ description: '还有更多关联未列出 / not all links were walked' }),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { kind: 'case', id: 'fixture:incident-to-accept' } },
    foreign: { as: 'street-clerk', params: { kind: 'case', id: 'fixture:foreign-incident' } },
  },
  prepare: async ({ params, actor, services }) => {
    const sources = new Map(services.registry.provided(entitySource).map(({ value }) => [value.kind as string, value]));
    const read = (node: Node) => sources.get(node.kind)?.read({ services, actor, id: node.id });
    const root = { kind: params.kind, id: params.id };
    const first = await read(root);
    if (!first) throw NotFound.with();
    const seen = new Map<string, { node: Node; story: EntityStory | undefined }>([
      [keyOf(root), { node: root, story: first }],
    ]);
    const links = new Map<string, { kind: string; from: Node; to: Node }>();
    const waiting: Node[] = [root];
    let more = false;
    for (let at = waiting.shift(); at; at = waiting.shift()) {
      const { kind, id } = at;
      const rows = await services.database.tx({ module: 'incident', actor, readOnly: true }, (db) =>
        db.rows<LinkRow>(
          sql`select kind, direction, other_kind as "otherKind", other_id as "otherId" from kernel.links_of(${kind}, ${id})`,
        ),
      );
      for (const row of rows) {
        const other = { kind: row.otherKind, id: row.otherId };
        if (!ENTITY_KINDS.includes(other.kind as EntityKind)) continue;
        const [from, to] = row.direction === 'out' ? [at, other] : [other, at];
        if (seen.size >= MOST_NODES && !seen.has(keyOf(other))) {
          more = true;
          continue;
        }
        links.set(`${row.kind} ${keyOf(from)} ${keyOf(to)}`, { kind: row.kind, from, to });
        if (seen.has(keyOf(other))) continue;
        seen.set(keyOf(other), { node: other, story: await read(other) });
        waiting.push(other);
      }
    }
    return { seen: [...seen.values()], links: [...links.values()], more };
  },
  handler: async ({ prepared: { seen, links, more } }) => ({
    entities: seen.map(({ node, story }) => ({ ...node, title: story?.title ?? null, state: story?.state ?? null })),
    links,
    entries: seen
      .flatMap(({ node, story }) => (story?.entries ?? []).map((entry) => ({ ...entry, entity: node })))
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)),
    more,
  }),
});

export const LinkRefused = domainError({
  code: 'INCIDENT_LINK_REFUSED',
  status: 409,
  title: { zh: '这两者之间不能建立这种关联', en: 'These two cannot be linked in this way' },
  action: { zh: '请换一种关联类型或方向。', en: 'Choose another kind or the other direction.' },
});

/** Links a case with something else (建立关联): nothing is copied, both keep their own record. */
export const linkCase = route({
  method: 'POST',
  path: '/api/incident/cases/:no/links',
  summary: { zh: '建立关联', en: 'Link a case' },
  allow: 'incident.case.operate',
  params: CaseParams,
  body: Type.Object(
    {
      kind: Type.Union(LINK_KINDS.map((kind) => Type.Literal(kind))),
      to: Type.Object(
        { kind: KindSchema, id: Type.String({ minLength: 1, maxLength: 80 }) },
        { additionalProperties: false },
      ),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ linked: Type.Boolean() }),
  status: 201,
  errors: [NotFound, InvalidInput, LinkRefused],
  examples: {
    own: {
      as: 'street-clerk',
      params: { no: 'fixture:incident-to-take' },
      body: { kind: 'follow_up_of', to: { kind: 'case', id: 'fixture:incident-to-return' } },
    },
    foreign: {
      as: 'street-clerk',
      params: { no: 'fixture:foreign-incident' },
      body: { kind: 'follow_up_of', to: { kind: 'case', id: 'fixture:incident-to-return' } },
    },
  },
  // What is linked exists, and the caller may read it.
  prepare: async ({ body, actor, services }) => {
    const source = services.registry.provided(entitySource).find(({ value }) => value.kind === body.to.kind)?.value;
    return (await source?.read({ services, actor, id: body.to.id })) !== undefined;
  },
  handler: async ({ db, params: { no }, body, prepared: known }) => {
    const row = await findCase(db, no);
    if (!row || !known) throw NotFound.with();
    if (!mayLink('case', body.to.kind, body.kind) || (body.to.kind === 'case' && body.to.id === no))
      throw LinkRefused.with();
    await db.run(sql`select kernel.add_link(${body.kind}, 'case', ${no}, ${body.to.kind}, ${body.to.id})`);
    return { linked: true };
  },
});
