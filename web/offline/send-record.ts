import { asProblem, newKey, type Problem, problemOfReply } from '#web/client/index.ts';
import { changeRecord, filesOf, type OutboxFile, type OutboxRecord } from './outbox-store.ts';

/** How a round goes on after a record: with the next one, or not before there is a network, a session, or less to do. */
export type Outcome = 'sent' | 'refused' | 'later' | 'away';

/** Longest wait for an answer; a line that says nothing is as good as none. */
const PATIENCE_MS = 60_000;
/** No network, another session, too much to do: the records behind would fare no better. */
const AWAY: readonly number[] = [0, 401, 408, 425, 429, 502, 503, 504];
/** Told by code: the session is somebody else's now, or the body was cut on the way. */
const AWAY_CODES: readonly string[] = ['OTHER_ACCOUNT', 'FILE_INCOMPLETE'];

/**
 * Sends one record: its files first, in one request, then the record with their ids. Each request has a key of its own, so that one whose
 * answer got lost is answered again without a second effect.
 */
export async function sendRecord(given: OutboxRecord): Promise<Outcome> {
  let record = given;
  try {
    if (record.files > 0 && record.uploaded === null) record = await upload(record);
    const body = bodyOf(record);
    const answer = await post(record, record.path, record.id, JSON.stringify(body), 'application/json');
    await changeRecord(record.seq, { state: 'sent', answer, sentAt: Date.now(), problem: null });
    return 'sent';
  } catch (thrown) {
    const problem = asProblem(thrown);
    // Uploads wait a day for what they belong to; a phone may lie switched off for longer. They are still here.
    if (problem.code === 'FILE_GONE' && record.uploaded !== null) {
      await changeRecord(record.seq, { uploaded: null, filesKey: newKey(), problem: null });
      return 'later';
    }
    const outcome = outcomeOf(problem);
    await changeRecord(record.seq, {
      state: outcome === 'refused' ? 'refused' : 'waiting',
      problem: problem.details,
      ...(problem.details.retryAfter !== undefined && { notBefore: Date.now() + problem.details.retryAfter * 1000 }),
    });
    return outcome;
  }
}

/** With the files of this device behind those that were out before: none takes the place of another. */
export function bodyOf({ body, uploaded }: Pick<OutboxRecord, 'body' | 'uploaded'>): Record<string, unknown> {
  if (uploaded === null) return body;
  const before = Array.isArray(body['files']) ? (body['files'] as unknown[]) : [];
  return { ...body, files: [...before, ...uploaded] };
}

/** A fault of the server may be gone the next time and does not hold up the others; what it says no to needs a person. */
export function outcomeOf(problem: Problem): Outcome {
  if (AWAY.includes(problem.status) || AWAY_CODES.includes(problem.code)) return 'away';
  return problem.status >= 500 ? 'later' : 'refused';
}

async function upload(record: OutboxRecord): Promise<OutboxRecord> {
  const files = await filesOf(record.id);
  const address = `${record.filesTo}&sizes=${sizesOf(files)}`;
  const whole = new Blob(files.map(({ content }) => content));
  const answer = await post(record, address, record.filesKey, whole, 'application/octet-stream');
  const uploaded = (answer as { files: string[] }).files;
  return (await changeRecord(record.seq, { uploaded })) ?? { ...record, uploaded };
}

const sizesOf = (files: readonly OutboxFile[]): string => files.map(({ content }) => content.size).join(',');

async function post(record: OutboxRecord, path: string, key: string, body: BodyInit, type: string): Promise<unknown> {
  const reply = await fetch(path, {
    method: 'POST',
    body,
    credentials: 'same-origin',
    signal: AbortSignal.timeout(PATIENCE_MS),
    headers: {
      'content-type': type,
      'idempotency-key': key,
      'accept-language': document.documentElement.lang === 'en' ? 'en' : 'zh-CN',
      // The server refuses it where the session is another's by now, however quickly that changed.
      'x-account': encodeURIComponent(record.owner),
      // Both by the clock of this machine, however wrong: the server takes the difference.
      'x-made-at': new Date(record.at).toISOString(),
      'x-sent-at': new Date().toISOString(),
    },
  });
  if (!reply.ok) throw await problemOfReply(reply);
  return reply.json();
}
