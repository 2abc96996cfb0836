import type { Room } from '../room.ts';

/** 执法依据. */
export const clauses: Room = {};
