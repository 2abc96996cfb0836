import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { domainError, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { holdPaper, type Paper, PAPER_COLUMNS, PAPER_TABLES, takeCustody } from './custody-record.ts';
import { scanned } from './custody-scan.ts';
import { composePaperCode, parsePaperCode } from './paper-code.ts';

export const NotHeldHere = domainError({
  code: 'PAPER_NOT_HELD',
  status: 409,
  title: { zh: '这份材料不在本单位手里', en: 'Your unit does not hold this paper' },
  action: { zh: '请先由现持有单位交出，再扫码接收。', en: 'Let the unit that holds it hand it over first.' },
});
const WORK = { allow: 'service-hall.paper.work' } as const;
const SERIES = 'service-hall-paper';
const Barcode = Type.String({ minLength: 14, maxLength: 30 });
const BarcodeParams = Type.Object({ barcode: Barcode });
const UnitCode = Type.String({ pattern: '^[a-z][a-z0-9-]{1,80}$' });
const Moment = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const PaperSchema = Type.Object({
  barcode: Type.String(),
  what: Type.String(),
  caseCode: MaybeText,
  state: Type.String(),
  holderUnit: MaybeText,
  holderName: MaybeText,
  heldFrom: Moment,
  offeredTo: MaybeText,
});
const shown = ({ id: _id, heldFrom, ...paper }: Paper) => ({ ...paper, heldFrom: heldFrom?.toISOString() ?? null });

/** Registers a paper that was handed in (收件登记): it gets a barcode, and the window's unit is its first holder. */
export const registerPaper = route({
  ...WORK,
  method: 'POST',
  path: '/api/service-hall/papers',
  summary: { zh: '登记纸质材料', en: 'Register a paper' },
  status: 201,
  body: Type.Object(
    {
      what: Type.String({ minLength: 2, maxLength: 100 }),
      caseCode: Type.Optional(Type.String({ pattern: '^[0-9]{18}[0-9A-Z]$' })),
    },
    { additionalProperties: false },
  ),
  reply: PaperSchema,
  errors: [NotFound],
  examples: { own: { as: 'street-clerk', body: { what: '租赁合同原件' } } },
  handler: async ({ db, clock, body }) => {
    const barcode = await newPaper(db, { what: body.what, caseCode: body.caseCode, now: clock.now() });
    return shown(await paperNow(db, barcode));
  },
});

/** A paper gets its barcode, and the caller's unit as its first holder, in the transaction of the caller. */
export async function newPaper(
  db: Db,
  { what, caseCode, now }: { what: string; caseCode?: string | undefined; now: Date },
): Promise<string> {
  const { unit, account } = db.actor;
  if (unit === undefined) throw NotFound.with();
  const day = shanghaiDate(now);
  const { n } = await db.one<{ n: number }>(sql`select kernel.next_number(${SERIES}, ${day})::int as n`);
  const barcode = composePaperCode({ day, number: n });
  const id = uuidv7();
  await db.run(sql`
    insert into service_hall.paper (id, barcode, what, case_code, state, units, registered_at, registered_by)
    values (${id}::uuid, ${barcode}, ${what}, ${caseCode ?? null}::text, 'held', array[${unit}::text], ${now}::timestamptz, ${account})`);
  await takeCustody(db, { paper: id, unit, now });
  return barcode;
}

async function paperNow(db: Db, barcode: string): Promise<Paper> {
  return db.one<Paper>(sql`select ${PAPER_COLUMNS} from ${PAPER_TABLES} where p.barcode = ${barcode}`);
}

const VIEWS = {
  held: sql`p.state = 'held' and c.unit = kernel.actor('unit')`,
  coming: sql`p.state = 'held' and h.to_unit = kernel.actor('unit')`,
  sent: sql`p.state = 'held' and h.from_unit = kernel.actor('unit')`,
  lost: sql`p.state = 'lost'`,
} as const;

/** Papers of the unit (材料清单): held, coming, sent and not arrived yet, lost. */
export const listPapers = route({
  ...WORK,
  method: 'GET',
  path: '/api/service-hall/papers',
  summary: { zh: '材料清单', en: 'Papers' },
  query: Type.Object(
    {
      view: Type.Optional(
        Type.Union([Type.Literal('held'), Type.Literal('coming'), Type.Literal('sent'), Type.Literal('lost')]),
      ),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({
    papers: Type.Array(PaperSchema),
    counts: Type.Object({
      held: Type.Integer(),
      coming: Type.Integer(),
      sent: Type.Integer(),
      lost: Type.Integer(),
    }),
  }),
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, query }) => {
    const rows = await db.rows<Paper>(sql`
      select ${PAPER_COLUMNS} from ${PAPER_TABLES} where ${VIEWS[query.view ?? 'held']} order by coalesce(h.offered_at, c.from_at), p.barcode limit 200`);
    const counts = await db.one<Record<keyof typeof VIEWS, number>>(sql`
      select count(*) filter (where ${VIEWS.held})::int as held, count(*) filter (where ${VIEWS.coming})::int as coming,
        count(*) filter (where ${VIEWS.sent})::int as sent, count(*) filter (where ${VIEWS.lost})::int as lost from ${PAPER_TABLES}`);
    return { papers: rows.map(shown), counts };
  },
});

/** One paper with everybody who held it (流转记录). */
export const showPaper = route({
  ...WORK,
  method: 'GET',
  path: '/api/service-hall/papers/:barcode',
  summary: { zh: '材料流转记录', en: 'One paper' },
  params: BarcodeParams,
  reply: Type.Object({
    paper: PaperSchema,
    chain: Type.Array(
      Type.Object({
        no: Type.Integer(),
        unit: Type.String(),
        name: Type.String(),
        from: Type.String({ format: 'date-time' }),
        until: Moment,
      }),
    ),
    lostNote: MaybeText,
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { barcode: 'fixture:paper' } },
    foreign: { as: 'street-clerk', params: { barcode: 'fixture:foreign-paper' } },
  },
  handler: async ({ db, params }) => {
    const barcode = parsePaperCode(params.barcode);
    const paper =
      barcode &&
      (await db.first<Paper & { lostNote: string | null }>(sql`
        select ${PAPER_COLUMNS}, p.lost_note as "lostNote" from ${PAPER_TABLES} where p.barcode = ${barcode}`));
    if (!paper) throw NotFound.with();
    const { lostNote, ...rest } = paper;
    const chain = await db.rows<{ no: number; unit: string; name: string; from: Date; until: Date | null }>(sql`
      select no, unit, name, from_at as "from", until_at as "until" from service_hall.custody where paper = ${paper.id}::uuid order by no`);
    return {
      paper: shown(rest),
      chain: chain.map(({ from, until, ...row }) => ({
        ...row,
        from: from.toISOString(),
        until: until?.toISOString() ?? null,
      })),
      lostNote,
    };
  },
});

/** Hands papers over to another unit (交出): they are on their way, and still this unit's, until the other side has scanned them. */
export const handOver = route({
  ...WORK,
  method: 'POST',
  path: '/api/service-hall/paper-hand-overs',
  summary: { zh: '交出材料', en: 'Hand papers over' },
  body: Type.Object(
    { barcodes: Type.Array(Barcode, { minItems: 1, maxItems: 200 }), to: UnitCode },
    { additionalProperties: false },
  ),
  reply: Type.Object({ sent: Type.Integer() }),
  errors: [NotFound, InvalidInput, NotHeldHere],
  examples: {
    own: { as: 'street-clerk', body: { barcodes: ['fixture:paper-to-send'], to: 'civil-affairs' } },
    foreign: { as: 'street-clerk', body: { barcodes: ['fixture:foreign-paper'], to: 'civil-affairs' } },
  },
  handler: async ({ db, actor, clock, body: { barcodes, to } }) => {
    const message = { zh: '材料已在本单位', en: 'is your own unit' };
    if (to === actor.unit) throw InvalidInput.with({ fields: [{ pointer: '/to', rule: 'own', message }] });
    const now = clock.now();
    for (const barcode of inOrder(barcodes)) {
      const paper = await holdPaper(db, barcode);
      if (!paper) throw NotFound.with();
      if (paper.offeredTo === to) continue;
      if (paper.state !== 'held' || paper.holderUnit !== actor.unit) throw NotHeldHere.with();
      await db.run(sql`
        update service_hall.hand_over set withdrawn_at = ${now}::timestamptz where paper = ${paper.id}::uuid and taken_at is null and withdrawn_at is null`);
      await db.run(sql`
        insert into service_hall.hand_over (id, paper, from_unit, to_unit, offered_at, offered_by)
        values (${uuidv7()}::uuid, ${paper.id}::uuid, ${paper.holderUnit}, ${to}, ${now}::timestamptz, ${actor.account})`);
      await db.run(sql`
        update service_hall.paper set units = case when units @> array[${to}::text] then units else units || ${to}::text end where id = ${paper.id}::uuid`);
    }
    return { sent: inOrder(barcodes).length };
  },
});

/** Every paper once, and in one order everywhere, so that two sheets at the same moment never wait for each other. */
function inOrder(barcodes: readonly string[]): string[] {
  const read = barcodes.map((barcode, at) => {
    const code = parsePaperCode(barcode);
    const message = { zh: '不是材料条码', en: 'is no barcode of a paper' };
    if (code === undefined)
      throw InvalidInput.with({ fields: [{ pointer: `/barcodes/${at}`, rule: 'form', message }] });
    return code;
  });
  return [...new Set(read)].toSorted();
}

/** Scans papers in (扫码接收). Each is told apart; what was scanned twice is one custody. */
export const scanPapers = route({
  ...WORK,
  method: 'POST',
  path: '/api/service-hall/paper-scans',
  summary: { zh: '扫码接收材料', en: 'Scan papers in' },
  body: Type.Object({ barcodes: Type.Array(Barcode, { minItems: 1, maxItems: 200 }) }, { additionalProperties: false }),
  reply: Type.Object({ papers: Type.Array(Type.Object({ barcode: Type.String(), scan: Type.String() })) }),
  errors: [NotFound, InvalidInput],
  examples: { own: { as: 'street-clerk', body: { barcodes: ['fixture:paper-coming'] } } },
  handler: async ({ db, actor, clock, body: { barcodes } }) => {
    const { unit } = actor;
    if (unit === undefined) throw NotFound.with();
    const now = clock.now();
    const papers = [];
    for (const barcode of inOrder(barcodes)) {
      const paper = await holdPaper(db, barcode);
      const scan = paper ? scanned({ paper, unit }) : 'not-yours';
      if (paper && (scan === 'taken' || scan === 'found')) {
        await db.run(sql`
          update service_hall.hand_over set taken_at = ${now}::timestamptz, taken_by = ${actor.account}
          where paper = ${paper.id}::uuid and to_unit = ${unit} and taken_at is null and withdrawn_at is null`);
        if (paper.holderUnit !== unit) await takeCustody(db, { paper: paper.id, unit, now });
        if (scan === 'found')
          await db.run(
            sql`update service_hall.paper set state = 'held', lost_at = null, lost_note = null where id = ${paper.id}::uuid`,
          );
      }
      papers.push({ barcode, scan });
    }
    return { papers };
  },
});

/** Reports a paper lost (报失), by the unit that holds it: it stands in the list of lost papers until it is found. */
export const reportLost = route({
  ...WORK,
  method: 'POST',
  path: '/api/service-hall/papers/:barcode/lost',
  summary: { zh: '材料报失', en: 'Report a paper lost' },
  params: BarcodeParams,
  body: Type.Object({ note: Type.String({ minLength: 4, maxLength: 500 }) }, { additionalProperties: false }),
  reply: PaperSchema,
  errors: [NotFound, NotHeldHere],
  examples: {
    own: { as: 'street-clerk', params: { barcode: 'fixture:paper-to-lose' }, body: { note: '移交时清点缺少一份' } },
    foreign: { as: 'street-clerk', params: { barcode: 'fixture:foreign-paper' }, body: { note: '移交时清点缺少一份' } },
  },
  handler: async ({ db, actor, clock, params, body: { note } }) => {
    const paper = await heldHere(db, params.barcode, actor.unit);
    await db.run(
      sql`update service_hall.paper set state = 'lost', lost_at = ${clock.now()}::timestamptz, lost_note = ${note} where id = ${paper.id}::uuid`,
    );
    return shown(await paperNow(db, paper.barcode));
  },
});

/** Gives a paper back to whom it belongs, or to the archive (退还、归档): its chain ends. */
export const endPaper = route({
  ...WORK,
  method: 'POST',
  path: '/api/service-hall/papers/:barcode/end',
  summary: { zh: '退还或归档材料', en: 'Give a paper back, or archive it' },
  params: BarcodeParams,
  body: Type.Object(
    { as: Type.Union([Type.Literal('returned'), Type.Literal('archived')]) },
    { additionalProperties: false },
  ),
  reply: PaperSchema,
  errors: [NotFound, NotHeldHere],
  examples: {
    own: { as: 'street-clerk', params: { barcode: 'fixture:paper-to-end' }, body: { as: 'returned' } },
    foreign: { as: 'street-clerk', params: { barcode: 'fixture:foreign-paper' }, body: { as: 'returned' } },
  },
  handler: async ({ db, actor, clock, params, body }) => {
    const now = clock.now();
    const paper = await heldHere(db, params.barcode, actor.unit);
    await db.run(sql`
      update service_hall.hand_over set withdrawn_at = ${now}::timestamptz where paper = ${paper.id}::uuid and taken_at is null and withdrawn_at is null`);
    await db.run(sql`
      update service_hall.custody set until_at = greatest(from_at, ${now}::timestamptz) where paper = ${paper.id}::uuid and until_at is null`);
    await db.run(
      sql`update service_hall.paper set state = ${body.as}, ended_at = ${now}::timestamptz where id = ${paper.id}::uuid`,
    );
    return shown(await paperNow(db, paper.barcode));
  },
});

async function heldHere(db: Db, typed: string, unit: string | undefined): Promise<Paper> {
  const barcode = parsePaperCode(typed);
  const paper = barcode === undefined ? undefined : await holdPaper(db, barcode);
  if (!paper) throw NotFound.with();
  if (paper.state !== 'held' || paper.holderUnit !== unit) throw NotHeldHere.with();
  return paper;
}
