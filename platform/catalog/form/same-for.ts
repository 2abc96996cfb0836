import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { findSame, type SameField } from './find-same.ts';
import type { FieldName } from './similar.ts';

/**
 * For modules that keep forms of their own: which of these names another unit shares already, in the order asked. Reads the catalogue in its own
 * transaction: for `prepare`.
 */
export function sameFor(options: {
  services: Services;
  actor: Actor;
  names: readonly FieldName[];
}): Promise<SameField[][]> {
  const { services, actor, names } = options;
  return services.database.tx({ module: 'catalog', actor, readOnly: true }, async (db) => {
    const found = new Map<string, SameField[]>();
    for (const name of names) if (!found.has(name.title)) found.set(name.title, await findSame(db, name));
    return names.map(({ title }) => found.get(title) ?? []);
  });
}
