import { type Static, Type } from 'typebox';
import { actFor } from '#platform/kernel/acting.ts';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Keyring } from '#platform/kernel/secret.ts';
import type { CardFacts } from '../peripherals/card-reading.ts';
import { CounterMoved, NoConsent, NotIdentified } from './counter-errors.ts';
import type { Draft } from './counter-draft.ts';

/** Purpose under which a window looks at whoever stands there (办理申请事项). */
export const PURPOSE = 'verify-application';
export const SessionParams = Type.Object({ id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) });
export const WORK = { allow: 'service-hall.counter.work' } as const;

export type SessionState = 'open' | 'asked' | 'confirmed' | 'sending' | 'sent' | 'ended';
/** One person at one window (一次窗口办理). */
export type Session = {
  id: string;
  centre: string;
  window: number;
  unit: string;
  clerk: string;
  clerkName: string;
  ticket: string | null;
  challenge: string;
  card: 'read' | 'manual' | null;
  presentPerson: string | null;
  presentKey: string | null;
  holder: string | null;
  photo: 'same' | 'differs' | null;
  stepUp: 'sms' | 'officer' | null;
  wantsOfficer: boolean;
  officerSaid: boolean | null;
  smsHash: string | null;
  smsAt: Date | null;
  smsTries: number;
  mandate: string | null;
  person: string | null;
  applicantName: string | null;
  consentAt: Date | null;
  draft: string | null;
  version: number;
  disputes: string[];
  state: SessionState;
  digest: string | null;
  confirmedAt: Date | null;
  confirmedBy: 'stroke' | 'card' | null;
  signature: string | null;
  caseCode: string | null;
};
/** What is known of whoever stands there: the card's ten items, or what was typed twice. */
export type Holder = Partial<CardFacts> & { name: string; number: string };

export const SESSION = sql`id, centre, window_no as "window", unit, clerk, clerk_name as "clerkName", ticket, challenge, card, present_person as "presentPerson",
  present_key as "presentKey", holder, photo, step_up as "stepUp", wants_officer as "wantsOfficer", officer_said as "officerSaid", sms_hash as "smsHash", sms_at as "smsAt", sms_tries as "smsTries",
  mandate, person, applicant_name as "applicantName", consent_at as "consentAt", draft, version, disputes, state, digest, confirmed_at as "confirmedAt",
  confirmed_by as "confirmedBy", signature, case_code as "caseCode"`;

export const holderContext = (id: string): string => `service-hall:counter-holder:${id}`;
export const draftContext = (id: string): string => `service-hall:counter-draft:${id}`;
export const signatureContext = (id: string): string => `service-hall:counter-signature:${id}`;

export function holderOf(keyring: Keyring, session: Pick<Session, 'id' | 'holder'>): Holder | undefined {
  return session.holder === null
    ? undefined
    : (JSON.parse(keyring.open(session.holder, holderContext(session.id))) as Holder);
}
export function draftOf(keyring: Keyring, session: Pick<Session, 'id' | 'draft'>): Draft | undefined {
  return session.draft === null
    ? undefined
    : (JSON.parse(keyring.open(session.draft, draftContext(session.id))) as Draft);
}
export const sealDraft = (keyring: Keyring, id: string, draft: Draft): string =>
  keyring.seal(json(draft), draftContext(id));

/** The session that the caller has open at their window; a colleague's is answered like one that does not exist. */
export function openSessionOf(db: Db, at: { centre: string; no: number }): Promise<Session | undefined> {
  return db.first<Session>(sql`
    select ${SESSION} from service_hall.counter_session
    where clerk = ${db.actor.account} and centre = ${at.centre} and window_no = ${at.no}::int and ended_at is null`);
}

/** The caller's session, held until the end of the transaction; in one of these states. */
export async function holdSession(db: Db, id: string, ...states: readonly SessionState[]): Promise<Session> {
  const session = await db.first<Session>(
    sql`select ${SESSION} from service_hall.counter_session where id = ${id}::uuid and clerk = ${db.actor.account} for update`,
  );
  if (!session) throw NotFound.with();
  if (states.length > 0 && !states.includes(session.state)) throw CounterMoved.with();
  return session;
}

