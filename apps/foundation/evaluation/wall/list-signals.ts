import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { LevelSchema, readSignals, SignalSchema } from '../signal-view.ts';

/** Signals of what the caller supervises (监察信号): a unit its own, posts of the whole district all; also those taken back. */
export const listSignals = route({
  method: 'GET',
  path: '/api/evaluation/signals',
  summary: { zh: '监察信号', en: 'Signals' },
  allow: 'evaluation.wall.read',
  query: Type.Object(
    {
      state: Type.Optional(Type.Union([Type.Literal('standing'), Type.Literal('withdrawn')])),
      level: Type.Optional(LevelSchema),
      rule: Type.Optional(Type.String({ maxLength: 80 })),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ signals: Type.Array(SignalSchema) }),
  examples: { own: { as: 'unit-head' } },
  handler: async ({ db, query }) => {
    const level = query.level === undefined ? sql`` : sql`and s.level = ${query.level}`;
    const rule = query.rule === undefined ? sql`` : sql`and s.rule = ${query.rule}`;
    return { signals: await readSignals(db, sql`s.state = ${query.state ?? 'standing'} ${level} ${rule}`) };
  },
});
