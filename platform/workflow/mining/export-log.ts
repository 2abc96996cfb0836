import { Readable } from 'node:stream';
import type { Mount } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { lastVersion } from '../studio/published-versions.ts';
import { readLog } from './read-log.ts';
import { writeOcel } from './write-ocel.ts';
import { writeXes } from './write-xes.ts';

/** Cases of one file: the newest of the last version. */
const MOST_CASES = 20_000;

/** The log of the last version of a process as a file for tools of process mining: `.xes` (IEEE 1849) or `.ocel.json` (OCEL 2.0). */
export const exportLog: Mount = {
  path: '/export/processes',
  summary: { zh: '导出流程日志', en: 'Event log of a process' },
  allow: 'workflow.process.read',
  register(server, kernel) {
    for (const format of ['xes', 'ocel.json'] as const)
      server.get<{ Params: { id: string } }>(`/export/processes/:id/log.${format}`, async (request, reply) => {
        const { id } = request.params;
        const { version, steps } = await kernel.tx(request, async (db) => {
          const last = await lastVersion(db, id);
          if (!last) throw NotFound.with();
          const { app } = last;
          return {
            version: last,
            steps: await readLog(db, { app, process: id, version: last.version, most: MOST_CASES }),
          };
        });
        reply.header('content-disposition', `attachment; filename="${id}-${version.version}.${format}"`);
        if (format === 'xes')
          return reply.type('application/xml; charset=utf-8').send(Readable.from(writeXes(version.definition, steps)));
        return reply.type('application/json; charset=utf-8').send(writeOcel(version.definition, steps));
      });
  },
};
