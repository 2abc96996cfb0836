import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Type } from 'typebox';
import { markOf } from '#platform/exchange/classified.ts';
import { ReadError } from '#platform/exchange/read/read-records.ts';
import { districtFolder, readOrganisation } from '#platform/identity/organisation.ts';
import type { Actor } from '#platform/kernel/actor.ts';
import { route, type Services } from '#platform/kernel/app.ts';
import { ClassifiedContent } from '#platform/kernel/classified.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput, NotFound, PayloadTooLarge } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { ruleAt } from '#platform/rulebook/rule-at.ts';
import { checkValues, type Finding, type History, type Incoming, type SeriesFacts } from './checks.ts';
import type { Code } from './codes.ts';
import { ReleaseClosed, WorkbookUnreadable } from './errors.ts';
import { inUnit, isPeriod, type Names, readWorkbook, type Stated, type Workbook } from './read-workbook.ts';
import { recordRefused } from './readers.ts';
import { StatisticalSecrecy } from './secrecy.ts';
import { withheldFigures } from './withhold.ts';
import { type NewObservation, seriesId, storeCodes, storeObservations, storeSeries } from './store.ts';

/** Largest workbook in bytes: it is read in memory before the transaction. */
const MOST_BYTES = 20 * 2 ** 20;

type Prepared = { content: Buffer; digest: string; book: Workbook; text: string };

/**
 * Takes a statistical workbook (报送工作簿): reads it, refuses single units, brings figures to the unit of their series, checks them
 * against the last vintages and puts them into the release, or asks a person for reasons.
 */
