/** Rooms of a building (室、部位) as the register has them; `number` is 301 or the name of a part, 后客堂. */
export type RoomEntry = { id: string; number: string; kind: string; floor: number | null };

export type RoomMatch = {
  /** `none`: no room was written. `ambiguous`: several rooms have this name, e.g. 亭子间 on two floors. */
  state: 'matched' | 'unknown' | 'ambiguous' | 'none';
  room: RoomEntry | null;
  candidates: RoomEntry[];
};

/** The room that was written, among the rooms of its building. A wrong figure is never put right. */
export function matchRoom(
  rooms: readonly RoomEntry[],
  written: { floor: string | null; room: string | null },
): RoomMatch {
  const { floor, room } = written;
  if (room === null) return { state: 'none', room: null, candidates: [] };
  const level = floorNumber(floor, rooms);
  const wanted = room.toUpperCase().replace(/^0+(?=\d)/, '');
  let found = rooms.filter((r) => r.number.toUpperCase() === wanted || r.kind === room);
  // 3楼01室 is room 301.
  if (found.length === 0 && level !== undefined && /^\d{1,2}$/.test(wanted))
    found = rooms.filter((r) => r.number === `${level}${wanted.padStart(2, '0')}`);
  if (level !== undefined) found = found.filter((r) => r.floor === level || (r.floor === null && found.length === 1));
  const named = found.filter((r) => r.number === room);
  if (found.length > 1 && named.length === 1) found = named;
  const [only] = found;
  if (only && found.length === 1) return { state: 'matched', room: only, candidates: [only] };
  return { state: found.length > 1 ? 'ambiguous' : 'unknown', room: null, candidates: found.slice(0, 5) };
}

function floorNumber(floor: string | null, rooms: readonly RoomEntry[]): number | undefined {
  if (floor === null) return undefined;
  if (floor === '底') return 1;
  if (floor === '顶') return Math.max(...rooms.map((r) => r.floor ?? 1));
  const level = Number.parseInt(floor, 10);
  return Number.isNaN(level) ? undefined : level;
}
