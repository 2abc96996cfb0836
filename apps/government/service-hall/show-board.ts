import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { readCentre } from './centre-record.ts';
import { BoardSchema, readBoard } from './display-board.ts';
import { Words } from './list-centres.ts';

/** The hall display of a centre as it is now, and the server's time: what the display shows until its stream is there, or without one. */
export const showBoard = route({
  method: 'GET',
  path: '/api/service-hall/centres/:centre/board',
  summary: { zh: '大厅显示屏', en: 'Hall display' },
  allow: 'public',
  params: Type.Object({ centre: Type.String({ pattern: '^[a-z][a-z0-9-]{1,60}$' }) }),
  reply: Type.Object({ title: Words, at: Type.String({ format: 'date-time' }), board: BoardSchema }),
  errors: [NotFound],
  examples: { own: { as: 'anonymous', params: { centre: 'fixture:centre' } } },
  handler: async ({ db, clock, params }) => {
    const now = clock.now();
    const found = await readCentre(db, params.centre);
    if (!found) throw NotFound.with();
    return { title: found.title, at: now.toISOString(), board: await readBoard(db, { centre: found.code, now }) };
  },
});