export const takeLoad = route({
  method: 'POST',
  path: '/api/economy/loads',
  summary: { zh: '报送统计工作簿', en: 'Send a statistical workbook' },
  allow: 'economy.load.send',
  query: Type.Object({
    release: Type.String({ format: 'uuid' }),
    fileName: Type.String({ minLength: 1, maxLength: 200 }),
    form: Type.Optional(Type.String({ maxLength: 40, description: 'number of the report form (报表号)' })),
  }),
  body: 'stream',
  bodyLimit: Number.MAX_SAFE_INTEGER,
  status: 201,
  reply: Type.Object({ id: Type.String(), state: Type.String(), values: Type.Integer(), findings: Type.Integer() }),
  errors: [
    NotFound,
    ReleaseClosed,
    StatisticalSecrecy,
    WorkbookUnreadable,
    ClassifiedContent,
    PayloadTooLarge,
    InvalidInput,
  ],
  examples: {
    own: {
      as: 'data-officer',
      query: { release: 'fixture:economy-planned', fileName: 'a.csv' },
      body: '指标,2026年1-10月\n出口总额,1\n',
    },
    foreign: {
      as: 'data-officer',
      query: { release: 'fixture:economy-foreign', fileName: 'a.csv' },
      body: '指标,2026年1-10月\n出口总额,1\n',
    },
  },
  prepare: async ({ actor, services, stream, query, headers }): Promise<Prepared> => {
    const content = await readAll(stream, Number(headers['content-length'] ?? 0));
    const mark = await markOf({ fileName: query.fileName, content: () => Readable.from([content]) });
    const refuse = async (error: typeof StatisticalSecrecy, extra: object = {}): Promise<never> => {
      await recordRefused({ services, actor, route: 'POST /api/economy/loads', error });
      throw error.with(extra);
    };
    if (mark) return refuse(ClassifiedContent);
    const names = await namesFor(services, actor);
    const book = await readWorkbook({ content, fileName: query.fileName, names }).catch((error: unknown) => {
      if (error instanceof ReadError)
        throw WorkbookUnreadable.with({ detail: error.text, extra: { line: error.line } });
      throw error;
    });
    if (book.secrecy)
      return refuse(StatisticalSecrecy, {
        detail: {
          zh: `“${book.secrecy.column}”一列是单个调查对象的标识`,
          en: `column “${book.secrecy.column}” identifies single respondents`,
        },
      });
    if (book.problem) throw WorkbookUnreadable.with({ detail: book.problem });
    const digest = createHash('sm3').update(content).digest('hex');
    return { content, digest, book, text: '' };
  },
  handler: async ({ db, actor, query, prepared, services }) => {
    const release = await db.first<{ id: string; owner: string; state: string; badge: string }>(
      sql`select id, owner, state, badge from economy.release where id = ${query.release}::uuid for update`,
    );
    if (!release || release.owner !== actor.unit) throw NotFound.with();
    if (release.state === 'approved' || release.state === 'published') throw ReleaseClosed.with();
    const { book } = prepared;
    const { incoming, rows, findings, fresh, bases } = await resolve({ db, book, badge: release.badge });
    const parts = await partsOf(db, incoming);
    const history = await historyOf(db, [
      ...new Set([...incoming.map(({ series }) => series.id), ...parts.map(({ id }) => id)]),
    ]);
    const faults = checkValues({ incoming, parts: [...parts, ...fresh], history });
    // What ends the load or waits for a person is kept first: of a long list the end is cut off.
    const all = [...findings, ...faults].sort((a, b) => WEIGHTS.indexOf(a.weight) - WEIGHTS.indexOf(b.weight));
    const reasons = all.filter((f) => f.weight === 'reason').length;
    if (reasons > MOST_FINDINGS) all.unshift(tooMany(reasons));
    const stopped = all.some((f) => f.weight === 'stop') || incoming.length === 0;
    const asked = all.some((f) => f.weight === 'reason');
    const state = stopped ? 'blocked' : asked ? 'questioned' : 'loaded';
    const id = uuidv7();
    await db.run(sql`
      insert into economy.load (id, release, unit, file_name, form_no, file_digest, format, state, rows_read, values_ok, sent_by, sent_name, sent_at)
      values (${id}::uuid, ${release.id}::uuid, ${release.owner}, ${query.fileName}, ${query.form ?? null}::text, ${prepared.digest}, ${book.format}, ${state}, ${book.rows}::int, ${stopped ? 0 : rows.length}::int,
        ${actor.account}, ${actor.name}, ${services.clock.now()}::timestamptz)`);
    await storeFindings(db, id, all);
    if (!stopped) {
      for (const base of bases)
        await storeCodes(db, 'CL_PRICE_BASE', [
          { code: base, title: { zh: `${base.slice(1)}年=100`, en: `${base.slice(1)} = 100` } },
        ]);
      await storeSeries(db, fresh, release.badge);
    }
    if (state === 'questioned') await stage(db, id, rows);
    if (state === 'loaded') await putIntoRelease({ db, release: release.id, rows, actor, form: query.form });
    await db.emit({ type: 'economy.load.received', subject: id, data: { load: id, state } });
    return { id, state, values: stopped ? 0 : rows.length, findings: all.length };
  },
});

async function readAll(stream: NodeJS.ReadableStream | undefined, declared: number): Promise<Buffer> {
  if (declared > MOST_BYTES) throw PayloadTooLarge.with();
  const chunks: Buffer[] = [];
  let size = 0;
  if (stream && typeof (stream as { pipe?: unknown }).pipe === 'function')
    for await (const chunk of stream) {
      const piece = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      size += piece.length;
      if (size > MOST_BYTES) throw PayloadTooLarge.with();
      chunks.push(piece);
    }
  if (size === 0) throw WorkbookUnreadable.with({ detail: { zh: '没有收到文件内容', en: 'no content was received' } });
  return Buffer.concat(chunks);
}

/** In a house into which nothing has come yet, the areas are those of the district that it runs for. */
async function namesFor(services: Services, actor: Actor): Promise<Names> {
  const tx = <T>(work: (db: Db) => Promise<T>): Promise<T> => services.database.tx({ module: 'economy', actor }, work);
  const names = await tx(readNames);
  if (names.areas.size > 0) return names;
  const units = await readOrganisation(districtFolder(services.config.root));
  const district = units.find(({ kind }) => kind === 'district');
  const areas = units.flatMap(({ kind, area, name, nameEn }): Code[] =>
    area !== null && (kind === 'district' || kind === 'street')
      ? [
          {
            code: area,
            parent: kind === 'street' ? (district?.area ?? undefined) : undefined,
            title: { zh: name, en: nameEn },
          },
        ]
      : [],
  );
  return tx(async (db) => {
    await storeCodes(db, 'CL_AREA', areas);
    return readNames(db);
  });
}

