import { type Static, Type } from 'typebox';
import { route, type Services } from '#platform/kernel/app.ts';
import { parseCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import { type FieldFault, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { factOf } from '#platform/access/person-facts.ts';
import { ID_NUMBER_LOOKUP, personResolver } from '#platform/identity/subjects.ts';
import { CardReadingSchema, isRead } from '../peripherals/card-reading.ts';
import { CardNotRead, CounterMoved } from './counter-errors.ts';
import {
  type Holder,
  holderContext,
  holderOf,
  holdSession,
  peekSession,
  SessionParams,
  stepOf,
  StepSchema,
  WORK,
} from './counter-record.ts';

const Typed = Type.Object(
  {
    name: Type.String({ minLength: 2, maxLength: 60 }),
    number: Type.String({ minLength: 15, maxLength: 24 }),
    again: Type.String({ minLength: 15, maxLength: 24 }),
  },
  { additionalProperties: false },
);
const Body = Type.Union([
  Type.Object({ read: CardReadingSchema }, { additionalProperties: false }),
  Type.Object({ typed: Typed }, { additionalProperties: false }),
]);

const fault = (pointer: string, rule: string, zh: string, en: string): FieldFault => ({
  pointer,
  rule,
  message: { zh, en },
});

/** What was typed twice (双录): the same both times, and a number that can exist (GB 11643). */
export function typedTwice(typed: Static<typeof Typed>, rules: { allowSample: boolean; today: string }): Holder {
  const plain = (text: string): string => text.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase();
  const [number, again] = [plain(typed.number), plain(typed.again)];
  const faults: FieldFault[] = [];
  const parsed = parseCitizenId(number, rules);
  if (!parsed.ok)
    faults.push(
      fault('/typed/number', parsed.reason, '身份证件号码不正确，请对照证件重新录入', 'is no identity number'),
    );
  if (number !== again) faults.push(fault('/typed/again', 'same', '两次录入不一致', 'is not what was typed before'));
  if (!parsed.ok || faults.length > 0) throw InvalidInput.with({ fields: faults });
  const { birthDate, sex } = parsed.id;
  return { name: typed.name.trim(), number, birthDate, sex };
}

const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .replaceAll(/[\s·•.]/g, '')
    .toUpperCase();

/**
 * The name that was typed is the one on record under the number: the screen asks the person for their word by that name, and what is read with
 * it is the number's.
 */
async function assertSameName(services: Services, person: string, name: string): Promise<void> {
  const known = (await factOf(services, person))?.name ?? null;
  if (known !== null && plainName(known) !== plainName(name))
    throw InvalidInput.with({
      fields: [
        fault('/typed/name', 'same', '姓名与证件号码不一致，请对照证件重新录入', 'is not the name under this number'),
      ],
    });
}

/**
 * Says who stands there (识别身份): a reading that the window's own device has signed for this session, or, where the reader is absent, what the
 * clerk typed twice; that leaves the mark 手工录入 on everything that follows.
 */
export const identify = route({
  ...WORK,
  method: 'POST',
  path: '/api/service-hall/counter/sessions/:id/card',
  summary: { zh: '读卡或手工录入', en: 'Read a card, or enter it by hand' },
  params: SessionParams,
  body: Body,
  reply: StepSchema,
  errors: [NotFound, InvalidInput, CardNotRead, CounterMoved],
  examples: {
    own: {
      as: 'street-clerk',
      params: { id: 'fixture:counter' },
      body: { typed: { name: '样例', number: '31019919900101123X', again: '31019919900101123X' } },
    },
    foreign: {
      as: 'street-clerk',
      params: { id: 'fixture:counter-foreign' },
      body: { typed: { name: '样例', number: '31019919900101123X', again: '31019919900101123X' } },
    },
  },
  prepare: async ({ services, actor, params, body }) => {
    const session = await peekSession({ services, actor, id: params.id });
    const rules = { allowSample: services.config.sample, today: services.clock.now().toISOString().slice(0, 10) };
    const device = await services.database.tx({ module: 'service-hall', actor, readOnly: true }, (db) =>
      db.first<{ id: string; publicKey: string }>(sql`
        select id, public_key as "publicKey" from service_hall.device where centre = ${session.centre} and window_no = ${session.window}::int and ended_at is null`),
    );
    if ('read' in body) {
      const { read } = body;
      if (!device || !isRead({ challenge: session.challenge, reading: read, publicKey: device.publicKey }))
        throw CardNotRead.with();
      if (!parseCitizenId(read.facts.number, rules).ok) throw CardNotRead.with();
    }
    const holder: Holder = 'read' in body ? body.read.facts : typedTwice(body.typed, rules);
    const key = services.keyring.lookup(ID_NUMBER_LOOKUP, holder.number);
    const person = await services.registry.provided(personResolver)[0]?.value.personOf({ hash: key, services });
    if (person && 'typed' in body) await assertSameName(services, person, holder.name);
    return { holder, key, person: person ?? null, device: 'read' in body ? (device?.id ?? null) : null };
  },
  handler: async ({ db, services, clock, params: { id }, prepared: { holder, key, person, device } }) => {
    const session = await holdSession(db, id, 'open');
    // Another card is another person: end this one and begin anew. The same one may be read again.
    if (session.card !== null && session.presentKey !== key) throw CounterMoved.with();
    const card = device === null ? 'manual' : 'read';
    const sealed = services.keyring.seal(json(holder), holderContext(id));
    await db.run(sql`
      update service_hall.counter_session set card = ${card}, device = ${device}::uuid, present_person = ${person}::uuid, present_key = ${key}, holder = ${sealed},
        person = coalesce(person, ${person}::uuid), applicant_name = coalesce(applicant_name, ${holder.name}) where id = ${id}::uuid`);
    return stepOf({ ...session, card, presentPerson: person, holder: sealed }, holder, clock.now());
  },
});

/** The clerk has compared the photo of the card with who stands there (人证核对). No machine compares faces here. */
export const comparePhoto = route({
  ...WORK,
  method: 'POST',
  path: '/api/service-hall/counter/sessions/:id/photo',
  summary: { zh: '人证核对', en: 'Compare the photo' },
  params: SessionParams,
  body: Type.Object({ same: Type.Boolean() }, { additionalProperties: false }),
  reply: StepSchema,
  errors: [NotFound, CounterMoved],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:counter-to-compare' }, body: { same: true } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:counter-foreign' }, body: { same: true } },
  },
  handler: async ({ db, services, clock, params: { id }, body: { same } }) => {
    const session = await holdSession(db, id, 'open');
    // Whether a second means is wanted is decided once: a clerk who has seen that it differs does not take it back.
    if (session.card === null || session.photo === 'differs') throw CounterMoved.with();
    const photo = same ? 'same' : 'differs';
    await db.run(sql`update service_hall.counter_session set photo = ${photo} where id = ${id}::uuid`);
    return stepOf({ ...session, photo }, holderOf(services.keyring, session), clock.now());
  },
});
