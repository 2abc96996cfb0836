import type { Room } from '../room.ts';

/** 部件登记. */
export const parts: Room = {};
