import type { Room } from '../room.ts';

/** 值班. */
export const shift: Room = {};
