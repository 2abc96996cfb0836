import type { Room } from '../room.ts';

/** 大屏. */
export const wall: Room = {};
