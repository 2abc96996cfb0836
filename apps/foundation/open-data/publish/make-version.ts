import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { NotOpened, TableUnreadable, WrongState } from '../errors.ts';
import { isPersonalItem } from '../decide/is-personal-item.ts';
import { isStatistic } from '../schema.ts';
import { holdDataset } from '../scope.ts';
import { Line, SetId } from '../shapes.ts';
import type { Recipe } from './recipe.ts';
import { deriveTable } from './derive.ts';
import { prepareVersion } from './prepare-version.ts';
import { readTable } from './read-table.ts';

const Role = Type.Union(['identifier', 'quasi', 'sensitive', 'measure', 'plain'].map((role) => Type.Literal(role)));

/** Makes the next version (生成版本) from an uploaded table, or anew from the resource that the set is derived from, and runs the gate over it. */
export const makeVersion = route({
  method: 'POST',
  path: '/api/open-data/datasets/:id/versions',
  summary: { zh: '生成新版本并检查', en: 'Make a version and check it' },
  allow: 'open-data.dataset.prepare',
  params: SetId,
  bodyLimit: 12 * 1024 * 1024,
  body: Type.Object(
    {
      csv: Type.Optional(Type.String({ maxLength: 10_000_000 })),
      columns: Type.Optional(
        Type.Array(
          Type.Object(
            {
              name: Line(1, 60),
              zh: Type.Optional(Line(1, 60)),
              en: Type.Optional(Line(1, 120)),
              role: Type.Optional(Role),
            },
            { additionalProperties: false },
          ),
          { maxItems: 200 },
        ),
      ),
      note: Type.Optional(Line(2, 300)),
    },
    { additionalProperties: false },
  ),
  status: 201,
  reply: Type.Object({ id: Type.String(), no: Type.Integer(), verdict: Type.String(), findings: Type.Integer() }),
  errors: [NotFound, NotOpened, WrongState, TableUnreadable],
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'fixture-version' },
      body: { csv: 'name,places\r\n南京东路,12\r\n', note: '首次' },
    },
    foreign: { as: 'data-officer', params: { id: 'buildings' }, body: { csv: 'name,places\r\n南京东路,12\r\n' } },
  },
  handler: async ({ db, clock, services, params: { id }, body }) => {
    const set = await holdDataset(db, id);
    if (set.state === 'refused') throw NotOpened.with();
    if (set.opening === null || set.state === 'withdrawn') throw WrongState.with({ extra: { state: set.state } });
    const at = clock.now();
    const recipe = set.recipe as Recipe | null;
    const table =
      body.csv !== undefined
        ? readTable({ csv: body.csv, about: set.about, columns: body.columns ?? [] })
        : recipe
          ? await deriveTable(db, { recipe, about: set.about, on: shanghaiDate(at) })
          : undefined;
    if (!table) throw TableUnreadable.with();
    // Firms of an item with personal fields (L3, L4) are opened as a statistic only, also when somebody uploads the table.
    if (set.about === 'firm' && isPersonalItem(services, set.item) && !isStatistic(table)) throw NotOpened.with();
    const {
      id: version,
      no,
      report,
    } = await prepareVersion(db, {
      dataset: id,
      table,
      noise: body.csv === undefined ? recipe?.noise : undefined,
      note: body.note,
      at,
    });
    return { id: version, no, verdict: report.verdict, findings: report.findings.length };
  },
});
