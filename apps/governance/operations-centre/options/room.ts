import type { Room } from '../room.ts';

/** 决策方案. */
export const options: Room = {};
