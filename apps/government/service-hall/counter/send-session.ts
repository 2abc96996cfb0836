import { Type } from 'typebox';
import { route, type Services } from '#platform/kernel/app.ts';
import type { Actor } from '#platform/kernel/actor.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { attachDocument } from '#platform/document/attach-document.ts';
import { FileGone } from '#platform/document/document-errors.ts';
import { storeFile } from '#platform/document/store-file.ts';
import { residentOf } from '#platform/identity/subjects.ts';
import { receivedCase } from '#platform/service/case-received.ts';
import { ItemChanged, ItemNotOffered } from '#platform/service/case-errors.ts';
import type { KnownValues } from '#platform/service/case-offer.ts';
import type { CaseForm } from '#platform/service/submit-case.ts';
import { submitFor } from '#platform/service/submit-for.ts';
import { newPaper } from '../custody.ts';
import { storeIntakes } from '../intake.ts';
import type { Principle } from '../routing/route-intake.ts';
import { CounterMoved, MandateEnded, NoConsent, NotConfirmed, NotIdentified } from './counter-errors.ts';
import { type Draft, digestOf, draftFaults } from './counter-draft.ts';
import { cardValues } from './counter-form.ts';
import {
  assertMayRead,
  draftOf,
  type Holder,
  holderOf,
  holdSession,
  inTheirName,
  peekSession,
  type Session,
  SessionParams,
  signatureContext,
  stepOf,
  StepSchema,
  WORK,
  Words,
} from './counter-record.ts';
import { assertMandate } from './mandate.ts';
import { SIGNATURE_FILE, SIGNATURE_ROWS } from './signature-file.ts';

/** Shows the person what will be sent (请本人核对): from here the second screen asks for their confirmation. */
export const askConfirmation = route({
  ...WORK,
  method: 'POST',
  path: '/api/service-hall/counter/sessions/:id/ask',
  summary: { zh: '请本人核对确认', en: 'Ask the person to check and confirm' },
  params: SessionParams,
  reply: StepSchema,
  errors: [NotFound, InvalidInput, CounterMoved, NotIdentified, NoConsent],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:counter-ready' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:counter-foreign' } },
  },
  handler: async ({ db, services, clock, params: { id } }) => {
    const session = await holdSession(db, id, 'open', 'asked', 'confirmed');
    const holder = holderOf(services.keyring, session);
    const now = clock.now();
    assertMayRead(session, holder, now);
    const draft = draftOf(services.keyring, session);
    if (!draft) throw CounterMoved.with();
    const faults = draftFaults(draft);
    if (faults.length > 0) throw InvalidInput.with({ fields: faults });
    await db.run(sql`
      update service_hall.counter_session set state = 'asked', digest = ${digestOf(draft, session)}, disputes = '[]', confirmed_at = null, confirmed_by = null,
        signature = null where id = ${id}::uuid`);
    return stepOf({ ...session, state: 'asked', disputes: [], confirmedBy: null }, holder, now);
  },
});

type Filed = CaseForm['materials'][number];

/** What is filed: what nobody has on record, as it was confirmed. */
function formOf(session: Session, draft: Draft, card: KnownValues) {
  return {
    form: session.id,
    channel: 'window' as const,
    items: draft.items.map(({ code, version }) => ({ code, version })),
    situations: draft.situations,
    answers: Object.fromEntries(
      draft.fields.flatMap(({ element, value, verified }): [string, string | number | boolean][] =>
        value === null || value === '' || verified || card[element] !== undefined ? [] : [[element, value]],
      ),
    ),
    materials: draft.materials.flatMap(({ source, parts, document }) =>
      parts.flatMap(({ item, id }): Filed[] => {
        if (document !== null) return [{ item, id, source: 'upload' as const, document }];
        return source === 'data' || source === 'certificate'
          ? [{ item, id, source: source as 'data' | 'certificate' }]
          : [];
      }),
    ),
    contact: { name: draft.contact.name.trim(), phone: draft.contact.phone },
  };
}

