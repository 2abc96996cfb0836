import type { Room } from '../room.ts';

/** 评价. */
export const evaluation: Room = {};
