import type { AppManifest } from './app.ts';

/** What one room (分室) of a large module adds to its manifest; the module's `app.ts` joins them. */
export type Room = Pick<
  AppManifest,
  | 'resources'
  | 'actions'
  | 'routes'
  | 'takes'
  | 'uses'
  | 'jobs'
  | 'consumers'
  | 'timers'
  | 'provides'
  | 'mounts'
  | 'sealed'
  | 'pages'
  | 'seed'
>;

/** One manifest of many rooms: lists follow one another in the order of the rooms, seeds run one after another. */
export function joinRooms(rooms: readonly Room[]): Room {
  const all = <K extends keyof Room, T>(key: K): T[] =>
    rooms.flatMap((room) => (room[key] as readonly T[] | undefined) ?? []);
  return {
    resources: all('resources'),
    actions: Object.assign({}, ...rooms.map((room) => room.actions ?? {})),
    routes: all('routes'),
    takes: all('takes'),
    uses: [...new Set(all<'uses', string>('uses'))],
    jobs: all('jobs'),
    consumers: all('consumers'),
    timers: all('timers'),
    provides: all('provides'),
    mounts: all('mounts'),
    sealed: all('sealed'),
    pages: all('pages'),
    seed: async (context) => {
      for (const room of rooms) await room.seed?.(context);
    },
  };
}
