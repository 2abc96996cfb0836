import type { Room } from '../room.ts';

/** 城管通. */
export const field: Room = {};
