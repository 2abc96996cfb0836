import type { Room } from '../room.ts';

/** 视频平台. */
export const video: Room = {};
