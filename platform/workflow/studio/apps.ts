import { Type } from 'typebox';
import type { Services } from '#platform/kernel/app.ts';
import type { Text } from '#platform/kernel/text.ts';

/** Module of the engine itself: processes that no app has a page for run here, with the standard page. */
export const OWN_APP = 'workflow';

export const AppId = Type.String({ pattern: '^[a-z][a-z0-9-]*$', maxLength: 60 });

/** Modules whose cases a process can be for: those that use the engine, and the engine's own. */
export const appsOf = (services: Services): { id: string; title: Text }[] =>
  services.registry.modules
    .filter(({ id, uses }) => id === OWN_APP || uses?.includes(OWN_APP))
    .map(({ id, title }) => ({ id, title }));
