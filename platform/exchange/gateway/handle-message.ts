import type { FastifyRequest } from 'fastify';
import { type Actor, systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { databaseProblem } from '#platform/kernel/database-problem.ts';
import { InternalError, InvalidInput, ProblemError } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { type AuditTrail, auditTrail } from '#platform/kernel/ports.ts';
import type { FieldMark } from '#platform/kernel/resource.ts';
import { sql } from '#platform/kernel/sql.ts';
import { languageOf } from '#platform/kernel/text.ts';
import { ALGORITHMS, type Algorithm, signatureHolds } from './algorithms.ts';
import { accept, acceptAll, limitHeaders } from './accept.ts';
import { type Answer, problemValue, signedAnswer } from './answer.ts';
import type { Call, Incoming, Seen } from './call.ts';
import { checkClaims, checkFraming, type Claims, headerOf, type Lines } from './check-request.ts';
import { digestsHold } from './content-digest.ts';
import {
  AlgorithmRefused,
  ClientCertificate,
  DigestWrong,
  KeyExpired,
  KeyRevoked,
  KeyUnknown,
  MethodRefused,
  NetworkRefused,
  ServiceMismatch,
  SignatureInvalid,
  SignatureMalformed,
  SystemDisabled,
  WrongTarget,
} from './errors.ts';
import { mayLog } from './flood.ts';
import { limitsOf } from './limits.ts';
import { type LogEntry, logMessages } from './message-log.ts';
import { nodeKey } from './node-keys.ts';
import { readBody } from './read-body.ts';
import { isApart, keepApart, together } from './together.ts';
import type { Served } from './serve.ts';
import { findService } from './services.ts';
import { BaseFault, type SignedMessage, signatureBase } from './signature-base.ts';
import { findKey, inNetworks, type SystemKey } from './system-keys.ts';

/**
 * Takes one message (报文): framing → claims → key → signature → content → once only, within what was agreed → service → signed
 * answer. Whatever it comes to is in the log and, with the log's digest, in the audit, before the answer leaves.
 */
export async function handleMessage(incoming: Incoming): Promise<Answer> {
  const { services, request } = incoming;
  const seen: Seen = {
    id: uuidv7(),
    at: services.clock.now(),
    asked: undefined,
    message: undefined,
    claims: undefined,
    base: undefined,
    key: undefined,
    proven: false,
    limited: undefined,
  };
  try {
    return await take(incoming, seen);
  } catch (error) {
    const actor = seen.key ? actorOf(seen.key, seen) : nobody(seen);
    const problem = await databaseProblem({ error, services, module: 'gateway', actor });
    if (!problem) {
      services.log.error(
        {
          trace: seen.id,
          err: error instanceof Error ? error.message.slice(0, 300) : 'unknown',
          stack: error instanceof Error ? error.stack : undefined,
        },
        'gateway message failed',
      );
    }
    const answer = await refuse({ incoming, seen, actor, problem: problem ?? new ProblemError(InternalError) });
    // What of the content was not read would be taken for the next request.
    if (!request.complete) answer.headers.connection = 'close';
    return answer;
  }
}

async function take(incoming: Incoming, seen: Seen): Promise<Answer> {
  const { services, request, address } = incoming;
  const limits = await limitsOf(services);
  const lines = linesOf(request);
  const method = request.method ?? '';
  const { length } = checkFraming({ method, lines, limits });
  const target = targetOf(incoming, lines);
  seen.message = { method, target, fields: lines };
  seen.asked = findService({ services, path: new URL(target).pathname });
  const claims = checkClaims({ lines, length, limits, now: seen.at });
  seen.claims = claims;
  const key = await knownKey(services, claims, seen);
  assertSigned(seen, key, claims);
  seen.proven = true;
  assertPlace({ key, address, certificate: incoming.certificate });
  const { asked } = seen;
  if (!asked.methods.includes(method)) throw MethodRefused.with({ extra: { allow: asked.methods } });
  if (claims.service !== asked.service) throw ServiceMismatch.with({ extra: { service: asked.service } });
  const body = await readBody(request, { length, withinMs: limits.bodyS * 1000 });
  if (!digestsHold(claims.digests, body)) throw DigestWrong.with();
  const actor = actorOf(key, seen);
  const work = asked.prepare({
    services,
    actor,
    key,
    purpose: claims.purpose,
    limits,
    query: new URL(target).searchParams,
    body: method === 'POST' ? parsed(body) : undefined,
  });
  const signer = await nodeKey(services, claims.algorithm);
  const call: Call = { incoming, seen, claims, key, work, limits, signer, actor };
  return work.apart ? apart(call, work.apart) : ((await inCompany(call)) ?? alone(call));
}

/** Taken, then done by the module in its own transactions, then written down: a message that was taken is never taken again. */
async function apart(call: Call, work: () => Promise<Served>): Promise<Answer> {
  const { incoming, seen, claims, limits, actor } = call;
  const { services } = incoming;
  const inGateway = <T>(part: (db: Db) => Promise<T>) => services.database.tx({ module: 'gateway', actor }, part);
  await inGateway((db) => accept({ db, seen, claims, work: call.work, limits }));
  const { answer, entry } = finish(call, await work());
  await inGateway((db) => logMessages(db, auditOf(services), [entry]));
  return answer;
}

async function alone(call: Call): Promise<Answer> {
  const { incoming, seen, claims, work, limits, actor } = call;
  const { services } = incoming;
  // What was counted in a lot that was undone is not so.
  seen.limited = undefined;
  try {
    return await services.database.tx({ module: 'gateway', actor }, async (db) => {
      const found = await accept({ db, seen, claims, work, limits });
      const { answer, entry } = finish(call, await work.run(db, found));
      await logMessages(db, auditOf(services), [entry]);
      return answer;
    });
  } catch (error) {
    keepApart(services, claims.keyId);
    throw error;
  }
}

/**
 * Calls for one service and purpose that came while others were under way share their transaction: each has its own number, count, answer,
 * line of the log and entry of the audit in its own name, and is answered when those are committed. Undefined: to be taken alone.
 */
async function inCompany(call: Call): Promise<Answer | undefined> {
  const { incoming, claims, work } = call;
  const { shared } = work;
  const { services } = incoming;
  if (!shared || isApart(services, claims.keyId)) return undefined;
  return together({
    services,
    by: `${shared.by} ${claims.purpose}`,
    one: call,
    size: shared.body.items.length,
    work: async (calls) => {
      const actor = systemActor({ name: 'gateway', purpose: claims.purpose, trace: calls[0]?.seen.id });
      return services.database.tx({ module: 'gateway', actor }, async (db) => {
        const asked = calls.flatMap((each) =>
          each.work.shared ? [{ key: each.key, body: each.work.shared.body }] : [],
        );
        // Sent one behind the other without waiting; where the first refuses, all of it is undone.
        const [, served] = await Promise.all([acceptAll(db, calls), shared.runAll(db, asked)]);
        const finished = calls.map((each, at) => finish(each, served[at] as Served));
        await logMessages(
          db,
          auditOf(services),
          finished.map(({ entry }) => entry),
        );
        return finished.map(({ answer }) => answer);
      });
    },
  });
}

/** Field lines as they came: nothing joined, nothing dropped. */
function linesOf(request: FastifyRequest['raw']): Lines {
  const lines: [string, string][] = [];
  const raw = request.rawHeaders;
  for (let i = 0; i + 1 < raw.length; i += 2) lines.push([raw[i] ?? '', raw[i + 1] ?? '']);
  return lines;
}

/** The target URI as it was signed: one of our own origins, never whatever the Host field says. */
function targetOf(incoming: Incoming, lines: Lines): string {
  const { origins, request } = incoming;
  const host = headerOf(lines, 'host')?.toLowerCase();
  const origin = origins.find((own) => new URL(own).host === host);
  const path = request.url ?? '';
  if (!origin || !path.startsWith('/')) throw WrongTarget.with();
  return `${origin}${path}`;
}

async function knownKey(services: Services, claims: Claims, seen: Seen): Promise<SystemKey> {
  const key = await findKey(services, claims.keyId);
  if (!key) throw KeyUnknown.with();
  seen.key = key;
  if (key.key.algorithm !== claims.algorithm) throw AlgorithmRefused.with({ extra: { algorithm: key.key.algorithm } });
  return key;
}

/** The signature first: of a key that is out of use it says nothing more than that, and only to its holder. */
function assertSigned(seen: Seen, key: SystemKey, claims: Claims): void {
  const { message, at } = seen;
  if (!message) throw SignatureInvalid.with();
  try {
    seen.base = signatureBase(message, claims.input);
  } catch (error) {
    if (error instanceof BaseFault) throw SignatureMalformed.with({ extra: { reason: error.message } });
    throw error;
  }
  if (!signatureHolds(key.key, Buffer.from(seen.base), claims.signature)) throw SignatureInvalid.with();
  if (key.revoked) throw KeyRevoked.with();
  if (key.validFrom > at || key.validUntil <= at) throw KeyExpired.with();
  if (!key.enabled) throw SystemDisabled.with();
}

function assertPlace(options: { key: SystemKey; address: string; certificate: string | undefined }): void {
  const { key, address, certificate } = options;
  if (!inNetworks(address, key.networks)) throw NetworkRefused.with();
  const bound = key.tls.length > 0;
  // A certificate that a listener asked for must be one of the system whose key signed.
  if ((bound || certificate !== undefined) && (certificate === undefined || !key.tls.includes(certificate)))
    throw ClientCertificate.with();
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown;
  } catch {
    throw InvalidInput.with({
      detail: { zh: '内容不是 UTF-8 的 JSON', en: 'The content is no JSON in UTF-8' },
    });
  }
}

