import { Type } from 'typebox';
import { attributeViews, shownAs } from '#platform/access/attributes/view.ts';
import { AccessSchema, AsOfQuery, LineageSchema } from '#platform/basedata/shared/card-schema.ts';
import { readLineage } from '#platform/basedata/shared/read-lineage.ts';
import { readOwnLog } from '#platform/basedata/shared/read-own-log.ts';
import { survive } from '#platform/basedata/shared/survivorship.ts';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { findDocuments } from '#platform/search/find-documents.ts';
import { itemOf } from '#platform/kernel/resource.ts';
import { empty, sql } from '#platform/kernel/sql.ts';
import { ENTITY_ATTRIBUTES, ENTITY_MARKS, ENTITY_RULES } from './entity-rules.ts';
import { EntityCardSchema, readEntity } from './read-entity.ts';
import { entities } from './resources.ts';
import { FIRMS } from './index-entities.ts';
import { statementsOf } from './statements.ts';
import { EXAMPLE, Uscc } from './uscc.ts';

/** One enterprise, one card. */
export const showEntity = route({
  method: 'GET',
  path: '/api/legal-entity/entities/:uscc',
  summary: { zh: '一企一档', en: 'The card of an enterprise' },
  allow: 'legal-entity.entity.read',
  params: Type.Object({ uscc: Uscc }),
  query: AsOfQuery,
  reply: EntityCardSchema,
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { uscc: EXAMPLE } } },
  handler: ({ db, params, query, services, actor }) =>
    readEntity({
      db,
      uscc: params.uscc,
      asOf: query.asOf,
      viewOf: attributeViews({ services, actor, resource: entities.id }),
    }),
});

const PAGE = 30;
type Listed = {
  uscc: string;
  name: string | null;
  kind: string | null;
  status: string | null;
  registeredAddress: string | null;
  buildingCode: string | null;
  committeeCode: string | null;
  lifeState: string | null;
};

/** Enterprises by name (also misspelt, in pinyin, or one of before), code, old number, industry, or building. */
export const searchEntities = route({
  method: 'GET',
  path: '/api/legal-entity/entities',
  summary: { zh: '查找企业', en: 'Find enterprises' },
  allow: 'legal-entity.entity.read',
  query: Type.Object({
    q: Type.Optional(Type.String({ maxLength: 80 })),
    building: Type.Optional(Type.String({ maxLength: 40 })),
    life: Type.Optional(Type.String({ maxLength: 20 })),
    after: Type.Optional(Type.String({ maxLength: 18 })),
    page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 1 })),
  }),
  reply: Type.Object({
    entities: Type.Array(
      itemOf(entities, [
        'uscc',
        'name',
        'kind',
        'status',
        'registeredAddress',
        'buildingCode',
        'committeeCode',
        'lifeState',
      ]),
    ),
    next: Type.Union([Type.String(), Type.Null()]),
    /** How many match the words; null where none were asked for. */
    total: Type.Union([Type.Integer(), Type.Null()]),
    instead: Type.Array(Type.Object({ typed: Type.String(), used: Type.String() })),
  }),
  examples: { own: { as: 'data-officer', query: { q: '文化' } } },
  handler: async ({ db, query: { q = '', building, life, after, page = 1 } }) => {
    const found =
      q.trim() === ''
        ? undefined
        : await findDocuments(db, {
            kind: FIRMS.kind,
            q: q.trim(),
            chosen: life === undefined ? {} : { life },
            page,
            pageSize: PAGE,
          });
    const rows = await db.rows<Listed>(sql`
      select uscc, name, kind, status, registered_address as "registeredAddress", building_code as "buildingCode", committee_code as "committeeCode", life_state as "lifeState"
      from legal_entity.entity where true
        ${found === undefined ? empty : sql`and uscc = any (${found.ids}::text[])`}
        ${building === undefined ? empty : sql`and building_code = ${building}`}
        ${found === undefined && life !== undefined ? sql`and life_state = ${life}` : empty}
        ${after === undefined || found !== undefined ? empty : sql`and uscc > ${after}`}
      order by ${found === undefined ? sql`uscc` : sql`array_position(${found.ids}::text[], uscc)`} limit ${PAGE + 1}::int`);
    return {
      entities: rows.slice(0, PAGE),
      next: found === undefined && rows.length > PAGE ? (rows[PAGE - 1]?.uscc ?? null) : null,
      total: found?.total ?? null,
      instead: found?.instead ?? [],
    };
  },
});

/** My enterprise (我的企业): all that the district holds about it, for its agent. */
export const showOwnEntity = route({
  method: 'GET',
  path: '/api/legal-entity/self',
  summary: { zh: '查看本企业档案', en: 'See my enterprise' },
  allow: 'legal-entity.self.read',
  query: AsOfQuery,
  self: true,
  delegable: 'own-enterprise-read',
  reply: EntityCardSchema,
  errors: [NotFound],
  examples: { own: { as: 'enterprise-agent' } },
  handler: ({ db, actor, query, services }) => {
    if (actor.entity === undefined) throw NotFound.with();
    const viewOf = attributeViews({ services, actor, resource: entities.id, own: true });
    return readEntity({ db, uscc: actor.entity, asOf: query.asOf, viewOf });
  },
});

/** Who read the enterprise's data (谁看过企业数据). */
export const listEntityAccesses = route({
  method: 'GET',
  path: '/api/legal-entity/self/accesses',
  summary: { zh: '谁看过我的企业数据', en: 'Who read the data of my enterprise' },
  allow: 'legal-entity.self.read',
  query: Type.Object({ before: Type.Optional(Type.String({ format: 'date-time' })) }),
  self: true,
  reply: AccessSchema,
  errors: [NotFound],
  examples: { own: { as: 'enterprise-agent' } },
  handler: ({ db, actor, query }) => {
    if (actor.entity === undefined) throw NotFound.with();
    return readOwnLog(db, { kind: 'entity', before: query.before, opened: async () => new Map() });
  },
});

/** Lineage (数据血缘) of one value of an enterprise. */
export const showEntityLineage = route({
  method: 'GET',
  path: '/api/legal-entity/lineage',
  summary: { zh: '企业数据血缘', en: 'Lineage of a value of an enterprise' },
  allow: 'legal-entity.entity.read',
  query: Type.Object({ uscc: Uscc, attr: Type.Union(ENTITY_ATTRIBUTES.map((a) => Type.Literal(a.name))) }),
  reply: Type.Object({ uscc: itemOf(entities, ['uscc']).properties.uscc, ...LineageSchema.properties }),
  errors: [NotFound],
  examples: { own: { as: 'data-officer', query: { uscc: EXAMPLE, attr: 'name' } } },
  handler: async ({ db, query: { uscc, attr }, services, actor }) => {
    const mark = ENTITY_MARKS.find(({ name }) => name === attr);
    const view = mark && attributeViews({ services, actor, resource: entities.id })(mark);
    if (view === undefined || view === 'hidden') throw NotFound.with();
    const show = (value: string) => shownAs(view, value);
    const rule = ENTITY_RULES.find((r) => r.attributes.includes(attr));
    if (!rule || !(await db.first(sql`select 1 from legal_entity.entity where uscc = ${uscc}`))) throw NotFound.with();
    const accepted = (await statementsOf(db, [uscc])).get(uscc) ?? [];
    const golden = survive(accepted, ENTITY_RULES)[attr]?.source.c;
    return {
      uscc,
      ...(await readLineage({ db, attribute: attr, rule, accepted, frozen: [], golden, show })),
    };
  },
});
