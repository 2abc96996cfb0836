import type { Room } from '../room.ts';

/** 文本归类. */
export const classify: Room = {};
