import { type Static, Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { fitting } from '#platform/service/case-answers.ts';
import { knownOf, type Prefill, PrefilledValuesSchema, prefillOf } from '#platform/service/form-prefill.ts';
import { ItemsSchema, openForm, SituationsSchema, viewOf } from '#platform/service/form-view.ts';
import { type PersonAtWindow, personAtWindow } from '#platform/service/person-at-window.ts';
import { skillsOf } from '../centre-record.ts';
import { NotAtWindow } from '../hall-errors.ts';
import { CounterMoved, MandateEnded, NoConsent, NotIdentified, OutsideSkill } from './counter-errors.ts';
import { type Draft, type DraftField, DraftSchema, prefilledOf } from './counter-draft.ts';
import {
  assertMayRead,
  draftOf,
  type Holder,
  holderOf,
  holdSession,
  inTheirName,
  peekSession,
  sealDraft,
  SessionParams,
  WORK,
} from './counter-record.ts';
import { assertMandate } from './mandate.ts';
import { seatOfClerk } from './open-session.ts';

/** Longer answers are about one matter (理由、说明): they are not carried from one application to another. */
const CARRIED_CHARACTERS = 100;
/** The same person said in other words: how the result reaches them is what is on record of them, unless they say otherwise. */
const SAME_PERSON: Readonly<Record<string, string>> = {
  'delivery-name': 'name',
  'delivery-phone': 'phone',
  'delivery-address': 'address',
};
const SEX: Readonly<Record<string, string>> = { '1': '男', '2': '女' };

/** What the card says, by data element; the sex as the form writes it. */
export function cardValues(holder: Holder): Record<string, string> {
  const { name, number, sex, birthDate, nation, address } = holder;
  const all = {
    name,
    'id-number': number,
    sex: sex && (SEX[sex] ?? sex),
    'birth-date': birthDate,
    nation,
    'hukou-address': address,
  };
  return Object.fromEntries(Object.entries(all).filter((pair): pair is [string, string] => pair[1] !== undefined));
}

/**
 * Fills the form in for the person: first what a unit has on record, then the card in their hand, then what they answered before, and last what the
 * clerk has typed already in this session. Pure; what does not fit the form is left to be asked.
 */
export function fillIn(of: {
  view: ReturnType<typeof viewOf>;
  form: Parameters<typeof fitting>[0];
  prefill: Prefill;
  card: Record<string, string>;
  earlier: PersonAtWindow['earlier'];
  before: Draft | undefined;
}): Draft {
  const { view, form, prefill, card, earlier, before } = of;
  const onRecord = fitting(form, knownOf(prefill));
  const fit = (values: Record<string, unknown>) =>
    fitting(
      form,
      Object.fromEntries(
        Object.entries(values).map(([element, value]) => [
          element,
          { value, resource: '', unit: '', state: 'verified' },
        ]),
      ),
    );
  const fromCard = fit(card);
  const fromEarlier = fit(Object.fromEntries(Object.entries(earlier).map(([element, { value }]) => [element, value])));
  const known = new Map(prefill.origins.map((origin) => [origin.element, origin]));
  const fields = view.fields.map((field): DraftField => {
    const { element, title, group, type, required, choices } = field;
    const base = { element, title, group, type, required, choices };
    const record = known.get(element);
    const value = onRecord[element];
    const typed = before?.fields.find((each) => each.element === element);
    // What is under dispute may be said otherwise, and is not taken back because the form was opened again.
    const otherwise = record?.state === 'disputed' && typed?.origin?.kind === 'clerk';
    if (record && value !== undefined && !otherwise) {
      const origin = { kind: 'record' as const, from: record.unit, at: record.receivedAt };
      return { ...base, value, origin, verified: record.state === 'verified' };
    }
    if (typed?.origin?.kind === 'clerk') return { ...base, value: typed.value, origin: typed.origin, verified: false };
    const shown = fromCard[element];
    if (shown !== undefined)
      return { ...base, value: shown, origin: { kind: 'card', from: null, at: null }, verified: false };
    const same = SAME_PERSON[element];
    const own = same === undefined ? undefined : (onRecord[same] ?? fromCard[same]);
    const unit = same === undefined ? undefined : known.get(same);
    if (own !== undefined) {
      const origin = unit
        ? { kind: 'record' as const, from: unit.unit, at: unit.receivedAt }
        : { kind: 'card' as const, from: null, at: null };
      return { ...base, value: own, origin, verified: false };
    }
    const old = fromEarlier[element];
    const carried = old !== undefined && String(old).length <= CARRIED_CHARACTERS && !element.endsWith('-reason');
    if (carried) {
      const { caseCode, at } = earlier[element] ?? { caseCode: null, at: null };
      return { ...base, value: old, origin: { kind: 'earlier', from: caseCode, at }, verified: false };
    }
    return { ...base, value: null, origin: null, verified: false };
  });
  const valueOf = (element: string): string => String(fields.find((field) => field.element === element)?.value ?? '');
  return {
    items: view.items,
    situations: view.situations,
    next: view.next,
    fields,
    materials: view.materials.map(({ id, title, source, required, original, parts }) => {
      const old = before?.materials.find((each) => each.id === id);
      return {
        id,
        title,
        source,
        required,
        parts,
        document: old?.document ?? null,
        name: old?.name ?? null,
        keep: old?.keep ?? original,
      };
    }),
    contact: before?.contact.phone
      ? before.contact
      : { name: valueOf('name') || card.name || '', phone: valueOf('phone') },
  };
}

/** Opens the form of what the person wants, filled in as far as anybody knows (选事项、开表): what is read of them is logged under the purpose. */
export const openCounterForm = route({
  ...WORK,
  method: 'PUT',
  path: '/api/service-hall/counter/sessions/:id/form',
  summary: { zh: '选择事项并预填', en: 'Choose items and fill in what is known' },
  params: SessionParams,
  body: Type.Object({ items: ItemsSchema, situations: SituationsSchema }, { additionalProperties: false }),
  reply: Type.Object({
    draft: DraftSchema,
    filled: Type.Integer(),
    of: Type.Integer(),
    /** What was read of the person's record for it. */
    read: PrefilledValuesSchema,
  }),
  errors: [NotFound, InvalidInput, NotAtWindow, CounterMoved, NotIdentified, NoConsent, MandateEnded, OutsideSkill],
  examples: {
    own: {
      as: 'street-clerk',
      params: { id: 'fixture:counter-formed' },
      body: { items: ['fixture:service-published'], situations: {} },
      purpose: 'verify-application',
    },
    foreign: {
      as: 'street-clerk',
      params: { id: 'fixture:counter-foreign' },
      body: { items: ['fixture:service-published'], situations: {} },
      purpose: 'verify-application',
    },
  },
  prepare: async ({ services, actor, params: { id }, body: { items, situations } }) => {
    const session = await peekSession({ services, actor, id });
    const holder = holderOf(services.keyring, session);
    assertMayRead(session, holder, services.clock.now());
    await assertMandate(services, session);
    const opened = await services.database.tx({ module: 'service', actor, readOnly: true }, (db) =>
      openForm(db, items, situations),
    );
    const asPerson = inTheirName(actor, session);
    const none: Prefill = { values: { 'population.resident': null, 'legal-entity.entity': null }, origins: [] };
    const [prefill, known] = asPerson
      ? await Promise.all([
          prefillOf({ services, actor: asPerson, fields: opened.form.fields }),
          personAtWindow({ services, actor: asPerson }),
        ])
      : [none, undefined];
    return { opened, prefill, earlier: known?.earlier ?? {}, own: session.mandate === null };
  },
  handler: async ({ db, actor, services, clock, params: { id }, prepared: { opened, prefill, earlier, own } }) => {
    const session = await holdSession(db, id, 'open', 'asked', 'confirmed');
    const seat = await seatOfClerk(db);
    if (!seat) throw NotAtWindow.with();
    const skills = await skillsOf(db, { account: actor.account, window: seat, now: clock.now() });
    const families = await db.rows<{ code: string; units: string[] }>(sql`select code, units from service_hall.family`);
    for (const { unit, definition } of opened.items) {
      const served = families.filter(({ units }) => units.includes(unit)).map(({ code }) => code);
      if (served.length > 0 && !served.some((code) => skills.has(code)))
        throw OutsideSkill.with({ extra: { family: served[0], title: definition.title } });
    }
    const holder = holderOf(services.keyring, session);
    const draft = fillIn({
      view: viewOf(opened),
      form: opened.form,
      prefill,
      // By a mandate the card in the hand is the helper's, and says nothing of the applicant.
      card: own && holder ? cardValues(holder) : {},
      earlier,
      before: draftOf(services.keyring, session),
    });
    await db.run(sql`
      update service_hall.counter_session set draft = ${sealDraft(services.keyring, id, draft)}, version = version + 1, state = 'open', digest = null,
        disputes = '[]', confirmed_at = null, confirmed_by = null, signature = null where id = ${id}::uuid`);
    return { draft, ...prefilledOf(draft), read: prefill.values as Static<typeof PrefilledValuesSchema> };
  },
});