/**
 * What the card itself has verified, where a device has read it; a number that was typed twice is the clerk's word. Only what the person saw as the
 * card's: where the form says another thing, that was confirmed, and it is filed as theirs.
 */
export function verifiedByCard(
  session: Pick<Session, 'card' | 'mandate' | 'unit'>,
  holder: Holder,
  draft: Pick<Draft, 'fields'>,
): KnownValues {
  if (session.card !== 'read' || session.mandate !== null) return {};
  const shown = new Map(draft.fields.map(({ element, value }) => [element, value]));
  return Object.fromEntries(
    Object.entries(cardValues(holder))
      .filter(([element, value]) => !shown.has(element) || shown.get(element) === value)
      .map(([element, value]) => [
        element,
        { value, resource: 'service-hall.intake', unit: session.unit, state: 'verified' as const },
      ]),
  );
}

/** From here nothing is typed any more. A try that broke off half way is taken up again. */
async function claim(services: Services, actor: Actor, id: string): Promise<Session> {
  return services.database.tx({ module: 'service-hall', actor }, async (db) => {
    const session = await holdSession(db, id);
    const draft = draftOf(services.keyring, session);
    if (session.state === 'sent') return session;
    if (session.state !== 'confirmed' && session.state !== 'sending') throw NotConfirmed.with();
    if (!draft || session.digest !== digestOf(draft, session)) throw NotConfirmed.with();
    await db.run(sql`update service_hall.counter_session set state = 'sending' where id = ${id}::uuid`);
    return session;
  });
}

/** Nothing was filed: the person's confirmation stands, and the clerk sees why. */
async function release(services: Services, actor: Actor, id: string): Promise<void> {
  await services.database.tx({ module: 'service-hall', actor }, (db) =>
    db.run(
      sql`update service_hall.counter_session set state = 'confirmed' where id = ${id}::uuid and state = 'sending'`,
    ),
  );
}

/** Units that decide in place of the owner of an item: the street of the person's home (委托街道审批). */
async function deciders(
  services: Services,
  actor: Actor,
  draft: Draft,
  street: string | undefined,
): Promise<Map<string, string>> {
  if (street === undefined) return new Map();
  const codes = draft.items.map(({ code }) => code);
  const rows = await services.database.tx({ module: 'service-hall', actor, readOnly: true }, (db) =>
    db.rows<{ item: string; unit: string }>(sql`
      select r.item, u as unit from service_hall.routing_rule r, service_hall.centre c, unnest(c.units) u
      where r.item = any(${codes}::text[]) and r.decides = 'street' and c.area = ${street} and u = 'street-' || c.area`),
  );
  return new Map(rows.map(({ item, unit }) => [item, unit]));
}

/**
 * Sends what the person has confirmed (提交): one case with one code through the intake of everybody, the way of each item, custody of the papers
 * that stay, and the signature as a document. Sent twice it is the same case. Without the confirmation of the person it is refused.
 */
