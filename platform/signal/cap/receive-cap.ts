import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput, NotFound, PayloadTooLarge } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { ruleAt } from '#platform/rulebook/rule-at.ts';
import type { CapMessage } from './message.ts';
import { CapError, MAX_BYTES, readCap } from './read-cap.ts';
import { publish, sm3Of } from './release.ts';
import { readWarnings, SenderUnknown, SEVERITY_OF, WarningSchema, warningView } from './warning-record.ts';

/** How long a message without an end is shown (CAP §3.2.2 leaves it to the recipient). */
const HOURS_WITHOUT_END = 24;

/**
 * Takes in a warning of a higher office and relays it as it is (接收转发预警, Appendix A6: never re-levelled). Only of senders that the rulebook names. The
 * same message twice is one; an exercise or a test is kept and goes nowhere.
 */
export const receiveCap = route({
  method: 'POST',
  path: '/api/signal/cap',
  summary: { zh: '接收上级预警（CAP 1.2）', en: 'Take in a warning as CAP 1.2' },
  allow: 'signal.warning.draft',
  body: 'stream',
  bodyLimit: MAX_BYTES,
  status: 201,
  reply: WarningSchema,
  errors: [InvalidInput, SenderUnknown, PayloadTooLarge, NotFound],
  examples: { own: { as: 'duty-officer', body: exampleCap() } },
  prepare: async ({ stream }) => {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of stream ?? []) {
      const bytes = Buffer.from(chunk as Uint8Array);
      size += bytes.length;
      if (size > MAX_BYTES) throw PayloadTooLarge.with();
      chunks.push(bytes);
    }
    const bytes = Buffer.concat(chunks);
    try {
      const message = readCap(bytes);
      const raw = bytes.toString('utf8');
      return { message, raw, digest: sm3Of(raw) };
    } catch (error) {
      if (!(error instanceof CapError)) throw error;
      const fields = error.faults.map(({ pointer, zh, en }) => ({ pointer, rule: 'cap', message: { zh, en } }));
      throw InvalidInput.with({
        detail: {
          zh: `不是有效的 CAP 1.2 消息：${error.message}`,
          en: `Not a valid message of CAP 1.2: ${error.message}`,
        },
        fields,
      });
    }
  },
  handler: async ({ db, actor, clock, prepared: { message, raw, digest } }) => {
    const { value } = await ruleAt(db, 'signal.cap.trusted');
    const senders = typeof value === 'object' ? value.rows.map(([sender]) => sender) : [];
    if (!senders.includes(message.sender)) throw SenderUnknown.with({ extra: { sender: message.sender } });
    if (!/^(Alert|Update|Cancel)$/.test(message.msgType))
      throw InvalidInput.with({
        fields: [
          {
            pointer: '/msgType',
            rule: 'enum',
            message: { zh: '只接收发布、更新、取消', en: 'must be Alert, Update or Cancel' },
          },
        ],
      });
    const [known] = await readWarnings(db, sql`where identifier = ${message.identifier}`);
    if (known) return warningView(known, actor.account);
    const id = uuidv7();
    const now = clock.now();
    const expiresAt = endOf(message, now);
    const level = levelOf(message);
    const refersTo = await referredOf(db, message);
    await db.run(sql`
      insert into signal.warning (id, identifier, message, raw, status, msg_type, scope, level, origin, state, unit, expires_at, drafted_by, drafted_name, drafted_at, refers_to, sm3)
      values (${id}::uuid, ${message.identifier}, ${JSON.stringify(message)}::text::jsonb, ${raw}, ${message.status}, ${message.msgType}, ${message.scope}, ${level}::int, 'relayed', 'released',
        ${actor.unit ?? ''}, ${expiresAt}::timestamptz, ${actor.account}, ${message.info[0]?.senderName ?? message.sender}, kernel.now(), ${refersTo}::uuid, ${digest})`);
    await publish(db, { id, message, xml: raw, level, expiresAt, refersTo });
    await db.emit({ type: 'signal.warning.relayed', subject: id, data: { warning: id } });
    const [row] = await readWarnings(db, sql`where id = ${id}::uuid`);
    if (!row) throw NotFound.with();
    return warningView(row, actor.account);
  },
});

/** The gravest of what it says; unknown counts as the least. */
const levelOf = ({ info }: CapMessage): number =>
  Math.min(
    4,
    ...info.map(({ severity }) => SEVERITY_OF.indexOf(severity as 'Extreme') + 1).filter((level) => level > 0),
  );

function endOf({ info }: CapMessage, now: Date): Date {
  const ends = info.flatMap(({ expires }) => (expires === undefined ? [] : [Date.parse(expires)]));
  return new Date(ends.length > 0 ? Math.max(...ends) : now.getTime() + HOURS_WITHOUT_END * 3_600_000);
}

/** The message that it changes: of the same sender and status, or it changes nothing here. */
async function referredOf(db: Db, message: CapMessage): Promise<string | null> {
  for (const { identifier, sender } of message.references ?? []) {
    const [row] = await readWarnings(db, sql`where identifier = ${identifier} and state = 'released'`);
    if (row && row.message.sender === sender && sender === message.sender && row.message.status === message.status)
      return row.id;
  }
  return null;
}

function exampleCap(): string {
  return `<?xml version="1.0" encoding="UTF-8"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>sample-relayed-1</identifier><sender>warning@city.example</sender><sent>2026-11-26T20:30:00+08:00</sent><status>Test</status><msgType>Alert</msgType><scope>Public</scope><info><language>zh-CN</language><category>Met</category><event>大风</event><urgency>Expected</urgency><severity>Minor</severity><certainty>Likely</certainty></info></alert>`;
}
