/** Identifiers of rows: UUID version 7 (RFC 9562), so that keys grow with time and indexes stay dense. */
import { randomFillSync } from 'node:crypto';

const pool = Buffer.alloc(16 * 256);
let used = pool.length;

type Clocked = { asked: number; ms: number; counter: number };
const running: Clocked = { asked: -1, ms: -1, counter: 0 };
const stamped: Clocked = { asked: -1, ms: -1, counter: 0 };

/**
 * A new UUIDv7 in lower case. Without `now` the ids of this process only ever grow, also when the system clock steps back.
 * With `now` (ms since 1970 or a Date; sample data and replays use it) the id carries that time (a run of more than about
 * 2,000 equal times spills into the next millisecond) and grows within a run of equal times.
 */
export function uuidv7(now?: Date | number): string {
  const clocked = now === undefined ? running : stamped;
  const asked = now === undefined ? Date.now() : Math.trunc(Number(now));
  if (!(asked >= 0 && asked < 2 ** 48)) throw new RangeError('time outside 48 bits');
  const goesOn = now === undefined ? asked < clocked.ms : asked === clocked.asked;
  let ms = goesOn ? clocked.ms : asked;
  clocked.asked = asked;
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const at = used;
  used += 16;
  // The 12 bits behind the time count inside one millisecond (RFC 9562 §6.2 method 1), from a random lower half.
  if (ms === clocked.ms) clocked.counter += 1;
  else clocked.counter = pool.readUInt16BE(at + 14) & 0x7ff;
  if (clocked.counter > 0xfff) {
    ms += 1;
    clocked.counter = 0;
  }
  clocked.ms = ms;
  pool.writeUIntBE(ms, at, 6);
  pool.writeUInt16BE(0x7000 | clocked.counter, at + 6);
  pool.writeUInt8(0x80 | (pool.readUInt8(at + 8) & 0x3f), at + 8);
  const hex = pool.toString('hex', at, at + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

/** True for a UUID of any version in the usual form with hyphens. */
export function isUuid(text: unknown): text is string {
  return typeof text === 'string' && UUID.test(text);
}

/** The instant inside a UUIDv7; `undefined` for any other text. */
export function uuidTime(text: string): Date | undefined {
  if (!isUuid(text) || text.charAt(14) !== '7') return undefined;
  return new Date(Number.parseInt(text.slice(0, 8) + text.slice(9, 13), 16));
}
