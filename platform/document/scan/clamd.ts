import { connect, type Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { Scanner, Verdict } from './scanner.ts';

/** `unix:/run/clamav/clamd.ctl`, or `host:port`. */
type Place = { path: string } | { host: string; port: number };

const TIMEOUT_MS = 60_000;
/** clamd takes chunks up to its StreamMaxLength; small ones keep memory small. */
const CHUNK = 64 * 1024;

export function clamdPlace(text: string): Place {
  if (text.startsWith('unix:/')) return { path: text.slice('unix:'.length) };
  const found = /^(\[[0-9a-f:]+\]|[\w.-]+):(\d{1,5})$/i.exec(text);
  if (!found) throw new Error(`CLAMD should look like unix:/run/clamav/clamd.ctl or 127.0.0.1:3310: ${text}`);
  return { host: (found[1] ?? '').replace(/^\[|\]$/g, ''), port: Number(found[2]) };
}

/** ClamAV's daemon: `zINSTREAM`, chunks of a length in network order and bytes, an empty one at the end (clamd(8), COMMANDS). */
export function clamdScanner(place: string): Scanner {
  const target = clamdPlace(place);
  return { name: 'clamd', scan: (content) => instream(connect(target), content) };
}

async function instream(socket: Socket, content: Readable): Promise<Verdict> {
  socket.setTimeout(TIMEOUT_MS, () => socket.destroy(new Error('clamd does not answer')));
  const answer = reply(socket);
  // Where sending fails, what clamd said before it hung up is the better reason.
  const sent = send(socket, content).catch((error: unknown) => answer.catch(() => Promise.reject(error)));
  try {
    const [text] = await Promise.all([answer, sent]);
    return verdictOf(text);
  } finally {
    socket.destroy();
  }
}

async function send(socket: Socket, content: Readable): Promise<void> {
  await write(socket, Buffer.from('zINSTREAM\0'));
  for await (const piece of content as AsyncIterable<Buffer>) {
    for (let at = 0; at < piece.length; at += CHUNK) {
      const chunk = piece.subarray(at, at + CHUNK);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(chunk.length);
      await write(socket, Buffer.concat([length, chunk]));
    }
  }
  await write(socket, Buffer.alloc(4));
}

const write = (socket: Socket, bytes: Buffer): Promise<void> =>
  new Promise((done, fail) => socket.write(bytes, (error) => (error ? fail(error) : done())));

function reply(socket: Socket): Promise<string> {
  return new Promise((done, fail) => {
    const pieces: Buffer[] = [];
    socket.on('data', (piece: Buffer) => {
      pieces.push(piece);
      if (piece.includes(0)) done(textOf(pieces));
    });
    socket.once('error', fail);
    socket.once('close', () => (pieces.length > 0 ? done(textOf(pieces)) : fail(new Error('clamd hung up'))));
  });
}

const textOf = (pieces: readonly Buffer[]): string =>
  Buffer.concat(pieces).toString('utf8').replace(/\0.*$/s, '').trim();

/** `stream: OK`, `stream: Eicar-Signature FOUND`; anything else is no answer. */
export function verdictOf(text: string): Verdict {
  if (text === 'stream: OK') return { clean: true };
  const found = /^stream: (.+) FOUND$/.exec(text)?.[1];
  if (found === undefined) throw new Error(`clamd says: ${text.slice(0, 200)}`);
  return { clean: false, found };
}
