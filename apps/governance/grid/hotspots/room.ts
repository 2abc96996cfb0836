import type { Room } from '../room.ts';

/** 高发点位. */
export const hotspots: Room = {};
