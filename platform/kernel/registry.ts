import { type AppManifest, type Action, type Port, type Route, schemaOf } from './app.ts';
import { type DelegationScope, delegationScope } from './ports.ts';
import type { Resource } from './resource.ts';

/** All manifests of this installation, checked against each other once at start. */
export type Registry = {
  modules: readonly AppManifest[];
  module(id: string): AppManifest;
  resource(id: string): { resource: Resource; module: AppManifest } | undefined;
  action(id: string): Action | undefined;
  routes(): { route: Route; module: AppManifest }[];
  provided<T>(port: Port<T>): { value: T; module: AppManifest }[];
};

/** Builds the registry; refuses manifests that contradict each other, naming the line to mend. */
export function createRegistry(modules: readonly AppManifest[]): Registry {
  const byId = new Map<string, AppManifest>();
  const resources = new Map<string, { resource: Resource; module: AppManifest }>();
  const actions = new Map<string, Action>();
  const paths = new Set<string>();
  const scopes = new Set<string>();
  for (const module of modules) {
    if (byId.has(module.id)) throw new Error(`module ${module.id} is declared twice`);
    byId.set(module.id, module);
    for (const resource of module.resources ?? []) {
      if (!resource.id.startsWith(`${module.id}.`))
        throw new Error(`resource ${resource.id} does not belong to ${module.id}`);
      if (!resource.table.startsWith(`${schemaOf(module.id)}.`))
        throw new Error(`${resource.id}: table ${resource.table} is in another schema`);
      if (resources.has(resource.id)) throw new Error(`resource ${resource.id} is declared twice`);
      resources.set(resource.id, { resource, module });
    }
    for (const [id, action] of Object.entries(module.actions ?? {})) {
      if (!id.startsWith(`${module.id}.`)) throw new Error(`action ${id} does not belong to ${module.id}`);
      actions.set(id, action);
    }
    for (const provided of module.provides ?? []) {
      if (provided.port !== delegationScope.name) continue;
      const { id } = provided.value as DelegationScope;
      if (scopes.has(id)) throw new Error(`delegation scope ${id} is declared twice`);
      scopes.add(id);
    }
  }
  for (const module of modules) {
    for (const used of module.uses ?? []) {
      if (byId.get(used)?.kind !== 'capability') throw new Error(`${module.id} uses ${used}, which is no capability`);
    }
    for (const take of module.takes ?? []) {
      const source = resources.get(take.resource);
      if (!source) throw new Error(`${module.id} takes ${take.resource}, which nobody publishes`);
      for (const field of take.fields) {
        if (!source.resource.fields[field])
          throw new Error(`${module.id} takes ${take.resource}.${field}, which does not exist`);
      }
    }
    for (const route of module.routes ?? []) {
      const key = `${route.method} ${route.path}`;
      if (paths.has(key)) throw new Error(`${key} is declared twice`);
      paths.add(key);
      if (!route.path.startsWith(`/api/${module.id}/`) && route.path !== `/api/${module.id}`) {
        throw new Error(`${key} must live below /api/${module.id}/`);
      }
      if (route.allow !== 'public' && route.allow !== 'signed-in' && !actions.has(route.allow)) {
        throw new Error(`${key} allows ${route.allow}, which no manifest declares`);
      }
      if (route.delegable !== undefined && !scopes.has(route.delegable))
        throw new Error(`${key} is delegable as ${route.delegable}, which no module declares`);
    }
  }
  return {
    modules,
    module: (id) => {
      const found = byId.get(id);
      if (!found) throw new Error(`no module ${id}`);
      return found;
    },
    resource: (id) => resources.get(id),
    action: (id) => actions.get(id),
    routes: () => modules.flatMap((module) => (module.routes ?? []).map((route) => ({ route, module }))),
    provided: <T>(wanted: Port<T>) =>
      modules.flatMap((module) =>
        (module.provides ?? []).filter((p) => p.port === wanted.name).map((p) => ({ value: p.value as T, module })),
      ),
  };
}
