import { systemActor, type Actor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { ID_NUMBER_LOOKUP } from '#platform/identity/subjects.ts';
import { storeFile } from '#platform/document/store-file.ts';
import { openForm, viewOf } from '#platform/service/form-view.ts';
import { digestOf, type Draft } from '#apps/government/service-hall/counter/counter-draft.ts';
import { fillIn } from '#apps/government/service-hall/counter/counter-form.ts';
import { holderContext, sealDraft } from '#apps/government/service-hall/counter/counter-record.ts';

const OWN = 'affairs-centre-310101023';
const FOREIGN = 'affairs-centre-310101013';
const CLERK: Actor = {
  kind: 'person',
  account: 'clerk.ruijin',
  name: '样例经办',
  post: 'street-clerk',
  unit: 'street-310101023',
  area: '310101023',
  reach: 'own',
  trace: 'fixture',
};
/** Windows of the examples: one visit at each. */
const FIRST_WINDOW = 201;
const NUMBER = '310199198502011234';
const CHALLENGE = 'c'.repeat(32);

type Step = {
  clerk?: string;
  centre?: string;
  identified?: boolean;
  differs?: boolean;
  consented?: boolean;
  state?: 'open' | 'asked' | 'confirmed';
  draft?: Draft;
  sms?: string;
  wantsOfficer?: boolean;
  /** Somebody of whom the district has no record. */
  visitor?: boolean;
};

/** Visits at windows in every state that the examples of routes name, and screens that face them. */
export async function fixtureCounter(options: {
  house: TestHouse;
  person: string;
  answers: { items: string[]; situations: Draft['situations']; answers: Record<string, string | number | boolean> };
}): Promise<Record<string, unknown>> {
  const { services } = options.house;
  if (!services.registry.modules.some(({ id }) => id === 'service-hall')) return {};
  const { keyring } = services;
  const draft = await draftOf(options);
  const now = services.clock.now();
  return services.database.tx({ module: 'service-hall', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    let no = FIRST_WINDOW;
    const visit = async (step: Step) => {
      const { clerk = CLERK.account, centre = OWN, identified, differs, consented, state = 'open', sms } = step;
      const id = uuidv7();
      no += 1;
      await db.run(
        sql`insert into service_hall.service_window (centre, no, families) values (${centre}, ${no}::int, array['civil'])`,
      );
      const known = identified || differs;
      const signed = state === 'confirmed';
      const person = known && !step.visitor ? options.person : null;
      await db.run(sql`
        insert into service_hall.counter_session (id, centre, window_no, unit, clerk, clerk_name, opened_at, challenge, card, present_person, present_key, holder, photo,
          wants_officer, sms_hash, sms_at, person, applicant_name, consent_at, draft, state, digest, confirmed_at, confirmed_by)
        values (${id}::uuid, ${centre}, ${no}::int, 'street-310101023', ${clerk}, '样例经办', ${now}::timestamptz, ${CHALLENGE}, ${known ? 'read' : null}::text,
          ${person}::uuid, ${known ? keyring.lookup(ID_NUMBER_LOOKUP, NUMBER) : null}::text,
          ${known ? keyring.seal(json({ name: '样例', number: NUMBER }), holderContext(id)) : null}::text, ${differs ? 'differs' : identified ? 'same' : null}::text,
          ${step.wantsOfficer ?? false}::boolean, ${sms === undefined ? null : keyring.lookup('service-hall.step-up', `${id}:${sms}`)}::text, ${now}::timestamptz,
          ${person}::uuid, '样例', ${consented ? now : null}::timestamptz, ${step.draft ? sealDraft(keyring, id, step.draft) : null}::text,
          ${state}, ${state !== 'open' && step.draft ? digestOf(step.draft, { challenge: CHALLENGE }) : null}::text, ${signed ? now : null}::timestamptz, ${signed ? 'stroke' : null}::text)`);
      return { id, no, centre };
    };
    const screen = async ({ no: window, centre }: { no: number; centre: string }, code?: string) => {
      const token = `screen-of-the-fixture-${window}`;
      await db.run(sql`
        insert into service_hall.second_screen (id, centre, window_no, code_hash, code_until, token_hash, made_by, made_at, paired_at)
        values (${uuidv7()}::uuid, ${centre}, ${window}::int, ${code === undefined ? null : keyring.lookup('service-hall.screen-code', code)}::text,
          ${code === undefined ? null : new Date(now.getTime() + 3_600_000)}::timestamptz, ${code === undefined ? keyring.lookup('service-hall.screen', token) : null}::text,
          'fixture', ${now}::timestamptz, ${code === undefined ? now : null}::timestamptz)`);
      return token;
    };
    const ready = { identified: true, consented: true };
    const asked = { ...ready, draft, state: 'asked' as const };
    const toConfirm = await visit(asked);
    const shown = await visit({ identified: true });
    await screen(await visit({}), 'ABC234');
    return {
      counter: (await visit({})).id,
      'counter-to-end': (await visit({})).id,
      'counter-to-compare': (await visit({ identified: true })).id,
      'counter-differs': (await visit({ differs: true })).id,
      'counter-coded': (await visit({ differs: true, sms: '000000' })).id,
      'counter-vouch': (await visit({ clerk: 'clerk.of.the.fixture', differs: true, wantsOfficer: true })).id,
      'counter-ready': (await visit({ ...ready, draft })).id,
      'counter-mandate': (await visit(ready)).id,
      'counter-formed': (await visit({ ...ready, draft })).id,
      'counter-confirmed': (await visit({ ...ready, draft, state: 'confirmed', visitor: true })).id,
      'counter-foreign': (await visit({ clerk: 'clerk.bund', centre: FOREIGN, differs: true })).id,
      'screen-code': { code: 'abc 234' },
      screen: { token: await screen(shown) },
      'screen-to-consent': { token: `screen-of-the-fixture-${shown.no}`, session: shown.id },
      'screen-to-dispute': { token: await screen(await visit(asked)), elements: ['name'] },
      'screen-to-confirm': {
        token: await screen(toConfirm),
        digest: digestOf(draft, { challenge: CHALLENGE }),
        stroke: `data:image/png;base64,${'A'.repeat(200)}`,
      },
    };
  });
}

/** The form of the example's item, filled in and with a scan of each paper. */
async function draftOf({ house, answers: given }: Parameters<typeof fixtureCounter>[0]): Promise<Draft> {
  const { services } = house;
  const { items, situations, answers } = given;
  const open = (answered: Draft['situations']) =>
    services.database.tx({ module: 'service', actor: CLERK, readOnly: true }, (db) => openForm(db, items, answered));
  let opened = await open(situations);
  for (let view = viewOf(opened); view.next.length > 0; view = viewOf(opened)) {
    const said = Object.fromEntries(
      view.next.map(({ item, id, options }) => [item, { ...view.situations[item], [id]: options[0]?.value ?? '' }]),
    );
    opened = await open({ ...view.situations, ...said });
  }
  const prefill = { values: { 'population.resident': null, 'legal-entity.entity': null }, origins: [] };
  const draft = fillIn({ view: viewOf(opened), form: opened.form, prefill, card: {}, earlier: {}, before: undefined });
  const file = await storeFile({
    services,
    actor: CLERK,
    kind: 'material',
    name: '样例材料.txt',
    content: Buffer.from('样例材料'),
  });
  return {
    ...draft,
    fields: draft.fields.map((field) => ({
      ...field,
      value: answers[field.element] ?? field.value ?? (field.required ? (field.choices?.[0] ?? '样例') : null),
    })),
    materials: draft.materials.map((material) =>
      material.source === 'upload' ? { ...material, document: file.id, name: file.name, keep: true } : material,
    ),
    contact: { name: '样例', phone: '13800000000' },
  };
}
