import ExcelJs from 'exceljs';
import type { Mount } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { neutralise } from '#platform/kernel/neutralise.ts';
import { type PackView, readPack } from './pack-record.ts';

/** What stands in place of a number that is withheld, as statistics write it. */
const WITHHELD = '…';
const HEAD = ['编号', '项目', '计量单位', '数值', '上期', '来源', '说明'];

/** A report as its authority takes it: XLSX and CSV, with the source of each number beside it; formulas neutralised. */
export const exportPack: Mount = {
  path: '/export/reports',
  summary: { zh: '导出报表', en: 'Export a report' },
  allow: 'catalog.report.read',
  register(server, kernel) {
    const packOf = async (request: { params: { id: string } } & Parameters<typeof kernel.tx>[0]): Promise<PackView> => {
      if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(request.params.id)) throw NotFound.with();
      return kernel.tx(request, (db) => readPack(db, request.params.id));
    };
    server.get<{ Params: { id: string } }>('/export/reports/:id.csv', async (request, reply) => {
      const pack = await packOf(request);
      const lines = [HEAD, ...linesOf(pack)].map((line) => line.map(cell).join(','));
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${nameOf(pack)}.csv"`)
        .header('cache-control', 'no-store')
        .send(`\ufeff${lines.join('\r\n')}\r\n`);
    });
    server.get<{ Params: { id: string } }>('/export/reports/:id.xlsx', async (request, reply) => {
      const pack = await packOf(request);
      const book = new ExcelJs.Workbook();
      const sheet = book.addWorksheet(pack.form.no.replaceAll(/[[\]*?:/\\]/g, ' ').slice(0, 31) || 'report');
      sheet.addRow([neutralise(pack.form.title.zh), pack.period, `截至 ${pack.asOf}`]);
      sheet.addRow(HEAD);
      for (const line of linesOf(pack))
        sheet.addRow(line.map((value) => (typeof value === 'number' ? value : neutralise(value))));
      return reply
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', `attachment; filename="${nameOf(pack)}.xlsx"`)
        .header('cache-control', 'no-store')
        .send(Buffer.from(await book.xlsx.writeBuffer()));
    });
  },
};

const nameOf = (pack: PackView): string => `${pack.form.id}-${pack.period}`;

function linesOf(pack: PackView): (string | number)[][] {
  return pack.values.map(({ code, title, measuredIn, value, withheld, before, words, origin, reason }) => [
    code,
    title.zh,
    measuredIn.zh,
    withheld ? WITHHELD : (value ?? ''),
    withheld ? WITHHELD : (before ?? ''),
    origin === 'item' ? (words?.zh ?? '') : origin === 'typed' ? '手工填写' : '',
    reason ?? '',
  ]);
}

function cell(value: string | number): string {
  return `"${(typeof value === 'number' ? String(value) : neutralise(value)).replaceAll('"', '""')}"`;
}
