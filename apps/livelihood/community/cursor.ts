import { InvalidInput } from '#platform/kernel/errors.ts';

/** Place in the order building, room, person. */
export type Place = readonly [building: string, room: string, pid: string];

/** A place as opaque text for addresses. */
export function writeCursor(place: Place): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** The place written by `writeCursor`; empty for the beginning. Anything else is a fault of the caller. */
export function readCursor(text: string | undefined): Place | [] {
  if (text === undefined) return [];
  try {
    const place: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (
      Array.isArray(place) &&
      place.length === 3 &&
      place.every((part) => typeof part === 'string') &&
      UUID.test(String(place[2]))
    )
      return place as unknown as Place;
  } catch {
    // Falls through to the refusal.
  }
  throw InvalidInput.with({
    fields: [
      {
        pointer: '/query/after',
        rule: 'cursor',
        message: { zh: '请从上一页的“下一页”继续', en: 'Use the `next` of the page before' },
      },
    ],
  });
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
