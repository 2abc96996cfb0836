import { Type, type Static } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { AudienceSchema, KindSchema, LimitSchema, TextSchema } from './item-definition.ts';
import { blockersOf } from './item-depth.ts';
import { ItemParams, publishedItem } from './item-record.ts';
import { LIFE_EVENTS } from './life-events.ts';

const Maybe = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Union([schema, Type.Null()]);

/** What people see of an item before they answer anything. */
export const ItemPageSchema = Type.Object({
  code: Type.String(),
  version: Type.Integer(),
  sample: Type.Boolean(),
  publishedAt: Type.String(),
  unit: Type.String(),
  title: TextSchema,
  kind: KindSchema,
  audience: Type.Array(AudienceSchema),
  events: Type.Array(Type.Object({ id: Type.String(), title: TextSchema })),
  basis: Type.Array(Type.Object({ law: TextSchema, article: Type.String() })),
  legalLimit: LimitSchema,
  promisedLimit: LimitSchema,
  discretion: Type.Boolean(),
  commitment: Type.Boolean(),
  fee: Maybe(Type.Object({ amount: Type.String(), basis: TextSchema })),
  certificate: Maybe(Type.Object({ code: Type.String(), title: TextSchema })),
  visits: Type.Integer(),
  depth: Type.Integer(),
  blockers: Type.Array(Type.String()),
  anyCentre: Type.Boolean(),
  where: Type.Object({ place: TextSchema, hours: TextSchema, phone: Type.String() }),
  /** Guided questions that the choice of materials begins with; 0 = none. */
  questions: Type.Integer(),
  bundles: Type.Array(Type.Object({ id: Type.String(), title: TextSchema })),
});
export type ItemPage = Static<typeof ItemPageSchema>;

/** One published item, for everyone. */
export const showItem = route({
  method: 'GET',
  path: '/api/service/items/:code',
  summary: { zh: '办事指南', en: 'One service' },
  allow: 'public',
  params: ItemParams,
  reply: ItemPageSchema,
  errors: [NotFound],
  examples: { own: { as: 'anonymous', params: { code: 'fixture:service-published' } } },
  handler: async ({ db, params: { code } }) => {
    const { unit, version, sample, depth, publishedAt, definition } = await publishedItem(db, code);
    const certificate = await db.first<{ code: string; title: Text }>(
      sql`select code, title from service.certificate_type where code = ${definition.certificateType ?? null}::text`,
    );
    const bundles = await db.rows<{ id: string; title: Text }>(sql`
      select b.id, b.title from service.bundle_item i join service.bundle b on b.id = i.bundle where i.item = ${code} order by b.ord`);
    const { title, kind, audience, basis, legalLimit, promisedLimit, discretion, fee, visits, anyCentre, where } =
      definition;
    return {
      code,
      version,
      sample,
      publishedAt: publishedAt.toISOString(),
      unit,
      title,
      kind,
      audience,
      events: definition.events.flatMap((id) => {
        const event = LIFE_EVENTS.find((each) => each.id === id);
        return event ? [{ id, title: event.title }] : [];
      }),
      basis,
      legalLimit,
      promisedLimit,
      discretion,
      commitment: definition.notifyAndCommit !== undefined,
      fee: fee ?? null,
      certificate: certificate ?? null,
      visits,
      depth,
      blockers: blockersOf(definition),
      anyCentre,
      where,
      questions: definition.questions.length,
      bundles,
    };
  },
});
