import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { ProcessParams } from './draft-record.ts';
import { ProcessReply, showProcess } from './process-view.ts';
import { readVersion } from './published-versions.ts';

/** One process: its draft and its versions. */
export const showOneProcess = route({
  method: 'GET',
  path: '/api/workflow/processes/:id',
  summary: { zh: '流程详情', en: 'A process' },
  allow: 'workflow.process.read',
  params: ProcessParams,
  reply: ProcessReply,
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { id: 'shop-sign' } } },
  handler: ({ db, params: { id } }) => showProcess(db, id),
});

/** A published version as its file. */
export const showVersion = route({
  method: 'GET',
  path: '/api/workflow/processes/:id/versions/:version',
  summary: { zh: '流程的一个版本', en: 'A version of a process' },
  allow: 'workflow.process.read',
  params: Type.Object({ ...ProcessParams.properties, version: Type.String({ pattern: '^[1-9][0-9]{0,5}$' }) }),
  reply: Type.Object({ version: Type.Integer(), xml: Type.String() }),
  errors: [NotFound],
  examples: { own: { as: 'data-officer', params: { id: 'shop-sign', version: '1' } } },
  handler: ({ db, params: { id, version } }) => readVersion(db, id, Number(version)),
});