/** What files may write for a code: the code itself, or its Chinese or English title. */
async function readNames(db: Db): Promise<Names> {
  const indicators = await db.rows<{ code: string; title: { zh: string; en: string } }>(
    sql`select code, title from economy.indicator where parent is not null`,
  );
  const codes = await db.rows<{ list: string; code: string; title: { zh: string; en: string } }>(
    sql`select list, code, title from economy.code where list in ('CL_AREA', 'CL_INDUSTRY', 'CL_OWNERSHIP')`,
  );
  const plain = (text: string): string => text.replace(/[\s\u3000]/g, '');
  const map = (list: readonly { code: string; title: { zh: string; en: string } }[]): Map<string, string> =>
    new Map(
      list.flatMap(({ code, title }) => [
        [plain(title.zh), code],
        [plain(title.en), code],
        [code, code],
      ]),
    );
  const of = (list: string) => map(codes.filter((each) => each.list === list));
  return {
    indicators: map(indicators),
    areas: of('CL_AREA'),
    industries: new Map([...of('CL_INDUSTRY'), ['合计', '_T'], ['总计', '_T']]),
    ownerships: new Map([...of('CL_OWNERSHIP'), ['合计', '_T'], ['总计', '_T']]),
  };
}

type SeriesRow = SeriesFacts & { ended: string | null };
const FACTS = sql`s.id, s.freq, s.indicator, s.area, s.industry, s.ownership, s.price_base as "priceBase", s.adjustment, s.accumulation, i.unit, i.decimals, i.sign, s.ended`;

/** Which series each figure belongs to, in its unit. What has no place is a finding with the address of its cell. */
async function resolve({ db, book, badge }: { db: Db; book: Workbook; badge: string }) {
  const findings: Finding[] = book.faults.map(({ cell, text }) => ({ kind: 'cell', weight: 'row', cell, text }));
  const known = await db.rows<SeriesRow>(
    sql`select ${FACTS} from economy.series s join economy.indicator i on i.code = s.indicator where s.indicator = any(${[...new Set(book.stated.map((s) => s.indicator))]}::text[])`,
  );
  const [top] = await db.rows<{ code: string }>(
    sql`select code from economy.code where list = 'CL_AREA' and parent is null order by ord limit 1`,
  );
  const opening = badge === 'sample' ? undefined : await openingOf(db, book.stated);
  const incoming: Incoming[] = [];
  const rows: NewObservation[] = [];
  const seen = new Set<string>();
  const fresh = new Map<string, SeriesFacts>();
  const withheld = await suppressed(db, book.stated);
  for (const stated of book.stated) {
    const { cell } = stated;
    const fault = (zh: string, en: string): void =>
      void findings.push({
        kind: 'cell',
        weight: 'row',
        cell,
        period: stated.period,
        text: { zh: `${cell}：${zh}`, en: `${cell}: ${en}` },
      });
    if (!isPeriod(stated.freq, stated.period)) {
      fault(`“${stated.period}”不是时期`, `“${stated.period}” is no period`);
      continue;
    }
    const area = stated.area ?? top?.code ?? '';
    const alike = known.filter(
      (s) =>
        s.freq === stated.freq &&
        s.indicator === stated.indicator &&
        s.area === area &&
        s.industry === stated.industry &&
        s.ownership === stated.ownership &&
        s.adjustment === stated.adjustment &&
        // Stocks are written as "10月末" or plainly "10月", cumulative amounts never as one month.
        (s.accumulation === stated.accumulation || (s.accumulation === 'END' && stated.accumulation === 'PER')),
    );
    let series: SeriesFacts | undefined = stated.priceBase
      ? alike.find((s) => s.priceBase === stated.priceBase)
      : alike.find((s) => s.ended === null);
    const rebased =
      !series && /^I\d{4}$/.test(stated.priceBase ?? '') && alike.some((s) => /^I\d{4}$/.test(s.priceBase));
    const model = alike.find((s) => s.ended === null) ?? alike[0];
    if (rebased && model && stated.priceBase) {
      // A restated base year is a series of its own; the old one ends where the new one begins to be published.
      const made = { ...model, priceBase: stated.priceBase };
      series = { ...made, id: seriesId(made) };
      fresh.set(series.id, series);
    }
    const opened = series ? undefined : opening?.(stated, area);
    if (opened) {
      series = opened;
      known.push({ ...opened, ended: null });
      fresh.set(opened.id, opened);
    }
    if (!series) {
      fault('没有这个口径的序列', 'there is no series with these dimensions');
      continue;
    }
    const value = stated.value === null ? null : inUnit(stated.value, stated.unit, series.unit);
    if (value === undefined) {
      fault(`计量单位 ${stated.unit} 与序列不符`, `the unit ${stated.unit} does not belong to the series`);
      continue;
    }
    const key = `${series.id} ${stated.period}`;
    if (seen.has(key)) {
      fault('同一序列同一时期出现两次', 'the same series and period stands twice');
      continue;
    }
    seen.add(key);
    const secret = withheld.has(stated);
    incoming.push({ series, period: stated.period, value: secret ? null : value, cell });
    rows.push({
      series: series.id,
      period: stated.period,
      value: secret ? null : value,
      status: secret ? 'M' : stated.status,
      note: stated.note ?? null,
      confidential: secret,
      cell,
    });
  }
  const bases = [...new Set([...fresh.values()].map((s) => s.priceBase))].filter((base) => /^I\d{4}$/.test(base));
  return { incoming, rows, findings, fresh: [...fresh.values()], bases, badge };
}

