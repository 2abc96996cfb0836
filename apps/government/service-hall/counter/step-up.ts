import { randomInt } from 'node:crypto';
import { Type } from 'typebox';
import { route, type Services } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { maskName, maskPhone } from '#platform/kernel/mask.ts';
import { sql } from '#platform/kernel/sql.ts';
import { factOf } from '#platform/access/person-facts.ts';
import { textMessages } from '../peripherals/text-message.ts';
import { CodeWrong, CounterMoved, NoPhone, SameOfficer } from './counter-errors.ts';
import {
  holderOf,
  holdSession,
  isDoubted,
  peekSession,
  SESSION,
  type Session,
  SessionParams,
  stepOf,
  StepSchema,
  WORK,
} from './counter-record.ts';

/** How long a code is good, and how often one may be tried. Ours, no law's. */
const CODE_MS = 5 * 60_000;
const MOST_TRIES = 5;
const digest = ({ keyring }: Services, id: string, code: string): string =>
  keyring.lookup('service-hall.step-up', `${id}:${code}`);

/** A second means is asked for only where the first was not enough. */
function assertWanted(session: Session, services: Services): void {
  const doubted = isDoubted(session, holderOf(services.keyring, session), services.clock.now());
  if (session.card === null || !doubted || session.stepUp !== null) throw CounterMoved.with();
}

/** Sends a code to the phone on record (加强核验：登记手机): the number comes from the base database and is shown to nobody. */
export const sendStepUpCode = route({
  ...WORK,
  method: 'POST',
  path: '/api/service-hall/counter/sessions/:id/step-up-codes',
  summary: { zh: '向登记手机发送验证码', en: 'Send a code to the phone on record' },
  params: SessionParams,
  reply: Type.Object({ sentTo: Type.String({ description: 'masked' }) }),
  errors: [NotFound, CounterMoved, NoPhone],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:counter-differs' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:counter-foreign' } },
  },
  prepare: async ({ services, actor, params: { id } }) => {
    const session = await peekSession({ services, actor, id });
    assertWanted(session, services);
    const person = session.presentPerson;
    const phone = person === null ? undefined : (await factOf(services, person))?.phone;
    const messages = services.registry.provided(textMessages)[0]?.value;
    if (!phone || !messages) throw NoPhone.with();
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    await messages.send({
      services,
      phone,
      text: `【政务服务】您正在窗口办理业务，验证码 ${code}，5 分钟内有效。不是本人请勿告知他人。`,
    });
    return { hash: digest(services, id, code), sentTo: maskPhone(phone) };
  },
  handler: async ({ db, clock, params: { id }, prepared: { hash, sentTo } }) => {
    await holdSession(db, id, 'open');
    await db.run(sql`
      update service_hall.counter_session set sms_hash = ${hash}, sms_at = ${clock.now()}::timestamptz, sms_tries = 0 where id = ${id}::uuid`);
    return { sentTo };
  },
});

/** The code that the person has read out. Wrong ones are counted; after five the code is worth nothing. */
export const answerStepUpCode = route({
  ...WORK,
  method: 'POST',
  path: '/api/service-hall/counter/sessions/:id/step-up',
  summary: { zh: '核对验证码', en: 'Check the code' },
  params: SessionParams,
  body: Type.Object({ code: Type.String({ pattern: '^[0-9]{6}$' }) }, { additionalProperties: false }),
  reply: Type.Object({ right: Type.Boolean(), triesLeft: Type.Integer(), step: StepSchema }),
  errors: [NotFound, CounterMoved, CodeWrong],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:counter-coded' }, body: { code: '000000' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:counter-foreign' }, body: { code: '000000' } },
  },
  handler: async ({ db, services, clock, params: { id }, body: { code } }) => {
    const session = await holdSession(db, id, 'open');
    assertWanted(session, services);
    const now = clock.now();
    const old = session.smsAt === null || now.getTime() - session.smsAt.getTime() > CODE_MS;
    if (session.smsHash === null || old || session.smsTries >= MOST_TRIES) throw CodeWrong.with();
    const right = digest(services, id, code) === session.smsHash;
    // A wrong try has to be counted, so it is an answer and no error that would take the count back.
    await db.run(sql`
      update service_hall.counter_session set sms_tries = sms_tries + 1, step_up = ${right ? 'sms' : null}::text,
        sms_hash = ${right ? null : session.smsHash}::text where id = ${id}::uuid`);
    const step = stepOf({ ...session, stepUp: right ? 'sms' : null }, holderOf(services.keyring, session), now);
    return { right, triesLeft: MOST_TRIES - session.smsTries - 1, step };
  },
});

/** Asks for a second officer (请同事核对): colleagues of the centre see it on their own page. */
export const askOfficer = route({
  ...WORK,
  method: 'POST',
  path: '/api/service-hall/counter/sessions/:id/officer',
  summary: { zh: '请第二位工作人员核对', en: 'Ask for a second officer' },
  params: SessionParams,
  reply: StepSchema,
  errors: [NotFound, CounterMoved],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:counter-differs' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:counter-foreign' } },
  },
  handler: async ({ db, services, clock, params: { id } }) => {
    const session = await holdSession(db, id, 'open');
    assertWanted(session, services);
    await db.run(sql`update service_hall.counter_session set wants_officer = true where id = ${id}::uuid`);
    return stepOf({ ...session, wantsOfficer: true }, holderOf(services.keyring, session), clock.now());
  },
});

/** The second officer has looked at card and person (第二人核对). Never the clerk who asks. */
export const vouch = route({
  ...WORK,
  method: 'POST',
  path: '/api/service-hall/counter/sessions/:id/vouch',
  summary: { zh: '第二人核对身份', en: 'Vouch for who it is' },
  params: SessionParams,
  body: Type.Object({ same: Type.Boolean() }, { additionalProperties: false }),
  reply: Type.Object({ name: Type.String({ description: 'masked' }), same: Type.Boolean() }),
  errors: [NotFound, SameOfficer, CounterMoved],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:counter-vouch' }, body: { same: true } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:counter-foreign' }, body: { same: true } },
  },
  handler: async ({ db, actor, services, params: { id }, body: { same } }) => {
    const session = await db.first<Session>(
      sql`select ${SESSION} from service_hall.counter_session where id = ${id}::uuid for update`,
    );
    if (!session) throw NotFound.with();
    if (session.clerk === actor.account) throw SameOfficer.with();
    // One officer has looked, and that is the answer: nobody is asked until one says yes.
    if (!session.wantsOfficer || session.stepUp !== null || session.officerSaid !== null) throw CounterMoved.with();
    await db.run(sql`
      update service_hall.counter_session set officer_said = ${same}::boolean, step_up = ${same ? 'officer' : null}::text,
        step_up_by = ${same ? actor.account : null}::text where id = ${id}::uuid`);
    return { name: maskName(holderOf(services.keyring, session)?.name ?? ''), same };
  },
});