/** Answer and line of the log of a call that was served. */
function finish(call: Call, served: Served): { answer: Answer; entry: LogEntry } {
  const { incoming, seen, signer, actor } = call;
  const answer = signedAnswer({
    services: incoming.services,
    id: seen.id,
    status: 200,
    value: served.value,
    headers: limitHeaders(seen),
    key: signer,
    request: bound(seen),
  });
  const { rows, fields, subjects } = served;
  return { answer, entry: entryOf({ incoming, seen, actor, answer, code: null, rows, fields, subjects }) };
}

function auditOf(services: Services): AuditTrail | undefined {
  return services.registry.provided(auditTrail)[0]?.value;
}

/** The signature that an answer is bound to: one that could be read, right or wrong. */
function bound(seen: Seen): { message: SignedMessage; nonce: string } | undefined {
  return seen.message && seen.claims ? { message: seen.message, nonce: seen.claims.nonce } : undefined;
}

async function refuse(options: {
  incoming: Incoming;
  seen: Seen;
  actor: Actor;
  problem: ProblemError;
}): Promise<Answer> {
  const { incoming, seen, actor, problem } = options;
  const { services, request } = incoming;
  const language = languageOf(request.headers['accept-language']);
  const wanted = seen.claims?.algorithm ?? algorithmSaid(request);
  const answer = signedAnswer({
    services,
    id: seen.id,
    status: problem.spec.status,
    value: problemValue(problem, language, seen.id),
    problem: true,
    headers: limitHeaders(seen, problem),
    key: await nodeKey(services, wanted),
    request: bound(seen),
  });
  if (!seen.proven && !mayLog(services)) return answer;
  await services.database.tx({ module: 'gateway', actor }, async (db) => {
    // A refused message cannot be sent again either.
    if (seen.proven && seen.claims)
      db.last(
        sql`insert into gateway.nonce (key, nonce, expires_at) values (${seen.claims.keyId}, ${seen.claims.nonce}, ${seen.claims.expires}::timestamptz) on conflict do nothing`,
      );
    const entry = entryOf({
      incoming,
      seen,
      actor,
      answer,
      code: problem.spec.code,
      rows: 0,
      fields: [],
      subjects: [],
    });
    await logMessages(db, auditOf(services), [entry]);
  });
  return answer;
}