/**
 * How a series comes to be: by the first row that states it, where indicator, area, industry and ownership are codes that are known. The
 * sample's series are those that it brings.
 */
async function openingOf(db: Db, stated: readonly Stated[]) {
  const indicators = await db.rows<Pick<SeriesFacts, 'indicator' | 'unit' | 'decimals' | 'sign'> & { kind: string }>(
    sql`select code as indicator, unit, decimals, sign, kind from economy.indicator where parent is not null and code = any(${[...new Set(stated.map((s) => s.indicator))]}::text[])`,
  );
  const codes = await db.rows<{ list: string; code: string }>(
    sql`select list, code from economy.code where list in ('CL_AREA', 'CL_INDUSTRY', 'CL_OWNERSHIP', 'CL_ADJUSTMENT')`,
  );
  const facts = new Map(indicators.map((each) => [each.indicator, each]));
  const known = new Set(codes.map(({ list, code }) => `${list} ${code}`));
  return (row: Stated, area: string): SeriesFacts | undefined => {
    const indicator = facts.get(row.indicator);
    const named = [
      `CL_AREA ${area}`,
      `CL_INDUSTRY ${row.industry}`,
      `CL_OWNERSHIP ${row.ownership}`,
      `CL_ADJUSTMENT ${row.adjustment}`,
    ];
    if (!indicator || !named.every((code) => known.has(code))) return undefined;
    const { kind, ...rest } = indicator;
    // An index means nothing without its base.
    const priceBase = row.priceBase ?? (kind === 'index' ? undefined : row.indicator.endsWith('_G') ? 'K' : 'V');
    if (priceBase === undefined) return undefined;
    const accumulation = kind === 'stock' ? 'END' : (row.accumulation ?? 'PER');
    const { freq, industry, ownership, adjustment } = row;
    const made = { ...rest, freq, area, industry, ownership, adjustment, priceBase, accumulation };
    return { ...made, id: seriesId(made) };
  };
}

/** What may not be stored, by the rules of the day. */
async function suppressed(db: Db, stated: readonly Stated[]): Promise<Set<Stated>> {
  if (stated.every((s) => s.count === undefined)) return new Set();
  return withheldFigures(stated, {
    minimum: Number((await ruleAt(db, 'statistics.small-cell.firms')).value),
    dominance: Number((await ruleAt(db, 'statistics.small-cell.dominance')).value),
  });
}

