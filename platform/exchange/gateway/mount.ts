import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Mount, MountKernel } from '#platform/kernel/app.ts';
import { ownOrigins } from '#platform/identity/oidc/issuer.ts';
import { ALGORITHMS, fingerprintOf, readPublicKey } from './algorithms.ts';
import { signedAnswer } from './answer.ts';
import type { Answer } from './answer.ts';
import { handleMessage } from './handle-message.ts';
import { openListener, originsOfListener } from './listener.ts';
import { answerBroken } from './broken-message.ts';
import { nodeKey } from './node-keys.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { PREFIX } from './services.ts';

/**
 * The gateway for systems outside (数据网关): signed messages at `/gateway/v1`, docs/gateway.md. Who calls is proven by the message
 * itself, so that no session and no policy of posts is asked; what it may is in its permits and the grants of its unit.
 */
export const gatewayMount: Mount = {
  path: PREFIX,
  summary: { zh: '外部系统数据网关（签名报文）', en: 'Gateway for outside systems (signed messages)' },
  allow: 'public',
  register(server, kernel) {
    // The content is read here, after its header has been checked, and by nobody before.
    server.removeAllContentTypeParsers();
    server.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    const config = { rateLimit: false };
    server.get(`${PREFIX}/keys`, { config }, async (_request, reply) => send(reply, await nodeKeys(kernel)));
    server.route({
      method: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
      url: `${PREFIX}/*`,
      config,
      onRequest: async (request, reply) => send(reply, await handleMessage(incoming(request, kernel))),
      handler: () => undefined,
    });
    answerBroken(server, kernel);
    openListener(server, kernel);
  },
};

/** The part of a TLS socket that says whose it is. */
type Tls = { encrypted: boolean; getPeerCertificate(): { fingerprint256?: string } | undefined };

function incoming(request: FastifyRequest, kernel: MountKernel): Parameters<typeof handleMessage>[0] {
  const { services } = kernel;
  const socket = request.raw.socket as Partial<Tls>;
  const own = originsOfListener(request.raw.socket);
  const certificate = own && socket.encrypted ? socket.getPeerCertificate?.()?.fingerprint256 : undefined;
  return {
    services,
    request: request.raw,
    address: request.ip,
    origins: own ?? ownOrigins(services),
    certificate: certificate?.replaceAll(':', '').toLowerCase(),
  };
}

function send(reply: FastifyReply, answer: Answer): FastifyReply {
  return reply.code(answer.status).headers(answer.headers).send(answer.body);
}

/** Public keys of the node, for those who check its answers; which ones to trust is said by another way than this. */
async function nodeKeys({ services }: MountKernel): Promise<Answer> {
  const keys = [];
  for (const algorithm of ALGORITHMS) {
    const key = await nodeKey(services, algorithm);
    const publicKey = key.key.export({ type: 'spki', format: 'pem' }).toString();
    const open = readPublicKey(publicKey);
    keys.push({ algorithm, publicKey, fingerprint: open && fingerprintOf(open) });
  }
  const signer = await nodeKey(services, 'sm2-sm3');
  return signedAnswer({ services, id: uuidv7(), status: 200, value: { keys }, key: signer });
}
