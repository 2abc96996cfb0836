import type { ComponentType } from 'react';
import type { Entrance } from './entrances.ts';

/** One page of an app as its manifest declares it. `load` fetches its code when it is first opened. */
export type Page = {
  /** Full path with router parameters, such as `/gov/people/:id`. */
  path: string;
  entrance: Entrance;
  title: { zh: string; en: string };
  load: () => Promise<{ default: ComponentType }>;
  /** Place in the entrance's navigation; a page without it is reached from another page. */
  nav?: { order: number; icon?: string };
  /** Section of the entrance that it stands in (`sections.ts`); the first when absent. */
  section?: string;
  /** Post kinds that see it in navigation and palette; all when absent. The server decides about rights. */
  posts?: string[];
};
