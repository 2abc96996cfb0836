import { randomBytes, randomInt } from 'node:crypto';
import { Type } from 'typebox';
import { route, type Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { maskName } from '#platform/kernel/mask.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { ID_NUMBER_LOOKUP } from '#platform/identity/subjects.ts';
import { CardReadingSchema, isRead } from '../peripherals/card-reading.ts';
import { readCentre } from '../centre-record.ts';
import { NotAtWindow } from '../hall-errors.ts';
import { CardNotRead, CounterMoved, ScreenCodeWrong } from './counter-errors.ts';
import { DraftSchema } from './counter-draft.ts';
import {
  draftOf,
  holderOf,
  SESSION,
  type Session,
  signatureContext,
  stepOf,
  StepSchema,
  WORK,
  Words,
} from './counter-record.ts';
import { seatOfClerk } from './open-session.ts';

/** Without letters and digits that people mix up. */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const CODE_LENGTH = 8;
/** A pairing code is good for two minutes and once: a thousand guesses a second would find one in seven million. Ours, no law's. */
const CODE_MS = 2 * 60_000;
const MOST_STROKE = 300_000;

const codeDigest = ({ keyring }: Services, code: string): string =>
  keyring.lookup('service-hall.screen-code', code.normalize('NFKC').replaceAll(/[\s-]/g, '').toUpperCase());
const tokenDigest = ({ keyring }: Services, token: string): string => keyring.lookup('service-hall.screen', token);
const Token = Type.String({ minLength: 16, maxLength: 64 });

/** Makes a code to pair the second screen of the clerk's own window with (配对码). Another code replaces it. */
export const makeScreenCode = route({
  ...WORK,
  method: 'POST',
  path: '/api/service-hall/counter/screen-codes',
  summary: { zh: '生成第二屏配对码', en: 'Make a pairing code' },
  status: 201,
  shownOnce: true,
  reply: Type.Object({ code: Type.String(), until: Type.String({ format: 'date-time' }) }),
  errors: [NotAtWindow],
  examples: { own: { as: 'street-clerk' } },
  handler: async ({ db, actor, services, clock }) => {
    const seat = await seatOfClerk(db);
    if (!seat) throw NotAtWindow.with();
    const code = Array.from({ length: CODE_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
    const now = clock.now();
    const until = new Date(now.getTime() + CODE_MS);
    await db.run(sql`
      update service_hall.second_screen set ended_at = ${now}::timestamptz, code_hash = null
      where centre = ${seat.centre} and window_no = ${seat.no}::int and paired_at is null and ended_at is null`);
    await db.run(sql`
      insert into service_hall.second_screen (id, centre, window_no, code_hash, code_until, made_by, made_at)
      values (${uuidv7()}::uuid, ${seat.centre}, ${seat.no}::int, ${codeDigest(services, code)}, ${until}::timestamptz, ${actor.account}, ${now}::timestamptz)`);
    return { code: `${code.slice(0, CODE_LENGTH / 2)} ${code.slice(CODE_LENGTH / 2)}`, until: until.toISOString() };
  },
});

/** Pairs a screen (配对): whoever types the code at the window gets the secret of that window's screen, and the one before loses it. */
export const pairScreen = route({
  method: 'POST',
  path: '/api/service-hall/second-screens',
  summary: { zh: '第二屏配对', en: 'Pair a second screen' },
  allow: 'public',
  status: 201,
  shownOnce: true,
  body: Type.Object({ code: Type.String({ minLength: 6, maxLength: 12 }) }, { additionalProperties: false }),
  reply: Type.Object({ token: Type.String(), centre: Type.String() }),
  errors: [ScreenCodeWrong],
  examples: { own: { as: 'anonymous', body: 'fixture:screen-code' } },
  handler: async ({ db, services, body: { code } }) => {
    const token = randomBytes(16).toString('base64url');
    const { centre } = await db.one<{ centre: string | null }>(
      sql`select service_hall.screen_pair(${codeDigest(services, code)}, ${tokenDigest(services, token)}) as centre`,
    );
    if (centre === null) throw ScreenCodeWrong.with();
    return { token, centre };
  },
});

/** The session of the screen's window; undefined while nobody stands there. Throws where the secret is none. */
async function sessionOf(
  db: Db,
  hash: string,
): Promise<{ centre: string; window: number; session: Session | undefined }> {
  const screen = await db.first<{ centre: string; window: number }>(
    sql`select centre, window_no as "window" from service_hall.screen_of(${hash})`,
  );
  if (!screen) throw NotFound.with();
  const session = await db.first<Session>(sql`select ${SESSION} from service_hall.screen_session(${hash})`);
  return { ...screen, session };
}

/**
 * What the citizen sees (第二屏): whose window, what is asked of them now, what will be read, what will be sent and where each value comes from.
 * Their own data in front of their own eyes; the secret travels in the body.
 */
export const showScreen = route({
  method: 'POST',
  path: '/api/service-hall/second-screens/show',
  summary: { zh: '第二屏内容', en: 'What the second screen shows' },
  allow: 'public',
  repeatable: true,
  body: Type.Object({ token: Token }, { additionalProperties: false }),
  reply: Type.Object({
    centre: Words,
    window: Type.Integer(),
    clerk: Type.Union([Type.String(), Type.Null()]),
    /** Whose visit is shown: the consent is to that one. */
    session: Type.Union([Type.String(), Type.Null()]),
    step: Type.Union([StepSchema, Type.Null()]),
    /** What the reader signs when the person confirms by their card. */
    challenge: Type.Union([Type.String(), Type.Null()]),
    agent: Type.Union([Type.String(), Type.Null()]),
    simulated: Type.Boolean(),
    holder: Type.Union([Type.String(), Type.Null()]),
    applicant: Type.Union([Type.String(), Type.Null()]),
    digest: Type.Union([Type.String(), Type.Null()]),
    draft: Type.Union([DraftSchema, Type.Null()]),
  }),
  errors: [NotFound],
  examples: { own: { as: 'anonymous', body: 'fixture:screen' } },
  handler: async ({ db, services, clock, body: { token } }) => {
    const { keyring } = services;
    const { centre, window, session } = await sessionOf(db, tokenDigest(services, token));
    const place = await readCentre(db, centre);
    const base = { centre: place?.title ?? { zh: '', en: '' }, window };
    const nobody = {
      clerk: null,
      session: null,
      step: null,
      challenge: null,
      agent: null,
      simulated: false,
      holder: null,
      applicant: null,
      digest: null,
      draft: null,
    };
    if (!session) return { ...base, ...nobody };
    const device = await db.first<{ agent: string; simulated: boolean }>(
      sql`select agent, simulated from service_hall.screen_device(${tokenDigest(services, token)})`,
    );
    const holder = holderOf(keyring, session);
    const step = stepOf(session, holder, clock.now());
    return {
      ...base,
      clerk: session.clerkName,
      session: session.id,
      step,
      challenge: session.digest,
      agent: device?.agent ?? null,
      simulated: device?.simulated ?? false,
      // Before it is certain who stands there, the screen says no more than they can see on their own card.
      holder: holder ? (step.identified ? holder.name : maskName(holder.name)) : null,
      applicant: session.mandate === null ? null : session.applicantName,
      digest: session.digest,
      draft: step.identified && step.consented ? (draftOf(keyring, session) ?? null) : null,
    };
  },
});

const act = {
  method: 'POST' as const,
  allow: 'public',
  repeatable: true,
  reply: Type.Object({ done: Type.Boolean() }),
};

/**
 * Agrees that this window reads what is on record, for the visit that the screen shows (当面同意): a hand that comes late agrees to nothing of whoever
 * is next.
 */
export const consentOnScreen = route({
  ...act,
  path: '/api/service-hall/second-screens/consent',
  summary: { zh: '本人同意查看', en: 'Agree that the record is read' },
  body: Type.Object(
    { token: Token, session: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }) },
    { additionalProperties: false },
  ),
  errors: [NotFound, CounterMoved],
  examples: { own: { as: 'anonymous', body: 'fixture:screen-to-consent' } },
  handler: async ({ db, services, body: { token, session: shown } }) => {
    const hash = tokenDigest(services, token);
    const { session } = await sessionOf(db, hash);
    if (session?.id !== shown) throw CounterMoved.with();
    const { done } = await db.one<{ done: boolean }>(sql`select service_hall.screen_consent(${hash}) as done`);
    if (!done) throw CounterMoved.with();
    return { done };
  },
});

/** Says what is wrong (这一项不对), field by field: it goes back to the clerk, and nothing is sent until it was shown anew. */
export const disputeOnScreen = route({
  ...act,
  path: '/api/service-hall/second-screens/dispute',
  summary: { zh: '指出有误的项', en: 'Say what is wrong' },
  body: Type.Object(
    {
      token: Token,
      elements: Type.Array(Type.String({ pattern: '^[a-z][a-z0-9-]{0,60}$' }), {
        minItems: 1,
        maxItems: 60,
        uniqueItems: true,
      }),
    },
    { additionalProperties: false },
  ),
  errors: [CounterMoved],
  examples: { own: { as: 'anonymous', body: 'fixture:screen-to-dispute' } },
  handler: async ({ db, services, body: { token, elements } }) => {
    const { done } = await db.one<{ done: boolean }>(
      sql`select service_hall.screen_dispute(${tokenDigest(services, token)}, ${json(elements)}::text::jsonb) as done`,
    );
    if (!done) throw CounterMoved.with();
    return { done };
  },
});

const Confirmation = Type.Union([
  Type.Object(
    {
      token: Token,
      digest: Type.String({ pattern: '^[0-9a-f]{64}$' }),
      stroke: Type.String({
        pattern: '^data:image/png;base64,[A-Za-z0-9+/=]+$',
        minLength: 200,
        maxLength: MOST_STROKE,
      }),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    { token: Token, digest: Type.String({ pattern: '^[0-9a-f]{64}$' }), card: CardReadingSchema },
    { additionalProperties: false },
  ),
]);

/**
 * Confirms exactly what was shown (核对确认): with a stroke of the hand, or by holding the same card to the reader again, which then signs the
 * digest of what was shown. What has changed meanwhile is not confirmed.
 */
export const confirmOnScreen = route({
  ...act,
  path: '/api/service-hall/second-screens/confirm',
  summary: { zh: '本人确认', en: 'Confirm what was shown' },
  body: Confirmation,
  errors: [NotFound, CounterMoved, CardNotRead, InvalidInput],
  examples: { own: { as: 'anonymous', body: 'fixture:screen-to-confirm' } },
  handler: async ({ db, services, clock, body }) => {
    const hash = tokenDigest(services, body.token);
    const { session } = await sessionOf(db, hash);
    if (session?.state !== 'asked' || session.digest !== body.digest) throw CounterMoved.with();
    let signature: string;
    if ('stroke' in body) signature = body.stroke;
    else {
      const device = await db.first<{ publicKey: string }>(
        sql`select public_key as "publicKey" from service_hall.screen_device(${hash})`,
      );
      const { card } = body;
      const same = services.keyring.lookup(ID_NUMBER_LOOKUP, card.facts.number) === session.presentKey;
      if (!device || !same || !isRead({ challenge: body.digest, reading: card, publicKey: device.publicKey }))
        throw CardNotRead.with();
      signature = `本人刷卡确认。所示内容摘要（SM3）${body.digest}\n读卡设备签名（SM2）${card.signature}\n时间 ${clock.now().toISOString()}`;
    }
    const means = 'stroke' in body ? 'stroke' : 'card';
    const sealed = services.keyring.seal(signature, signatureContext(session.id));
    const { done } = await db.one<{ done: boolean }>(
      sql`select service_hall.screen_confirm(${hash}, ${body.digest}, ${means}, ${sealed}) as done`,
    );
    if (!done) throw CounterMoved.with();
    return { done };
  },
});
