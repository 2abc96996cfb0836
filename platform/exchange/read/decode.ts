import { isUtf8 } from 'node:buffer';
import { ReadError } from '#platform/exchange/read/read-error.ts';
import type { ByteSource, TextEncoding } from '#platform/exchange/read/types.ts';

/** So many characters of several bytes before the first fault are no accident: the text is UTF-8 with a damaged place. */
const SURELY_UTF8 = 8;

/** A byte order mark says it; else strict UTF-8; else GB18030 (which holds GBK and GB 2312), unless UTF-8 fits further. */
export function detectEncoding(head: Buffer): TextEncoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  if (isUtf8(head.subarray(0, wholeUtf8(head)))) return 'utf-8';
  const fits = firstWrong(head, 'utf-8');
  const wide = head.toString('utf8', 0, fits).replace(/[\0-\u007f\ufffd]/g, '').length;
  if (wide >= SURELY_UTF8) return 'utf-8';
  return wide > 0 && firstWrong(head, 'gb18030') < fits ? 'utf-8' : 'gb18030';
}

/**
 * Text of a file, strictly decoded, without byte order mark. `found` is called when the encoding is known, again if it
 * changes: a file whose beginning is plain ASCII may turn out to be GB18030 later. ReadError `encoding` with the line otherwise.
 */
export async function* decodeText(bytes: ByteSource, found: (encoding: TextEncoding) => void): AsyncGenerator<string> {
  let encoding = detectEncoding(bytes.head);
  found(encoding);
  let decoder = encoding === 'utf-8' ? undefined : strictDecoder(encoding);
  let rest: Buffer = Buffer.alloc(0);
  let onlyAscii = true;
  let first = true;
  let line = 1;
  const wrong = (piece: Buffer): ReadError => {
    const at = line + newlines(piece.subarray(0, firstWrong(piece, encoding)).toString('latin1'));
    return new ReadError({
      code: 'encoding',
      line: at,
      text: {
        zh: `第 ${at} 行起不是有效的 ${encoding.toUpperCase()} 文字，请以 UTF-8 另存后重新上传`,
        en: `not valid ${encoding.toUpperCase()} from line ${at} on; save the file as UTF-8 and upload it again`,
      },
    });
  };
  for await (const piece of bytes) {
    let text: string;
    if (decoder === undefined) {
      const joined: Buffer = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
      const whole = wholeUtf8(joined);
      const body = joined.subarray(0, whole);
      if (isUtf8(body)) {
        rest = joined.subarray(whole);
        text = body.toString('utf8');
        // The length is the same exactly if each byte is one character: cheaper than a second look at the bytes.
        if (onlyAscii && text.length !== body.length) onlyAscii = false;
        if (first && text.charCodeAt(0) === 0xfeff) text = text.slice(1);
      } else if (onlyAscii && detectEncoding(joined) !== 'utf-8') {
        encoding = 'gb18030';
        found(encoding);
        decoder = strictDecoder(encoding);
        rest = Buffer.alloc(0);
        text = decodeOr(decoder, joined, wrong);
      } else {
        throw wrong(joined);
      }
    } else {
      text = decodeOr(decoder, piece, wrong);
    }
    first = false;
    yield text;
    line += newlines(text);
  }
  if (rest.length > 0) {
    if (!onlyAscii) throw wrong(rest);
    found('gb18030');
    decoder = strictDecoder('gb18030');
    yield decodeOr(decoder, rest, wrong);
  }
  if (decoder !== undefined) {
    try {
      yield decoder.decode();
    } catch {
      throw wrong(Buffer.alloc(0));
    }
  }
}

function strictDecoder(encoding: TextEncoding): TextDecoder {
  return new TextDecoder(encoding, { fatal: true });
}

function decodeOr(decoder: TextDecoder, piece: Buffer, wrong: (piece: Buffer) => ReadError): string {
  try {
    return decoder.decode(piece, { stream: true });
  } catch {
    throw wrong(piece);
  }
}

/** Length without a character that is cut at the end of the piece. */
function wholeUtf8(piece: Buffer): number {
  for (let back = 1; back <= Math.min(3, piece.length); back += 1) {
    const byte = piece[piece.length - back] ?? 0;
    if (byte < 0x80) return piece.length;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? piece.length - back : piece.length;
    }
  }
  return piece.length;
}

/** Offset of about the first byte that does not decode (bisection over prefixes; a cut character is forgiven). */
function firstWrong(piece: Buffer, encoding: TextEncoding): number {
  const good = (length: number): boolean => {
    try {
      new TextDecoder(encoding, { fatal: true }).decode(piece.subarray(0, length), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  if (good(piece.length)) return piece.length;
  let low = 0;
  let high = piece.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (good(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}
