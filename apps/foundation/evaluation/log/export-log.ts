import { Readable } from 'node:stream';
import type { Mount } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { neutralise } from '#platform/kernel/neutralise.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { LoggedStep } from '#platform/workflow/mining/read-log.ts';
import { writeXes } from '#platform/workflow/mining/write-xes.ts';

/** Events of one file: the newest cases. */
const MOST = 100_000;
/** Phases in the standard lifecycle (IEEE 1849); an end that becomes known is the assignment of a step to a time. */
const LIFECYCLE = {
  due: 'schedule',
  started: 'start',
  stopped: 'suspend',
  resumed: 'resume',
  done: 'complete',
} as const;
const COLUMNS = ['case', 'app', 'item', 'step', 'passage', 'phase', 'at', 'unit', 'post', 'outcome'] as const;

type Row = Record<(typeof COLUMNS)[number], string | null> & {
  at: string;
  case: string;
  phase: keyof typeof LIFECYCLE;
};

/** The log of steps as a file (日志导出): `.xes` (IEEE 1849) for process mining, `.csv` for everything else. Unit and post, never a person. */
export const exportSteps: Mount = {
  path: '/export/supervision',
  summary: { zh: '导出步骤日志', en: 'Event log of supervision' },
  allow: 'evaluation.wall.read',
  register(server, kernel) {
    for (const format of ['xes', 'csv'] as const)
      server.get(`/export/supervision/log.${format}`, async (request, reply) => {
        const rows = await kernel.tx(request, readRows);
        reply.header('content-disposition', `attachment; filename="supervision.${format}"`);
        if (format === 'csv') return reply.type('text/csv; charset=utf-8').send(Readable.from(csv(rows)));
        const log = { name: '电子监察步骤日志', nodes: {} };
        return reply.type('application/xml; charset=utf-8').send(Readable.from(writeXes(log, rows.map(logged))));
      });
  },
};

/** Row security leaves a unit the events of its own steps. */
const readRows = (db: Db): Promise<Row[]> =>
  db.rows<Row>(sql`
    select case_no as "case", app, item, step, run as passage, phase, to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at, unit, post, outcome
    from (select * from evaluation.step_event order by at desc, id limit ${MOST}::int) e order by case_no, at, seq`);

function logged(row: Row): LoggedStep {
  return {
    instance: row.case,
    node: row.step ?? '',
    token: row.passage,
    lifecycle: LIFECYCLE[row.phase],
    at: new Date(row.at),
    unit: row.unit,
    post: row.post,
    outcome: row.outcome,
    ended: false,
  };
}

function* csv(rows: readonly Row[]): Generator<string> {
  yield `\ufeff${COLUMNS.join(',')}\r\n`;
  for (const row of rows) yield `${COLUMNS.map((column) => cell(row[column])).join(',')}\r\n`;
}

const cell = (value: string | null): string => {
  const text = neutralise(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
