import type { FastifyRequest } from 'fastify';
import { actingOn } from './acting.ts';
import type { Mount, MountKernel, Route, Services } from './app.ts';
import { assertAllowed, type Ports, running, whoCalls } from './caller.ts';
import { recordRefusal } from './record-access.ts';
import { zoneOf } from './zone.ts';

/** What a standard protocol works with: the services, and transactions that ask the policy of its mount first. */
export function mountKernel(options: {
  mount: Mount;
  module: string;
  ports: Ports;
  services: () => Services | undefined;
}): MountKernel {
  const { mount, module, ports } = options;
  return {
    get services() {
      return running(options.services);
    },
    tx: async (request, work) => {
      const services = running(options.services);
      const { method } = request as FastifyRequest;
      const called = { method: method as Route['method'], allow: mount.allow };
      const { actor, refused } = actingOn({
        actor: await whoCalls(request as FastifyRequest, ports, services),
        route: called,
      });
      if (refused) {
        const id = `${method} ${mount.path}`;
        const { allow: action } = mount;
        const about = { module, route: id, action, fields: [], reasons: [] };
        await recordRefusal({ ...about, ports, services, actor, error: refused });
        throw refused;
      }
      const zone = zoneOf((request as FastifyRequest).ip, services.config);
      await ports.policy?.ready?.(services);
      assertAllowed({ actor, action: mount.allow, services, zone }, ports);
      return services.database.tx({ module, actor }, (db) => work(db, actor));
    },
  };
}
