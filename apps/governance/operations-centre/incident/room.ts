import type { Room } from '../room.ts';

/** 复合事件. */
export const incident: Room = {};