/** All series of the same table, so that sums can be checked also where a file brings only some of the parts. */
async function partsOf(db: Db, incoming: readonly Incoming[]): Promise<SeriesFacts[]> {
  const indicators = [...new Set(incoming.map(({ series }) => series.indicator))];
  return db.rows<SeriesFacts>(
    sql`select ${FACTS} from economy.series s join economy.indicator i on i.code = s.indicator where s.indicator = any(${indicators}::text[]) and s.ended is null`,
  );
}

/** The newest published value of each period. */
async function historyOf(db: Db, series: readonly string[]): Promise<History> {
  const found = await db.rows<{ series: string; points: Record<string, number> }>(sql`
    select series, jsonb_object_agg(period, value) as points from (
      select distinct on (series, period) series, period, value from economy.observation
      where series = any(${series}::text[]) and published_at is not null order by series, period, published_at desc) o
    where value is not null group by series`);
  return new Map(found.map((row) => [row.series, new Map(Object.entries(row.points).map(([p, v]) => [p, Number(v)]))]));
}

/** Findings that are kept of one load; for more than that nobody gives reasons one by one. */
const MOST_FINDINGS = 500;
const WEIGHTS: readonly Finding['weight'][] = ['stop', 'reason', 'row'];

const tooMany = (reasons: number): Finding => ({
  kind: 'jump',
  weight: 'stop',
  text: {
    zh: `有 ${reasons} 个数值异常，超过 ${MOST_FINDINGS} 个，请核对工作簿的时期与计量单位后重报`,
    en: `${reasons} values are unusual, more than ${MOST_FINDINGS}: check periods and units of the workbook and send it again`,
  },
});

async function storeFindings(db: Db, load: string, findings: readonly Finding[]): Promise<void> {
  const rows = findings.slice(0, MOST_FINDINGS).map((finding, i) => ({ no: i + 1, ...finding }));
  await db.run(sql`
    insert into economy.finding (load, no, kind, weight, series, period, cell, text, difference)
    select ${load}::uuid, x.no, x.kind, x.weight, x.series, x.period, x.cell, x.text, x.difference
    from jsonb_to_recordset(${json(rows)}::text::jsonb) as x(no int, kind text, weight text, series text, period text, cell text, text jsonb, difference numeric)`);
}

async function stage(db: Db, load: string, rows: readonly NewObservation[]): Promise<void> {
  await db.run(sql`
    insert into economy.staged (load, series, period, value, status, note, confidential, cell)
    select ${load}::uuid, x.series, x.period, x.value, x.status, x.note, coalesce(x.confidential, false), x.cell
    from jsonb_to_recordset(${json(rows)}::text::jsonb) as x(series text, period text, value numeric, status text, note text, confidential boolean, cell text)`);
}

/** Puts checked figures into a release; what an earlier workbook said of the same cells is replaced, since nobody has seen it. */
export async function putIntoRelease(options: {
  db: Db;
  release: string;
  rows: readonly NewObservation[];
  actor: Actor;
  form?: string;
}): Promise<void> {
  const { db, release, rows, actor, form } = options;
  await db.run(sql`
    delete from economy.observation o using jsonb_to_recordset(${json(rows.map(({ series, period }) => ({ series, period })))}::text::jsonb) as x(series text, period text)
    where o.release = ${release}::uuid and o.series = x.series and o.period = x.period`);
  let source: string | undefined;
  if (form) {
    const made = await db.one<{ id: string }>(sql`
      insert into economy.source_table (id, form_no, title, authority, unit, period)
      select ${uuidv7()}::uuid, ${form}, title, ${'statistics'}, owner, period from economy.release where id = ${release}::uuid
      on conflict (form_no, period, unit) do update set authority = excluded.authority returning id`);
    source = made.id;
  }
  await storeObservations(db, { release, rows, source });
  await db.run(sql`
    update economy.release set state = 'loaded', prepared_by = ${actor.account}, prepared_name = ${actor.name} where id = ${release}::uuid`);
}
