import type { Mount } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { neutralise } from '#platform/kernel/neutralise.ts';
import { assertBatch } from './list-faults.ts';
import type { RowFault } from './target.ts';

/** The report of an import as a table to keep or to send back to the source (问题清单): CSV with BOM, formulas neutralised, values masked. */
export const exportFaults: Mount = {
  path: '/export/imports',
  summary: { zh: '导出问题清单', en: 'Export the report of an import' },
  allow: 'exchange.import.read',
  register(server, kernel) {
    server.get<{ Params: { id: string } }>('/export/imports/:id/faults.csv', async (request, reply) => {
      if (!/^[0-9a-f-]{36}$/.test(request.params.id)) throw NotFound.with();
      const text = await kernel.tx(request, async (db) => {
        await assertBatch(db, request.params.id);
        const lines = [['行', '列', '规则', '原因', '值'].join(',')];
        const query = sql`select row_no, faults from exchange.quarantine where batch = ${request.params.id}::uuid and state = 'open' order by row_no`;
        for await (const rows of db.stream<{ row_no: number; faults: RowFault[] }>(query)) {
          for (const row of rows) {
            for (const f of row.faults)
              lines.push([String(row.row_no), f.column, f.rule, f.reason.zh, f.value ?? ''].map(cell).join(','));
          }
        }
        return `\ufeff${lines.join('\r\n')}\r\n`;
      });
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="faults-${request.params.id}.csv"`)
        .header('cache-control', 'no-store')
        .send(text);
    });
  },
};

function cell(text: string): string {
  return `"${neutralise(text).replaceAll('"', '""')}"`;
}
