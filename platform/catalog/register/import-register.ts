import { parse } from 'csv-parse/sync';
import ExcelJs from 'exceljs';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import yauzl from 'yauzl';
import { ClassifiedContent, classificationOf, classificationOfName } from '#platform/kernel/classified.ts';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { type FieldFault, PayloadTooLarge, ProblemError } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { TextSchema } from '../item-detail.ts';
import { type Content, contentFaults, ContentSchema } from './content.ts';
import { RegisterUnreadable } from './register-errors.ts';

/** Largest file and longest register that one upload brings. */
const MOST_BYTES = 5_000_000;
const MOST_ROWS = 2000;
/** What a workbook may unpack to: a full register is a tenth of it. */
const MOST_UNPACKED = 50_000_000;

/** Columns of the template (目录编制模板), by their heads. */
const COLUMNS = {
  资源名称: 'title',
  英文名称: 'titleEn',
  资源摘要: 'summary',
  分类代码: 'class',
  所属系统: 'system',
  提供方代码: 'providerCode',
  资源格式: 'format',
  信息项: 'items',
  数据级别: 'level',
  共享类型: 'sharing',
  共享条件: 'sharingCondition',
  共享方式: 'sharingMethod',
  开放类型: 'opening',
  开放条件: 'openingCondition',
  更新周期: 'updates',
  关联资源代码: 'related',
} as const;
type Column = (typeof COLUMNS)[keyof typeof COLUMNS];
export type RegisterRow = Partial<Record<Column, string>>;

/** Words of the template for the codes of the metadata; the codes themselves are understood as well. */
const WORDS: Record<string, Record<string, string>> = {
  format: {
    数据库: 'database',
    电子表格: 'spreadsheet',
    电子文件: 'document',
    图形图像: 'image',
    流媒体: 'stream',
    接口: 'interface',
    其他: 'other',
  },
  sharing: { 无条件共享: 'unconditional', 有条件共享: 'conditional', 不予共享: 'none' },
  sharingMethod: { 共享平台: 'platform', 接口: 'interface', 文件: 'file', 介质: 'media' },
  opening: { 无条件开放: 'open', 开放: 'open', 有条件开放: 'conditional', 不开放: 'closed', 非开放: 'closed' },
  updates: {
    实时: 'realtime',
    每日: 'daily',
    每周: 'weekly',
    每月: 'monthly',
    每季度: 'quarterly',
    每年: 'yearly',
    一次性: 'once',
  },
};
const TYPES: Record<string, string> = {
  字符: 'string',
  数值: 'number',
  日期: 'date',
  日期时间: 'datetime',
  布尔: 'boolean',
  二进制: 'binary',
};

/** The heads of the template by field, for messages that say which column is meant. */
const HEADS = Object.fromEntries(Object.entries(COLUMNS).map(([head, column]) => [column, head]));

/** One row of a register as metadata, or its faults by column. */
export function contentOf(row: RegisterRow, classes: ReadonlySet<string>): { content?: Content; faults: FieldFault[] } {
  const text = (column: Column): string => (row[column] ?? '').trim();
  const coded = (column: Column): string => WORDS[column]?.[text(column)] ?? text(column);
  const list = (column: Column): string[] =>
    text(column)
      .split(/[;；\n]+/)
      .map((part) => part.trim())
      .filter(Boolean);
  const content = {
    title: { zh: text('title'), en: text('titleEn') },
    summary: { zh: text('summary'), en: '' },
    class: text('class'),
    system: text('system'),
    providerCode: text('providerCode'),
    format: coded('format'),
    items: list('items').map((part) => {
      const [name = '', type = ''] = part.split(/[:：]/).map((each) => each.trim());
      return { name, type: TYPES[type] ?? (type || 'string') };
    }),
    level: text('level').toUpperCase(),
    sharing: coded('sharing'),
    sharingCondition: text('sharingCondition'),
    sharingMethod: coded('sharingMethod'),
    opening: coded('opening'),
    openingCondition: text('openingCondition'),
    updates: coded('updates'),
    related: list('related'),
  };
  const places = new Set(
    Value.Check(ContentSchema, content)
      ? []
      : [...Value.Errors(ContentSchema, content)].map(({ instancePath }) => instancePath.split('/')[1] ?? ''),
  );
  if (places.size > 0)
    return {
      faults: [...places].map((place) => ({
        pointer: `/${place}`,
        rule: 'form',
        message: {
          zh:
            text(place as Column) === ''
              ? `“${HEADS[place] ?? place}”没有填写`
              : `“${HEADS[place] ?? place}”的内容不合要求`,
          en:
            text(place as Column) === ''
              ? `“${HEADS[place] ?? place}” is empty`
              : `“${HEADS[place] ?? place}” holds what is not allowed there`,
        },
      })),
    };
  const faults = contentFaults(content as Content, classes);
  return faults.length > 0 ? { faults } : { content: content as Content, faults: [] };
}

