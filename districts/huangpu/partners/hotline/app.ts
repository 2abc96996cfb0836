import type { FastifyReply, FastifyRequest } from 'fastify';
import { app, type Mount, type Services } from '#platform/kernel/app.ts';
import { hotlineCity } from '#apps/governance/grid/hotline/city.ts';
import { ownAddress } from '../pay/mount.ts';
import { type City, createCity } from './city.ts';
import { nodeKeysOf } from './server.ts';
import { sampleFiles, sampleKey } from './sample.ts';

const BASE = '/simulator/hotline';
const PATH = `${BASE}/progress`;
const FILES = `${BASE}/files`;
const cities = new WeakMap<Services, City>();

function cityOf(services: Services): City {
  const known = cities.get(services);
  if (known) return known;
  const made = createCity({
    key: sampleKey(services),
    nodeKeys: () => nodeKeysOf(ownAddress(services)),
    now: () => services.clock.now(),
  });
  cities.set(services, made);
  return made;
}

/** Where the sample district's city is told of its orders. Elsewhere it is not there. */
const progressMount: Mount = {
  path: BASE,
  summary: { zh: '样例市热线', en: 'Sample hotline of the city' },
  allow: 'public',
  register(server, kernel) {
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 64 * 1024 }, (_request, body, done) =>
      done(null, body),
    );
    const take = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const { services } = kernel;
      if (!services.config.sample) {
        reply.callNotFound();
        return reply;
      }
      const headers = request.headers as Record<string, string | undefined>;
      const url = `${ownAddress(services)}${request.url}`;
      const city = cityOf(services);
      if (city.files.size === 0) for (const [id, file] of await sampleFiles()) city.files.set(id, file);
      const answer = await city.take({ method: 'POST', url, headers, body: String(request.body ?? '') });
      if (answer === 'cut') {
        reply.hijack().raw.destroy();
        return reply;
      }
      const { status, body } = answer;
      return reply
        .code(status)
        .headers(answer.headers)
        .send(typeof body === 'string' ? body : Buffer.from(body));
    };
    server.post(PATH, take);
    server.post(`${FILES}/:id`, take);
  },
};

/** The city's hotline of the sample district (样例市热线), told of its orders inside the server; pushes come with the sample. Not in a real district. */
export const hotlineSimulator = app({
  id: 'hotline-simulator',
  kind: 'app',
  folder: 'districts/huangpu/partners/hotline',
  title: { zh: '样例市热线', en: 'Sample hotline of the city' },
  mounts: [progressMount],
  provides: [
    hotlineCity.provide({
      city: async (services) =>
        services.config.sample
          ? { url: `${ownAddress(services)}${PATH}`, networks: ['127.0.0.0/8', '::1/128'] }
          : undefined,
    }),
  ],
});