/** Which algorithm the sender seems to understand, where the signature fields could not be read. */
function algorithmSaid(request: FastifyRequest['raw']): Algorithm {
  const said = String(request.headers['signature-input'] ?? '');
  return ALGORITHMS.find((name) => said.includes(`alg="${name}"`)) ?? 'sm2-sm3';
}

/** Longest target that is kept of a message. */
const LONGEST_TARGET = 2_000;

function entryOf(options: {
  incoming: Incoming;
  seen: Seen;
  actor: Actor;
  answer: Answer;
  code: string | null;
  rows: number;
  fields: FieldMark[];
  subjects: { kind: 'person' | 'entity'; id: string }[];
}): LogEntry {
  const { incoming, seen, actor, answer, code, rows, fields, subjects } = options;
  const { services, request, address } = incoming;
  const { proven, key, claims, asked, message } = seen;
  const path = request.url ?? '';
  // What a stranger wrote behind the question mark is nobody's to keep.
  const target = proven ? (message?.target ?? path) : (path.split('?')[0] ?? '');
  const lines = message?.fields ?? linesOf(request);
  const digest = headerOf(lines, 'content-digest');
  const signature = headerOf(lines, 'signature');
  const logged: LogEntry['message'] = {
    id: seen.id,
    at: seen.at.toISOString(),
    system: proven ? (key?.system ?? null) : null,
    unit: proven ? (key?.unit ?? null) : null,
    key: claims?.keyId ?? null,
    algorithm: claims?.algorithm ?? null,
    service: asked?.service ?? null,
    item: asked?.item ?? null,
    purpose: proven ? (claims?.purpose ?? null) : null,
    caseNo: proven ? (claims?.caseNo ?? null) : null,
    method: (request.method ?? '').slice(0, 20),
    target: target.slice(0, LONGEST_TARGET),
    address,
    nonce: claims?.nonce ?? null,
    requestDigest: claims ? (digest ?? null) : null,
    requestSignature: claims ? (signature ?? null) : null,
    // What a stranger signed is nobody's to keep either: it repeats the target.
    requestBase: proven ? (seen.base ?? null) : null,
    outcome: code === null ? 'answered' : 'refused',
    code,
    status: answer.status,
    rows,
    subjects: subjects.length,
    answerKey: answer.key,
    answerDigest: answer.digest,
    answerSignature: answer.signature,
    answerBase: answer.base,
    tookMs: Math.max(0, services.clock.now().getTime() - seen.at.getTime()),
  };
  return { message: logged, actor, route: `${logged.method} ${asked?.path ?? '/gateway/v1'}`, fields, subjects };
}

function actorOf(key: SystemKey, seen: Seen): Actor {
  const area = key.area ?? undefined;
  return {
    ...systemActor({
      name: `gateway:${key.system}`,
      unit: key.unit,
      purpose: seen.proven ? seen.claims?.purpose : undefined,
      trace: seen.id,
    }),
    name: key.name,
    area,
    // A system of a street sees its own area; one of an authority of the district what its grant gives.
    reach: area === undefined || area.length <= 6 ? 'district' : 'own',
  };
}

function nobody(seen: Seen): Actor {
  return { ...systemActor({ name: 'gateway', trace: seen.id }), name: '未识别的系统' };
}