export const sendSession = route({
  ...WORK,
  method: 'POST',
  path: '/api/service-hall/counter/sessions/:id/send',
  summary: { zh: '提交并出具回执', en: 'Send what was confirmed' },
  params: SessionParams,
  reply: Type.Object({
    code: Type.String(),
    title: Words,
    receivedAt: Type.String({ format: 'date-time' }),
    promisedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
    items: Type.Array(
      Type.Object({
        title: Words,
        state: Type.String(),
        target: Type.Union([Type.String(), Type.Null()]),
        unit: Type.String(),
      }),
    ),
    papers: Type.Array(Type.Object({ barcode: Type.String(), what: Type.String() })),
  }),
  errors: [NotFound, CounterMoved, NotConfirmed, MandateEnded, InvalidInput, ItemChanged, ItemNotOffered, FileGone],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:counter-confirmed' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:counter-foreign' } },
  },
  prepare: async ({ services, actor, params: { id } }) => {
    const before = await peekSession({ services, actor, id });
    // What was filed while it held is filed: asked again, it only gives the receipt.
    if (before.state === 'confirmed') await assertMandate(services, before);
    const session = await claim(services, actor, id);
    const draft = draftOf(services.keyring, session);
    const holder = holderOf(services.keyring, session);
    if (!draft || !holder) throw CounterMoved.with();
    const own = session.mandate === null;
    const home = own && session.presentKey !== null ? await residentOf(services, session.presentKey) : undefined;
    const street = home?.committee?.slice(0, 9);
    const decided = await deciders(services, actor, draft, street);
    const shown = verifiedByCard(session, holder, draft);
    const form = formOf(session, draft, shown);
    const applicant = {
      person: session.person,
      entity: null,
      key: own ? session.presentKey : null,
      contact: { ...form.contact, ...(own && { idNumber: holder.number }) },
    };
    const filed = await submitFor({
      services,
      actor,
      asPerson: inTheirName(actor, session),
      applicant,
      form,
      shown,
      decider: ({ code, unit }) => decided.get(code) ?? unit,
    }).catch(async (error: unknown) => {
      await release(services, actor, id);
      throw error;
    });
    // From here it is filed: whatever fails now is taken up again, and nothing else is typed into this visit.
    const items = await receivedCase({ services, actor, code: filed.code });
    const signature =
      session.signature === null ? undefined : services.keyring.open(session.signature, signatureContext(id));
    const document =
      signature &&
      (await storeFile({ services, actor, kind: SIGNATURE_FILE, ...signatureContent(signature, filed.code) }));
    return { filed, items, street, document: document ? document.id : undefined };
  },
  handler: async ({ db, services, clock, params: { id }, prepared: { filed, items, street, document } }) => {
    const session = await holdSession(db, id, 'sending', 'sent');
    const now = clock.now();
    const draft = draftOf(services.keyring, session);
    const streets = new Map<Principle, string[]>(street === undefined ? [] : [['residence', [street]]]);
    const card = session.card ?? 'manual';
    // The way follows the rule of the item's owner, also where the street decides.
    const owner = new Map(draft?.items.map(({ code, unit }) => [code, unit]));
    const received = items.map((item) => ({ ...item, unit: owner.get(item.item) ?? item.unit }));
    const intakes = await storeIntakes(db, {
      centre: session.centre,
      code: filed.code,
      card,
      items: received,
      streets,
      now,
    });
    const papers = [];
    if (session.state === 'sending') {
      for (const { title, keep, document: scanned } of draft?.materials ?? [])
        if (keep && scanned !== null)
          papers.push({ barcode: await newPaper(db, { what: title.zh, caseCode: filed.code, now }), what: title.zh });
      if (document !== undefined) await attachDocument(db, { files: [document], kind: SIGNATURE_ROWS, subject: id });
      await db.run(
        sql`update service_hall.counter_session set state = 'sent', case_code = ${filed.code} where id = ${id}::uuid`,
      );
    } else
      papers.push(
        ...(await db.rows<{ barcode: string; what: string }>(
          sql`select barcode, what from service_hall.paper where case_code = ${filed.code} order by barcode`,
        )),
      );
    const unitOf = new Map(items.map(({ no, unit }) => [no, unit]));
    return {
      code: filed.code,
      title: filed.title,
      receivedAt: filed.receivedAt,
      promisedAt: filed.promisedAt,
      items: intakes.items.map(({ no, title, state, target }) => ({
        title,
        state,
        target,
        unit: unitOf.get(no) ?? '',
      })),
      papers,
    };
  },
});

/** The signature as a file: the stroke as a picture, or the words under which the card was held to the reader. */
function signatureContent(signature: string, code: string): { name: string; content: Uint8Array } {
  const picture = /^data:image\/png;base64,([A-Za-z0-9+/=]+)$/.exec(signature);
  if (picture) return { name: `确认签名-${code}.png`, content: Buffer.from(picture[1] ?? '', 'base64') };
  return { name: `刷卡确认-${code}.txt`, content: Buffer.from(`${signature}\n办件编码 ${code}\n`, 'utf8') };
}