/** The same before the transaction of the request, for `prepare`. */
export async function peekSession(options: { services: Services; actor: Actor; id: string }): Promise<Session> {
  const { services, actor, id } = options;
  const session = await services.database.tx({ module: 'service-hall', actor, readOnly: true }, (db) =>
    db.first<Session>(
      sql`select ${SESSION} from service_hall.counter_session where id = ${id}::uuid and clerk = ${actor.account}`,
    ),
  );
  if (!session) throw NotFound.with();
  return session;
}

/** The card says that it holds no more (有效期限): it shows a face, and proves nothing. */
export const isExpired = (holder: Holder | undefined, now: Date): boolean =>
  holder?.validTo !== undefined && holder.validTo < shanghaiDate(now);

/**
 * A second means is wanted: the photo differs, the card holds no more, or there was no reading at all. What one clerk typed and one clerk
 * compared is one clerk's word, and would open anybody's record to them.
 */
export const isDoubted = (session: Session, holder: Holder | undefined, now: Date): boolean =>
  session.card === 'manual' || session.photo === 'differs' || isExpired(holder, now);

/** It is certain who stands there: the photo is like them on a card that was read and holds, or a second means has said so. */
export function isIdentified(session: Session, holder: Holder | undefined, now: Date): boolean {
  if (session.card === null) return false;
  return session.stepUp !== null || (session.photo === 'same' && !isDoubted(session, holder, now));
}

/** Before anything of a person is read: it is them, and they have agreed. */
export function assertMayRead(session: Session, holder: Holder | undefined, now: Date): void {
  if (!isIdentified(session, holder, now)) throw NotIdentified.with();
  if (session.consentAt === null) throw NoConsent.with();
}

/**
 * The clerk reading and filing in the name of the person who stands there and has agreed (当面同意), or of who gave the mandate: the rights of that
 * person about their own record and no others, so that a window of one street serves people of another without a grant over them. The clerk's
 * account stays on every line of the audit, and the person is its subject.
 */
export function inTheirName(
  actor: Actor,
  session: Pick<Session, 'id' | 'person' | 'applicantName' | 'mandate'>,
): Actor | undefined {
  const { id, person, applicantName, mandate } = session;
  if (person === null) return undefined;
  const name = applicantName ?? '';
  return actFor(actor, { delegation: mandate ?? id, name, person, scopes: ['service-cases'], ended: false });
}

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
/** What the clerk's page and the second screen have in common of a session. */
export const StepSchema = Type.Object({
  state: Type.String(),
  card: Type.Union([Type.Literal('read'), Type.Literal('manual'), Type.Null()]),
  photo: Type.Union([Type.Literal('same'), Type.Literal('differs'), Type.Null()]),
  expired: Type.Boolean({ description: 'the card holds no more' }),
  doubted: Type.Boolean({ description: 'a second means is wanted' }),
  identified: Type.Boolean(),
  consented: Type.Boolean(),
  wantsOfficer: Type.Boolean(),
  officerSaid: Type.Union([Type.Boolean(), Type.Null()]),
  version: Type.Integer(),
  disputes: Type.Array(Type.String()),
  confirmedBy: Type.Union([Type.String(), Type.Null()]),
  caseCode: Type.Union([Type.String(), Type.Null()]),
});
export type Step = Static<typeof StepSchema>;
export { Words };

export function stepOf(session: Session, holder: Holder | undefined, now: Date): Step {
  const { state, card, photo, consentAt, wantsOfficer, officerSaid, version, disputes, confirmedBy, caseCode } =
    session;
  return {
    state,
    card,
    photo,
    expired: isExpired(holder, now),
    doubted: card !== null && isDoubted(session, holder, now),
    identified: isIdentified(session, holder, now),
    consented: consentAt !== null,
    wantsOfficer,
    officerSaid,
    version,
    disputes,
    confirmedBy,
    caseCode,
  };
}
