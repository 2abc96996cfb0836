import type { Services } from '#platform/kernel/app.ts';
import type { Text } from '#platform/kernel/text.ts';

/** What an operation in the audit is called: a route by its summary, an interface of a standard protocol by that of its mount. */
export function operationTitle(services: Services): (operation: string) => Text {
  const { registry } = services;
  const titles = new Map(registry.routes().map(({ route: r }) => [`${r.method} ${r.path}`, r.summary]));
  const mounts = registry.modules.flatMap((module) => module.mounts ?? []);
  return (operation) => {
    const known = titles.get(operation);
    if (known) return known;
    const path = operation.slice(operation.indexOf(' ') + 1);
    const under = mounts.find((mount) => path === mount.path || path.startsWith(`${mount.path}/`));
    return under?.summary ?? { zh: operation, en: operation };
  };
}
