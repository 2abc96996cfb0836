import { type Static, Type } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import { route, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { startClock } from '#platform/calendar/clock.ts';
import { readCalendar } from '#platform/calendar/read-calendar.ts';
import { FileGone } from '#platform/document/document-errors.ts';
import { tellStep } from './case-act.ts';
import { answersContext, type Applicant, applicantContext, applicantOf, factorsOf } from './case-applicant.ts';
import { splitAnswers } from './case-answers.ts';
import { takeReserved } from './case-code-block.ts';
import { acceptClock } from './case-clocks.ts';
import { CodeNotReserved, ItemChanged, ItemNotOffered } from './case-errors.ts';
import { tellCase } from './case-event.ts';
import { decisionEnd } from './case-limits.ts';
import { attachMaterials, filedMaterials } from './case-material.ts';
import { districtOf, nextCaseCode } from './case-number.ts';
import { type CaseOffer, findOffer, type KnownValues, type OfferedItem } from './case-offer.ts';
import { planOf } from './case-plan.ts';
import type { FiledMaterial } from './case-row.ts';
import { newSubCase, type SubState, take } from './case-state.ts';
import { CertificateNotUsable } from './certificate-errors.ts';
import { useCertificates } from './certificate-use.ts';

const Uuid = Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' });
const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const Answer = Type.Union([Type.String({ maxLength: 4000 }), Type.Number(), Type.Boolean()]);
const Slug = Type.String({ pattern: '^[a-z][a-z0-9-]{0,60}$' });
const ItemCode = Type.String({ pattern: '^[0-9A-Za-z-]{4,60}$' });

export const CaseFormSchema = Type.Object(
  {
    /** Made by the client when the form is opened: a form becomes one case, whatever is sent twice. */
    form: Uuid,
    channel: Type.Union([Type.Literal('web'), Type.Literal('window'), Type.Literal('kiosk'), Type.Literal('city')]),
    bundle: Type.Optional(Slug),
    items: Type.Array(
      Type.Object({ code: ItemCode, version: Type.Integer({ minimum: 1 }) }, { additionalProperties: false }),
      { minItems: 1, maxItems: 20 },
    ),
    /** Answers to the guided questions, by item. */
    situations: Type.Optional(Type.Record(ItemCode, Type.Record(Slug, Slug))),
    /** Answers by data element, once for all items. */
    answers: Type.Record(Slug, Answer),
    materials: Type.Array(
      Type.Object(
        {
          item: ItemCode,
          id: Slug,
          source: Type.Union([Type.Literal('data'), Type.Literal('certificate'), Type.Literal('upload')]),
          document: Type.Optional(Uuid),
        },
        { additionalProperties: false },
      ),
      { maxItems: 200 },
    ),
    contact: Type.Object(
      {
        name: Type.String({ minLength: 2, maxLength: 80 }),
        phone: Type.String({ pattern: '^[0-9+-]{7,20}$' }),
      },
      { additionalProperties: false },
    ),
    /** At a window: who stands there. */
    applicant: Type.Optional(
      Type.Object(
        {
          idNumber: Type.Optional(Type.String({ minLength: 15, maxLength: 18 })),
          entity: Type.Optional(Type.String({ pattern: '^[0-9A-HJ-NPQRTUWXY]{18}$' })),
        },
        { additionalProperties: false },
      ),
    ),
    /** Items for which the commitment of notify-and-commit (告知承诺) was signed. */
    committed: Type.Optional(Type.Array(ItemCode, { maxItems: 20 })),
    /** Taken in while the window was cut off: the code of its block. The server says when it was received. */
    reserved: Type.Optional(Type.String({ minLength: 19, maxLength: 30 })),
  },
  { additionalProperties: false },
);

export type CaseForm = Static<typeof CaseFormSchema>;

export const SubmittedSchema = Type.Object({
  code: Type.String({ description: '统一办件编码' }),
  title: Words,
  state: Type.String(),
  receivedAt: Type.String({ format: 'date-time' }),
  promisedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  items: Type.Array(Type.Object({ no: Type.Integer(), title: Words, unit: Type.String(), waits: Type.Boolean() })),
});

/**
 * One intake (一口受理): web, window, kiosk and city hall file here. All items become one case with one code, and a sub-case each for
 * the unit that handles it. A form becomes one case ever, however often it is sent.
 */
export const submitCase = route({
  method: 'POST',
  path: '/api/service/cases',
  summary: { zh: '提交办件申请', en: 'Submit an application' },
  allow: 'service.case.submit',
  delegable: 'service-cases',
  body: CaseFormSchema,
  reply: SubmittedSchema,
  status: 201,
  errors: [InvalidInput, ItemChanged, ItemNotOffered, CodeNotReserved, CertificateNotUsable, FileGone, NotFound],
  examples: { own: { as: 'citizen', body: 'fixture:case-form' } },
  // What the district knows of the applicant is asked in transactions of its own, so before this one begins.
  prepare: async ({ body, actor, services }) => {
    const applicant = await applicantOf({ actor, services, contact: body.contact, shown: body.applicant });
    const items = body.items.map(({ code }) => code);
    const { bundle, situations = {} } = body;
    const offer = await services.database.tx({ module: 'service', actor, readOnly: true }, (db) =>
      findOffer({ db, services, actor, items, bundle, situations }),
    );
    return { applicant, offer, known: (await offer?.known()) ?? {} };
  },
  handler: ({ db, services, clock, body, prepared }) => fileForm({ db, services, now: clock.now(), body, prepared }),
});

/** What is asked before the transaction: whose case it is, what is offered now, and what the district knows already. */
export type PreparedForm = { applicant: Applicant; offer: CaseOffer | undefined; known: KnownValues };

/** Files a form in the transaction of the caller; one that was filed before is answered with its case. */
export async function fileForm(of: {
  db: Db;
  services: Services;
  now: Date;
  body: CaseForm;
  prepared: PreparedForm;
}): Promise<Static<typeof SubmittedSchema>> {
  const { db, services, now, body, prepared } = of;
  const [earlier, district] = await Promise.all([
    db.one<{ code: string | null }>(sql`select service.case_of_form(${db.actor.account}, ${body.form}::uuid) as code`),
    districtOf(db, now),
  ]);
  if (earlier.code !== null) return submitted(db, earlier.code);
  const { offer, known } = prepared;
  if (!offer) throw ItemNotOffered.with();
  assertVersions(offer, body);
  const answers = splitAnswers({ offer, known, answers: body.answers });
  const materials = new Map(offer.items.map((item) => [item.terms.code, filedMaterials(item, body.materials)]));
  const faults = [...answers.faults, ...[...materials.values()].flatMap(({ faults: missing }) => missing)];
  if (faults.length > 0) throw InvalidInput.with({ fields: faults });
  const filed = await fileCase({
    db,
    services,
    now,
    district,
    offer,
    applicant: prepared.applicant,
    channel: body.channel,
    form: body.form,
    committed: body.committed ?? [],
    reserved: body.reserved,
    answersOf: (item) => answers.of(item),
    counted: answers.counted,
    materialsOf: (item) => materials.get(item)?.filed ?? [],
  });
  await useCertificates({
    db,
    now,
    code: filed.code,
    items: offer.items,
    filed: (item) => materials.get(item)?.filed ?? [],
  });
  return filed;
}

/** The version that was filled in is the one in force, else the new one is shown and the answers stay with whoever typed them. */
function assertVersions(offer: CaseOffer, body: { items: readonly { code: string; version: number }[] }): void {
  const changed = body.items.flatMap(({ code, version }) => {
    const terms = offer.items.find((item) => item.terms.code === code)?.terms;
    return terms && terms.version !== version
      ? [{ code, asked: version, version: terms.version, title: terms.title }]
      : [];
  });
  if (changed.length > 0)
    throw ItemChanged.with({
      extra: { items: changed, elements: offer.items.flatMap(({ fields }) => fields.map(({ element }) => element)) },
    });
}

type Filing = {
  db: Db;
  services: Services;
  now: Date;
  district: string;
  offer: CaseOffer;
  applicant: Applicant;
  channel: 'web' | 'window' | 'kiosk' | 'city';
  form: string;
  committed: readonly string[];
  reserved?: string;
  answersOf(item: string): unknown;
  /** Fields of the one form, and those that nobody had to fill in; absent = not counted. */
  counted?: { fields: number; prefilled: number };
  materialsOf(item: string): readonly FiledMaterial[];
};

/** Writes the case: sub-cases, clocks and events first, the code last, since other submissions wait for its number. */
export async function fileCase(filing: Filing): Promise<Static<typeof SubmittedSchema>> {
  const { db, services, now, district, offer, applicant, channel } = filing;
  const { keyring } = services;
  const caseId = uuidv7();
  const numbers = new Map(offer.items.map(({ terms }, i) => [terms.code, i + 1]));
  const parts = offer.items.map((item) => {
    const { code, notifyAndCommit } = item.terms;
    const after = (offer.after[code] ?? []).flatMap((before) => numbers.get(before) ?? []);
    const committed = notifyAndCommit !== undefined && filing.committed.includes(code);
    return {
      item,
      id: uuidv7(),
      no: numbers.get(code) ?? 0,
      after,
      state: submittedState(db.actor, { waits: after.length > 0, committed }),
    };
  });
  const receivedUnit = db.actor.unit ?? null;
  for (const { item, id } of parts)
    await attachMaterials(db, { subCase: id, materials: filing.materialsOf(item.terms.code) });
  // What does not wait for an answer travels together.
  const [plan, started] = await Promise.all([plannedOf(db, parts, now), startClocks({ db, parts, now })]);
  const clocks = new Map(started);
  for (const { item, id, no, after, state } of parts) {
    const { terms } = item;
    const materials = filing.materialsOf(terms.code);
    const place = plan.nodes.get(String(no));
    const clock = clocks.get(no) ?? null;
    const answers = keyring.seal(json(filing.answersOf(terms.code)), answersContext(id));
    db.last(sql`
      insert into service.sub_case (id, case_id, no, item, item_version, title, unit, terms, applicant_person, applicant_entity, received_unit, answers, materials, after,
        state, waits, committed, receivers, received_at, accept_clock, planned_start, planned_end)
      values (${id}::uuid, ${caseId}::uuid, ${no}::int, ${terms.code}, ${terms.version}::int, ${json(terms.title)}::text::jsonb, ${terms.unit}, ${json(terms)}::text::jsonb,
        ${applicant.person}::uuid, ${applicant.entity}::text, ${receivedUnit}::text, ${answers}, ${json(materials)}::text::jsonb, ${after}::int[],
        ${state.state}, ${state.waits}::boolean, ${state.committed}::boolean, ${[...state.receivers]}::text[], ${now}::timestamptz, ${clock}::uuid,
        ${place?.start ?? null}::timestamptz, ${place?.end ?? null}::timestamptz)`);
  }
  const units = [...new Set(offer.items.map(({ terms }) => terms.unit))];
  const title = titleOf(offer);
  tellCase(db, { caseId, at: now, kind: 'submit', shown: true, data: { channel }, still: !follows(parts) });
  const code = filing.reserved
    ? await takeReserved(db, { code: filing.reserved, day: shanghaiDate(now) })
    : await nextCaseCode(db, { district, now });
  db.last(sql`
    insert into service.case_file (id, code, channel, title, bundle, form, applicant_person, applicant_entity, applicant_key, applicant, factors, units, state, received_at,
      received_by, received_name, received_unit, promised_at, sample, fields, prefilled)
    values (${caseId}::uuid, ${code}, ${channel}, ${json(title)}::text::jsonb, ${offer.bundle?.id ?? null}::text, ${filing.form}::uuid, ${applicant.person}::uuid,
      ${applicant.entity}::text, ${applicant.key}::text, ${keyring.seal(json(applicant.contact), applicantContext(caseId))}, ${factorsOf(keyring, code, applicant.contact)}::text[],
      ${units}::text[], 'submitted', ${now}::timestamptz, ${db.actor.account}, ${db.actor.name}, ${receivedUnit}::text, ${plan.end}::timestamptz, ${services.config.sample}::boolean, ${filing.counted?.fields ?? null}::int, ${filing.counted?.prefilled ?? null}::int)`);
  for (const { item, id, no } of parts) {
    const clock = clocks.get(no);
    if (clock !== undefined)
      tellStep(db, {
        row: { id, code, item: item.terms.code, unit: item.terms.unit },
        step: 'accept',
        phase: 'started',
        clock,
      });
  }
  return {
    code,
    title,
    state: 'submitted',
    receivedAt: now.toISOString(),
    promisedAt: plan.end.toISOString(),
    items: parts.map(({ item: { terms }, no, state }) => ({
      no,
      title: terms.title,
      unit: terms.unit,
      waits: state.waits,
    })),
  };
}

/** The time to tell defects begins for every item that nobody waits for. */
async function startClocks(options: {
  db: Db;
  parts: readonly { id: string; no: number; state: SubState }[];
  now: Date;
}): Promise<[number, string][]> {
  const { db, parts, now } = options;
  const all = await Promise.all(
    parts.map(async ({ id, no, state }): Promise<[number, string][]> => {
      if (state.waits) return [];
      const clock = await startClock(db, { kind: acceptClock, subject: id, event: 'submitted', at: now });
      return [[no, clock.id]];
    }),
  );
  return all.flat();
}

function submittedState(actor: Actor, of: { waits: boolean; committed: boolean }): SubState {
  const role = actor.unit === undefined ? ('applicant' as const) : ('intake' as const);
  const taken = take(newSubCase(of), { act: 'submit' }, { roles: [role], account: actor.account });
  if (!taken.ok) throw new Error(`a new case cannot be submitted: ${taken.why}`);
  return taken.next;
}

type Part = { item: OfferedItem; no: number; after: number[]; state: SubState };

/** Something is to be done without anybody's act: granted on a commitment, or by machine. */
const follows = (parts: readonly Part[]): boolean =>
  parts.some(({ item, state }) => state.committed || item.terms.decision !== undefined);

async function plannedOf(db: Db, parts: readonly Part[], now: Date) {
  const { calendar } = await readCalendar(db);
  return planOf({
    nodes: parts.map(({ no, after }) => ({ id: String(no), after: after.map(String) })),
    from: now,
    last: (id, start) => {
      const part = parts.find(({ no }) => String(no) === id);
      return part ? decisionEnd({ terms: part.item.terms, start, calendar }) : start;
    },
  });
}

function titleOf(offer: CaseOffer): Text {
  const [first] = offer.items;
  if (offer.bundle) return offer.bundle.title;
  const title = first?.terms.title ?? { zh: '', en: '' };
  const more = offer.items.length - 1;
  return more === 0 ? title : { zh: `${title.zh}等 ${more + 1} 项`, en: `${title.en} and ${more} more` };
}

/** What the applicant gets: the code, who handles what, and until when. */
async function submitted(db: Db, code: string) {
  const row = await db.one<{
    code: string;
    title: Text;
    state: string;
    receivedAt: Date;
    promisedAt: Date | null;
    items: { no: number; title: Text; unit: string; waits: boolean }[];
  }>(sql`
    select c.code, c.title, c.state, c.received_at as "receivedAt", c.promised_at as "promisedAt",
      (select jsonb_agg(jsonb_build_object('no', p.no, 'title', p.title, 'unit', p.unit, 'waits', p.waits) order by p.no) from service.case_parts(c.id) p) as items
    from service.case_file c where c.code = ${code}`);
  return { ...row, receivedAt: row.receivedAt.toISOString(), promisedAt: row.promisedAt?.toISOString() ?? null };
}
