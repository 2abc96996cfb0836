import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { isPersonal, levelOf } from '#platform/kernel/resource.ts';
import { mapReply } from '#platform/kernel/subjects.ts';
import { sql } from '#platform/kernel/sql.ts';
import { rulesOf } from './rules.ts';
import { AttributesShape, explainAttributes } from '../attributes/explain-attributes.ts';
import { HolderShape, Nullable, PolicyShape, Words } from './shapes.ts';
import { actionTitle, holdersOf, policyWords } from './words.ts';

const Purpose = Type.Object({
  code: Type.String(),
  title: Words,
  posts: Type.Array(Type.String()),
  verified: Type.Boolean(),
});

/**
 * Who may see or do this, and why (谁可以看、为什么): of a resource or of an action, the posts that hold it, the policies behind,
 * the operations that give it, the purposes under which, and the modules that take it under a grant.
 */
export const explainAccess = route({
  method: 'GET',
  path: '/api/access/explain',
  summary: { zh: '谁可以看，为什么', en: 'Who may see this, and why' },
  allow: 'access.explain',
  query: Type.Object(
    {
      resource: Type.Optional(Type.String({ maxLength: 80 })),
      action: Type.Optional(Type.String({ maxLength: 80 })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    title: Words,
    resource: Type.Union([
      Type.Object({
        id: Type.String(),
        level: Type.String(),
        owner: Type.String(),
        scope: Type.Union([Type.Literal('area'), Type.Literal('unit'), Type.Null()]),
      }),
      Type.Null(),
    ]),
    actions: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Words,
        holders: Type.Array(HolderShape),
        policies: Type.Array(PolicyShape),
        routes: Type.Array(
          Type.Object({ id: Type.String(), title: Words, self: Type.Boolean(), level: Type.String() }),
        ),
      }),
    ),
    purposes: Type.Array(Purpose, { description: 'under which the holders may read personal data' }),
    takers: Type.Array(
      Type.Object({
        module: Type.String(),
        title: Words,
        why: Words,
        fields: Type.Array(Type.String()),
        purposes: Type.Array(Type.String()),
      }),
    ),
    card: Nullable(AttributesShape),
    choices: Type.Object({
      resources: Type.Array(Type.Object({ id: Type.String(), title: Words })),
      actions: Type.Array(Type.Object({ id: Type.String(), title: Words })),
    }),
  }),
  errors: [NotFound],
  examples: { own: { as: 'street-clerk', query: { resource: 'population.resident' } } },
  handler: async ({ db, services, actor, query }) => {
    const { registry } = services;
    const rules = rulesOf(services);
    const wanted = query.resource === undefined ? undefined : registry.resource(query.resource)?.resource;
    if ((query.resource !== undefined && !wanted) || (query.action !== undefined && !registry.action(query.action)))
      throw NotFound.with();
    const routes = registry.routes().map(({ route: r }) => ({ route: r, fields: mapReply(r.reply).fields }));
    const giving = routes.filter(({ route: r, fields }) =>
      wanted ? fields.some((field) => field.resource === wanted.id) : r.allow === query.action,
    );
    const ids = query.action === undefined ? [...new Set(giving.map(({ route: r }) => r.allow))] : [query.action];
    const actions = ids.map((id) => ({
      id,
      title: actionTitle(services, id),
      holders: holdersOf(rules, id),
      policies: rules.engine.policiesOf(id).map(policyWords),
      routes: giving
        .filter(({ route: r }) => r.allow === id)
        .map(({ route: r, fields }) => ({
          id: `${r.method} ${r.path}`,
          title: r.summary,
          self: r.self ?? false,
          level: levelOf(fields.map(({ level }) => level)),
        })),
    }));
    const holders = new Set(actions.flatMap((action) => action.holders.map(({ post }) => post)));
    const personal = actions.some((action) => action.routes.some((r) => !r.self && isPersonal(r.level as 'L1')));
    const purposes = personal
      ? await db.rows<{ code: string; title: { zh: string; en: string }; posts: string[]; verified: boolean }>(sql`
          select code, title, posts, verified_by is not null as verified from access.purpose
          where retired_at is null and posts && ${[...holders]}::text[] order by code`)
      : [];
    const titleOf = { zh: '请选择资源或操作', en: 'Choose a resource or an action' };
    return {
      title: wanted?.title ?? (query.action === undefined ? titleOf : actionTitle(services, query.action)),
      resource: wanted
        ? {
            id: wanted.id,
            level: levelOf(Object.values(wanted.fields).map(({ level }) => level)),
            owner: wanted.owner,
            scope: wanted.scope?.by ?? null,
          }
        : null,
      actions,
      purposes,
      takers: registry.modules.flatMap((module) =>
        (module.takes ?? [])
          .filter((take) => take.resource === wanted?.id)
          .map((take) => ({
            module: module.id,
            title: module.title,
            why: take.why,
            fields: [...take.fields],
            purposes: [...take.purposes],
          })),
      ),
      card: wanted ? explainAttributes({ services, actor, resource: wanted.id }) : null,
      choices: {
        resources: registry.modules.flatMap((m) => (m.resources ?? []).map(({ id, title }) => ({ id, title }))),
        actions: registry.modules.flatMap((m) =>
          Object.entries(m.actions ?? {}).map(([id, { title }]) => ({ id, title })),
        ),
      },
    };
  },
});
