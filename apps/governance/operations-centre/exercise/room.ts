import type { Room } from '../room.ts';

/** 演练. */
export const exercise: Room = {};
