import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { auditTrail } from '#platform/kernel/ports.ts';
import { isPersonal } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type Definition, type Level, placeOf } from './definition.ts';
import { ThemeNotPublished } from './theme-errors.ts';
import { factsOf, findTheme, mayBuild, ThemeParams } from './theme-record.ts';

const ROWS = 10;
const ROUTE = 'GET /api/theme/themes/:id/sample';

/**
 * Ten rows of a published theme for its steward (脱敏样例). Where it is about persons, every value is masked but for its first character, and
 * the reading is written down with its purpose and with whom it was about, as every reading is.
 */
export const sampleRows = route({
  method: 'GET',
  path: '/api/theme/themes/:id/sample',
  summary: { zh: '专题库脱敏样例', en: 'Masked sample of a thematic database' },
  allow: 'theme.build',
  params: ThemeParams,
  reply: Type.Object({
    columns: Type.Array(Type.Object({ name: Type.String() })),
    rows: Type.Array(Type.Array(Type.Union([Type.String(), Type.Null()]))),
  }),
  errors: [NotFound, ThemeNotPublished],
  examples: {
    own: { as: 'data-officer', params: { id: 'elder-homes' }, purpose: 'community-care' },
    foreign: { as: 'data-officer', params: { id: 'residents-by-committee' }, purpose: 'community-care' },
  },
  handler: async ({ db, services, params: { id } }) => {
    const theme = await findTheme(db, id);
    if (!mayBuild(db.actor, theme)) throw NotFound.with();
    if (theme.version === 0) throw ThemeNotPublished.with();
    const { definition, level } = await db.one<{ definition: Definition; level: Level }>(
      sql`select definition, level from theme.version where theme = ${id} and version = ${theme.version}::int`,
    );
    const personal = isPersonal(level);
    const { resources } = await factsOf(db, id, definition);
    const sources = definition.columns.flatMap(({ name, from }) => {
      const { alias, field } = placeOf(from);
      const resource = resources.find((each) => each.id === definition.inputs.find(({ as }) => as === alias)?.resource);
      const found = resource?.fields.find((each) => each.name === field);
      return resource && found ? [{ ...found, shown: name, resource: resource.id }] : [];
    });
    const rows = await db.rows<{ row: Record<string, unknown> }>(
      sql`select t.row from share.theme_rows(${id}, ${ROWS}::int) as t(row)`,
    );
    const names = [
      ...definition.columns.map(({ name }) => name),
      ...(definition.index ?? []).map(({ name }) => name),
      ...(definition.count ? [definition.count.name] : []),
    ];
    if (personal)
      await services.registry.provided(auditTrail)[0]?.value.record(db, {
        route: ROUTE,
        fields: sources.map(({ resource, name, level: of }) => ({ resource, field: name, level: of })),
        subjects: [
          ...sources.map(({ shown, subject }) => ({ shown, subject })),
          ...(definition.index ?? []).map(({ name, base }) => ({
            shown: name,
            subject: base === 'person' ? 'person' : base === 'firm' ? 'entity' : null,
          })),
        ].flatMap(({ shown, subject }) =>
          subject === 'person' || subject === 'entity'
            ? rows.map(({ row }) => ({ kind: subject as 'person' | 'entity', id: String(row[shown]) }))
            : [],
        ),
        outcome: 'read',
      });
    return {
      columns: names.map((name) => ({ name })),
      rows: rows.map(({ row }) =>
        names.map((name) => {
          const value = row[name];
          if (value === null || value === undefined) return null;
          return personal ? `${String(value).slice(0, 1)}＊＊` : String(value);
        }),
      ),
    };
  },
});
