import type { Room } from '../room.ts';

/** 12345 热线. */
export const hotline: Room = {};
