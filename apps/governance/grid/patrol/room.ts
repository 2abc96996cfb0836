import type { Room } from '../room.ts';

/** 巡查. */
export const patrol: Room = {};