/** Rows of an XLSX or CSV file (UTF-8 with or without BOM, GBK), by the heads of the template, each with its line in the file. */
export async function rowsOf(bytes: Buffer): Promise<{ line: number; row: RegisterRow }[]> {
  const table = bytes.subarray(0, 2).toString('latin1') === 'PK' ? await sheetOf(bytes) : csvOf(bytes);
  const [head, ...rows] = table.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const columns = (head?.cells ?? []).map((name) => COLUMNS[name.trim() as keyof typeof COLUMNS]);
  if (!columns.includes('title') || !columns.includes('class') || rows.length > MOST_ROWS)
    throw RegisterUnreadable.with({
      detail:
        rows.length > MOST_ROWS
          ? { zh: `一次最多 ${MOST_ROWS} 行`, en: `at most ${MOST_ROWS} rows at a time` }
          : { zh: '首行缺少“资源名称”“分类代码”等表头', en: 'the first line lacks the heads of the template' },
    });
  return rows.map(({ line, cells }) => ({
    line,
    row: Object.fromEntries(columns.flatMap((column, at) => (column ? [[column, cells[at] ?? '']] : []))),
  }));
}

type Line = { line: number; cells: string[] };

async function sheetOf(bytes: Buffer): Promise<Line[]> {
  const book = new ExcelJs.Workbook();
  try {
    if ((await unpackedSize(bytes)) > MOST_UNPACKED) throw PayloadTooLarge.with();
    await book.xlsx.load(bytes as unknown as ArrayBuffer);
  } catch (error) {
    throw error instanceof ProblemError ? error : RegisterUnreadable.with();
  }
  const table: Line[] = [];
  book.worksheets[0]?.eachRow((row, line) => {
    const cells: string[] = [];
    row.eachCell({ includeEmpty: true }, (cell, at) => {
      cells[at - 1] = cell.text;
    });
    table.push({ line, cells: [...cells].map((cell) => cell ?? '') });
  });
  return table;
}

/** What an archive unpacks to, as its directory states it; nothing is unpacked for that, and what states less than it holds is refused on reading. */
function unpackedSize(bytes: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, file) => {
      if (error) return reject(error);
      let size = 0;
      file.on('error', reject);
      file.on('end', () => resolve(size));
      file.on('entry', (entry) => {
        size += entry.uncompressedSize;
        if (size > MOST_UNPACKED) return resolve(size);
        file.readEntry();
      });
      file.readEntry();
    });
  });
}

function csvOf(bytes: Buffer): Line[] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    text = new TextDecoder('gb18030').decode(bytes);
  }
  try {
    const read = parse(text, { bom: true, relax_column_count: true, skip_empty_lines: true, info: true });
    // A cell may go over several lines: a row stands where it begins.
    return (read as unknown as { info: { lines: number }; record: string[] }[]).map(({ info, record }) => ({
      line: info.lines - record.reduce((n, cell) => n + cell.split('\n').length - 1, 0),
      cells: record,
    }));
  } catch {
    throw RegisterUnreadable.with();
  }
}

