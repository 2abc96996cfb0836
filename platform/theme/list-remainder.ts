import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound, PurposeRequired } from '#platform/kernel/errors.ts';
import { auditTrail } from '#platform/kernel/ports.ts';
import { isPersonal } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { factsOf, findTheme, mayBuild, ThemeParams } from './theme-record.ts';

const MOST = 500;
const ROUTE = 'GET /api/theme/themes/:id/remainder';

/**
 * Rows of a theme that have no base key (余量清单), longest first, for its steward: by the key of their source, where what they say can be
 * seen and mended under that source's own rules. Where that key names persons, a purpose is asked and it is written down whom the list named.
 */
export const listRemainder = route({
  method: 'GET',
  path: '/api/theme/themes/:id/remainder',
  summary: { zh: '专题库归集余量', en: 'Rows of a theme without base keys' },
  allow: 'theme.build',
  params: ThemeParams,
  reply: Type.Object({
    total: Type.Integer(),
    rows: Type.Array(
      Type.Object({
        key: Type.String(),
        name: Type.String(),
        reason: Type.String(),
        resolver: Type.String(),
        since: Type.String(),
      }),
    ),
  }),
  errors: [NotFound, PurposeRequired],
  examples: {
    own: { as: 'data-officer', params: { id: 'elder-homes' }, purpose: 'community-care' },
    foreign: { as: 'data-officer', params: { id: 'residents-by-committee' }, purpose: 'community-care' },
  },
  handler: async ({ db, services, params: { id } }) => {
    const theme = await findTheme(db, id);
    if (!mayBuild(db.actor, theme)) throw NotFound.with();
    const { resources } = await factsOf(db, id, theme.draft);
    const first = resources.find((each) => each.id === theme.draft.inputs[0]?.resource);
    const named = first?.fields.find(({ name }) => name === first.key);
    const personal = named !== undefined && isPersonal(named.level);
    if (personal && db.actor.purpose === undefined) throw PurposeRequired.with();
    const { total } = await db.one<{ total: number }>(
      sql`select count(*)::int as total from theme.remainder where theme = ${id}`,
    );
    const rows = await db.rows<{ key: string; name: string; reason: string; resolver: string; since: Date }>(sql`
      select row_key as key, name, reason, resolver, since from theme.remainder where theme = ${id} order by since, row_key, name limit ${MOST}::int`);
    if (personal && first)
      await services.registry.provided(auditTrail)[0]?.value.record(db, {
        route: ROUTE,
        fields: [{ resource: first.id, field: named.name, level: named.level }],
        subjects:
          named.subject === 'person' || named.subject === 'entity'
            ? [...new Set(rows.map(({ key }) => key))].map((key) => ({
                kind: named.subject as 'person' | 'entity',
                id: key,
              }))
            : [],
        outcome: 'read',
      });
    return { total, rows: rows.map((row) => ({ ...row, since: row.since.toISOString() })) };
  },
});
