import type { Room } from '../room.ts';

/** 市民参与. */
export const participation: Room = {};