async function bytesOf(stream: NodeJS.ReadableStream | undefined): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of stream ?? []) {
    size += (part as Buffer).length;
    if (size > MOST_BYTES) throw PayloadTooLarge.with();
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

/**
 * Takes over a register from XLSX or CSV (目录批量导入): every good row becomes a draft of the own unit, every other is refused with
 * its line and field. What a row says twice, or what is registered already under the same name and system, is refused as well.
 */
export const importRegister = route({
  method: 'POST',
  path: '/api/catalog/entries/import',
  summary: { zh: '批量导入目录', en: 'Import a register' },
  allow: 'catalog.register.keep',
  query: Type.Object({ fileName: Type.String({ minLength: 1, maxLength: 200 }) }),
  body: 'stream',
  bodyLimit: MOST_BYTES,
  reply: Type.Object({
    accepted: Type.Integer(),
    refused: Type.Array(
      Type.Object({ row: Type.Integer(), column: Type.String(), rule: Type.String(), message: TextSchema }),
    ),
  }),
  errors: [RegisterUnreadable, ClassifiedContent, PayloadTooLarge],
  examples: {
    own: {
      as: 'data-officer',
      query: { fileName: 'register.csv' },
      body: '资源名称,资源摘要,分类代码,所属系统,资源格式,信息项,数据级别,共享类型,共享条件,共享方式,开放类型,更新周期\n样例台账,样例,303999,样例系统,数据库,编号:字符,L2,有条件共享,依法履职,共享平台,不开放,每月\n',
    },
  },
  prepare: async ({ stream, query }) => {
    const rows = await rowsOf(await bytesOf(stream));
    const marked =
      classificationOfName(query.fileName) ??
      rows.flatMap(({ row }) => Object.values(row)).find((cell) => classificationOf(cell) !== undefined);
    if (marked !== undefined) throw ClassifiedContent.with();
    return rows;
  },
  handler: async ({ db, prepared, actor }) => {
    const classes = new Set(
      (await db.rows<{ code: string }>(sql`select code from catalog.class`)).map(({ code }) => code),
    );
    const taken = await namesOf(db, actor.unit ?? '');
    const good: { id: string; content: Content }[] = [];
    const refused: { row: number; column: string; rule: string; message: { zh: string; en: string } }[] = [];
    prepared.forEach(({ line, row }) => {
      const { content, faults } = contentOf(row, classes);
      for (const { pointer, rule, message } of faults)
        refused.push({ row: line, column: HEADS[pointer.split('/')[1] ?? ''] ?? pointer, rule, message });
      if (!content) return;
      const name = `${content.system}\n${content.title.zh}`;
      if (taken.has(name))
        refused.push({
          row: line,
          column: HEADS.title ?? '',
          rule: 'unique',
          message: { zh: '该系统已登记同名资源', en: 'this system has an item of that name' },
        });
      else {
        taken.add(name);
        good.push({ id: uuidv7(), content });
      }
    });
    await db.run(sql`
      insert into catalog.entry (id, unit, proposal, proposed, proposed_by, proposed_name, made_at)
      select r.id, ${actor.unit ?? ''}, 'new', r.content, ${actor.account}, ${actor.name}, kernel.now() from jsonb_to_recordset(${json(good)}::text::jsonb) as r(id uuid, content jsonb)`);
    await db.run(sql`
      insert into catalog.entry_step (entry, at, step, account, name, unit, reason)
      select x::uuid, kernel.now(), 'drafted', ${actor.account}, ${actor.name}, ${actor.unit ?? null}::text, null from unnest(${good.map(({ id }) => id)}::text[]) x`);
    return { accepted: good.length, refused };
  },
});

async function namesOf(db: Db, unit: string): Promise<Set<string>> {
  const rows = await db.rows<{ system: string; title: string }>(sql`
    select coalesce(content, proposed)->>'system' as system, coalesce(content, proposed)->'title'->>'zh' as title from catalog.entry where unit = ${unit} and state <> 'withdrawn'`);
  return new Set(rows.map(({ system, title }) => `${system}\n${title}`));
}
