import type { Room } from '../room.ts';

/** 指令. */
export const order: Room = {};
