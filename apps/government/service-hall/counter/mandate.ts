import { Type } from 'typebox';
import { route, type Services } from '#platform/kernel/app.ts';
import type { Actor } from '#platform/kernel/actor.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { maskName } from '#platform/kernel/mask.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { type Mandate, mandatesOf } from '#platform/access/mandates-of.ts';
import { CounterMoved, MandateEnded, NoConsent, NotIdentified } from './counter-errors.ts';
import {
  assertMayRead,
  holderOf,
  holdSession,
  peekSession,
  type Session,
  SessionParams,
  stepOf,
  StepSchema,
  WORK,
} from './counter-record.ts';

/** Scope of a mandate under which somebody applies for another person (`platform/service`). */
const SCOPE = 'service-cases';

/** Why a mandate does not hold, in words for both sides of the window; undefined while it does. */
export function whyNot({ state, scopes, until }: Pick<Mandate, 'state' | 'scopes' | 'until'>): Text | undefined {
  if (state === 'dead') return { zh: '委托人已故，委托随之终止', en: 'Who gave it has died, and it ended with them' };
  if (state === 'expired')
    return {
      zh: `委托已于 ${until.toISOString().slice(0, 10)} 到期`,
      en: `It expired on ${until.toISOString().slice(0, 10)}`,
    };
  if (state !== 'active') return { zh: '委托已终止或尚未生效', en: 'It was ended, or has not begun' };
  if (!scopes.includes(SCOPE)) return { zh: '委托范围不含办事申请', en: 'It does not cover applications' };
  return undefined;
}

/**
 * Before anything is read or filed by the mandate that was chosen: it holds at this moment, whatever it was then. A visit lasts hours, and whoever gave
 * it may end it from their phone meanwhile.
 */
export async function assertMandate(
  services: Services,
  session: Pick<Session, 'mandate' | 'presentPerson'>,
): Promise<void> {
  const { mandate, presentPerson } = session;
  if (mandate === null) return;
  const taken = presentPerson === null ? [] : await mandatesOf({ services, taker: presentPerson });
  const found = taken.find(({ id }) => id === mandate);
  const why = found ? whyNot(found) : whyNot({ state: 'ended', scopes: [], until: new Date(0) });
  if (why) throw MandateEnded.with({ detail: why });
}

async function held(services: Services, actor: Actor, id: string): Promise<Mandate[]> {
  const session = await peekSession({ services, actor, id });
  assertMayRead(session, holderOf(services.keyring, session), services.clock.now());
  return session.presentPerson === null ? [] : mandatesOf({ services, taker: session.presentPerson });
}

/** For whom whoever stands there may act (帮办代办): the mandates that they have taken on, and why one does not hold. */
export const listMandates = route({
  ...WORK,
  method: 'GET',
  path: '/api/service-hall/counter/sessions/:id/mandates',
  summary: { zh: '受谁委托', en: 'For whom they may act' },
  params: SessionParams,
  reply: Type.Object({
    mandates: Type.Array(
      Type.Object({
        id: Type.String(),
        giverName: Type.String({ description: 'masked until it is chosen' }),
        until: Type.String({ format: 'date-time' }),
        why: Type.Union([Type.Object({ zh: Type.String(), en: Type.String() }), Type.Null()]),
      }),
    ),
  }),
  errors: [NotFound, NotIdentified, NoConsent],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:counter-ready' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:counter-foreign' } },
  },
  prepare: ({ services, actor, params: { id } }) => held(services, actor, id),
  handler: async ({ prepared }) => ({
    mandates: prepared.map((mandate) => ({
      id: mandate.id,
      giverName: maskName(mandate.giverName),
      until: mandate.until.toISOString(),
      why: whyNot(mandate) ?? null,
    })),
  }),
});

/** Goes on for who gave the mandate (为委托人办理), or for themselves again (`null`). One that does not hold is refused with its reason. */
export const chooseMandate = route({
  ...WORK,
  method: 'PUT',
  path: '/api/service-hall/counter/sessions/:id/mandate',
  summary: { zh: '代委托人办理', en: 'Go on for who gave the mandate' },
  params: SessionParams,
  body: Type.Object(
    { mandate: Type.Union([Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }), Type.Null()]) },
    { additionalProperties: false },
  ),
  reply: StepSchema,
  errors: [NotFound, NotIdentified, NoConsent, MandateEnded, CounterMoved],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:counter-mandate' }, body: { mandate: null } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:counter-foreign' }, body: { mandate: null } },
  },
  prepare: ({ services, actor, params: { id } }) => held(services, actor, id),
  handler: async ({ db, services, clock, params: { id }, body, prepared }) => {
    const session = await holdSession(db, id, 'open');
    const holder = holderOf(services.keyring, session);
    const mandate = prepared.find((each) => each.id === body.mandate);
    if (body.mandate !== null && !mandate) throw NotFound.with();
    const why = mandate && whyNot(mandate);
    if (why) throw MandateEnded.with({ detail: why });
    const person = mandate?.giver ?? session.presentPerson;
    const name = mandate?.giverName ?? holder?.name ?? null;
    // What was filled in was another person's.
    await db.run(sql`
      update service_hall.counter_session set mandate = ${mandate?.id ?? null}::uuid, person = ${person}::uuid, applicant_name = ${name}::text, draft = null,
        version = version + 1, disputes = '[]' where id = ${id}::uuid`);
    return stepOf(
      { ...session, mandate: mandate?.id ?? null, version: session.version + 1, disputes: [] },
      holder,
      clock.now(),
    );
  },
});
