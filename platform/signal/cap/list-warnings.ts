import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readWarnings, releaseRights, WarningSchema, warningView } from './warning-record.ts';
import { writeCap } from './write-cap.ts';

const MOST = 100;

/** Warnings that were drafted, released, relayed (预警发布台账), those that wait for a decision first. */
export const listWarnings = route({
  method: 'GET',
  path: '/api/signal/warnings',
  summary: { zh: '公共预警台账', en: 'Warnings drafted and released' },
  allow: 'signal.warning.read',
  reply: Type.Object({ warnings: Type.Array(WarningSchema) }),
  examples: { own: { as: 'duty-officer' } },
  handler: async ({ db, actor }) => {
    const rows = await readWarnings(db, sql`order by (state = 'submitted') desc, drafted_at desc limit ${MOST}::int`);
    return { warnings: rows.map((row) => warningView(row, actor.account)) };
  },
});

/** One warning as it will leave the house, or has left it (预警预览): with its XML. */
export const showWarning = route({
  method: 'GET',
  path: '/api/signal/warnings/:id',
  summary: { zh: '公共预警详情', en: 'A warning' },
  allow: 'signal.warning.read',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: Type.Object({ warning: WarningSchema, xml: Type.String(), mayDecide: Type.Boolean() }),
  errors: [NotFound],
  examples: { own: { as: 'duty-officer', params: { id: 'fixture:signal-warning' } } },
  handler: async ({ db, params, actor }) => {
    const [row] = await readWarnings(db, sql`where id = ${params.id}::uuid`);
    if (!row) throw NotFound.with();
    const { approves } = await releaseRights(db, row.level);
    return {
      warning: warningView(row, actor.account),
      xml: row.raw ?? writeCap(row.message),
      mayDecide:
        row.state === 'submitted' &&
        row.draftedBy !== actor.account &&
        (actor.reach === 'district' || actor.unit === row.unit) &&
        approves.includes(actor.post ?? ''),
    };
  },
});
