import type { AddressInfo } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import type { Mount, MountKernel } from '#platform/kernel/app.ts';
import { securityHeaders } from '#platform/kernel/headers.ts';
import { decideConsent, refuseInteraction, showInteraction, takeInteraction } from './interaction.ts';
import { listensOn, originFor } from './issuer.ts';
import { PAGE_POLICY } from './pages.ts';
import { providerOf } from './provider.ts';
import { finishUpstream, startUpstream } from './upstream.ts';
import { finishWebSignIn, startWebSignIn } from './web-client.ts';

/** OpenID Connect (统一登录): provider, its interactions with the person, and the sign-in of the platform's own web. */
export const openidProvider: Mount = {
  path: '/oidc',
  summary: { zh: '统一登录（OpenID Connect）', en: 'One sign-on (OpenID Connect)' },
  allow: 'public',
  register(server, kernel) {
    // Bodies stay unread: the provider reads its forms itself. Ours are JSON.
    server.removeAllContentTypeParsers();
    server.addContentTypeParser(
      'application/json',
      { parseAs: 'string', bodyLimit: 16 * 1024 },
      (_request, body, done) => {
        try {
          done(null, JSON.parse(String(body)));
        } catch (error) {
          done(Object.assign(error as Error, { statusCode: 400 }));
        }
      },
    );
    server.addContentTypeParser('*', (_request, _payload, done) => done(null));
    server.addHook('onListen', async () => {
      const address = server.server.address() as AddressInfo | string | null;
      if (address !== null && typeof address !== 'string') listensOn(kernel.services.config, address.port);
    });
    server.get('/oidc/interaction/:uid', (request, reply) => takeInteraction({ kernel, request, reply }));
    server.get('/oidc/interaction/:uid/details', (request, reply) => showInteraction({ kernel, request, reply }));
    server.post('/oidc/interaction/:uid/consent', (request, reply) => decideConsent({ kernel, request, reply }));
    server.post('/oidc/interaction/:uid/refuse', (request, reply) => refuseInteraction({ kernel, request, reply }));
    server.get('/oidc/web/start', (request, reply) => startWebSignIn({ kernel, request, reply }));
    server.get('/oidc/web/callback', (request, reply) => finishWebSignIn({ server, kernel, request, reply }));
    server.get('/oidc/upstream/start', (request, reply) => startUpstream({ kernel, request, reply }));
    server.get('/oidc/upstream/callback', (request, reply) => finishUpstream({ kernel, request, reply }));
    passOn(server, kernel);
  },
};

function passOn(server: FastifyInstance, kernel: MountKernel): void {
  const answer = (request: FastifyRequest, reply: FastifyReply) => handOver({ kernel, request, reply });
  server.get('/.well-known/openid-configuration', answer);
  server.get('/.well-known/oauth-authorization-server', answer);
  server.route({ method: ['GET', 'POST', 'OPTIONS'], url: '/oidc/*', exposeHeadRoute: false, handler: answer });
}

async function handOver(call: {
  kernel: MountKernel;
  request: FastifyRequest;
  reply: FastifyReply;
}): Promise<FastifyReply> {
  const { kernel, request, reply } = call;
  const provider = await providerOf(kernel.services);
  placeOf(request, kernel);
  for (const [name, value] of securityHeaders(kernel.services.config)) reply.raw.setHeader(name, value);
  reply.raw.setHeader('content-security-policy', PAGE_POLICY);
  reply.raw.setHeader('x-trace-id', request.id);
  reply.hijack();
  await answerOf(provider)(request.raw, reply.raw);
  return reply;
}

type Answer = ReturnType<Provider['callback']>;
const answers = new WeakMap<Provider, Answer>();

/** The library puts its chain of steps together with each `callback()`; once is enough. */
function answerOf(provider: Provider): Answer {
  let answer = answers.get(provider);
  if (!answer) answers.set(provider, (answer = provider.callback()));
  return answer;
}

/** Which host and scheme this is says the configuration, not the request: smuggled headers change nothing. */
export function placeOf(request: FastifyRequest, kernel: MountKernel): void {
  const place = new URL(originFor(kernel.services, request.headers.host));
  const { headers } = request.raw;
  for (const name of Object.keys(headers)) {
    if (name.startsWith('x-forwarded') || name === 'forwarded') delete headers[name];
  }
  headers.host = place.host;
  headers['x-forwarded-proto'] = place.protocol.slice(0, -1);
}
