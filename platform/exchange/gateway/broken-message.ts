import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';
import { systemActor } from '#platform/kernel/actor.ts';
import type { MountKernel, Services } from '#platform/kernel/app.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { auditTrail } from '#platform/kernel/ports.ts';
import { type Answer, problemValue, signedAnswer } from './answer.ts';
import { HeaderTooLarge, Malformed, TooSlow } from './errors.ts';
import { mayLog } from './flood.ts';
import { logMessages } from './message-log.ts';
import { nodeKey } from './node-keys.ts';
import { PREFIX } from './services.ts';

type Broken = Error & { code?: string; rawPacket?: Buffer };

/**
 * Answers what is no HTTP message (残缺报文): two lengths, bytes that break the grammar, a header that never ends. The parser refuses
 * those before any route is found, so that they are taken here, answered with a signature and written down like the others.
 */
export function answerBroken(server: FastifyInstance, kernel: MountKernel): void {
  server.addHook('onReady', () => {
    takeOver(
      server.server,
      (broken) => broken.rawPacket?.includes(PREFIX) ?? false,
      () => kernel.services,
    );
  });
}

/** Puts ours in front of the handlers that are there; they keep what is not for the gateway. */
export function takeOver(
  server: FastifyInstance['server'],
  ours: (error: Broken) => boolean,
  services: () => Services,
): void {
  const others = server.listeners('clientError') as ((error: Broken, socket: Socket) => void)[];
  server.removeAllListeners('clientError');
  server.on('clientError', (error: Broken, socket: Socket) => {
    if (!ours(error)) {
      for (const other of others) other.call(server, error, socket);
      if (others.length === 0) socket.destroy();
      return;
    }
    void reply(error, socket, services).catch(() => socket.destroy());
  });
}

async function reply(error: Broken, socket: Socket, running: () => Services): Promise<void> {
  const services = running();
  const spec =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? HeaderTooLarge
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? TooSlow
        : Malformed;
  const problem = spec.with();
  const id = uuidv7();
  const at = services.clock.now();
  const answer = signedAnswer({
    services,
    id,
    status: problem.spec.status,
    value: problemValue(problem, 'zh', id),
    problem: true,
    key: await nodeKey(services, 'sm2-sm3'),
  });
  if (mayLog(services))
    await write({ services, id, at, answer, code: problem.spec.code, address: socket.remoteAddress ?? '' });
  if (!socket.writable) return void socket.destroy();
  const headers = { ...answer.headers, 'content-length': String(answer.body.length), connection: 'close' };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(Buffer.concat([Buffer.from(`HTTP/1.1 ${answer.status} Refused\r\n${head.join('')}\r\n`), answer.body]));
}

async function write(options: {
  services: Services;
  id: string;
  at: Date;
  answer: Answer;
  code: string;
  address: string;
}): Promise<void> {
  const { services, id, at, answer, code, address } = options;
  const actor = { ...systemActor({ name: 'gateway', trace: id }), name: '未识别的系统' };
  const nothing = {
    system: null,
    unit: null,
    key: null,
    algorithm: null,
    service: null,
    item: null,
    purpose: null,
    caseNo: null,
  };
  await services.database.tx({ module: 'gateway', actor }, (db) =>
    logMessages(db, services.registry.provided(auditTrail)[0]?.value, [
      {
        message: {
          ...nothing,
          id,
          at: at.toISOString(),
          method: '',
          target: '',
          address,
          nonce: null,
          requestDigest: null,
          requestSignature: null,
          requestBase: null,
          outcome: 'refused',
          code,
          status: answer.status,
          rows: 0,
          subjects: 0,
          answerKey: answer.key,
          answerDigest: answer.digest,
          answerSignature: answer.signature,
          answerBase: answer.base,
          tookMs: Math.max(0, services.clock.now().getTime() - at.getTime()),
        },
        actor,
        route: `${PREFIX} (no HTTP message)`,
        fields: [],
        subjects: [],
      },
    ]),
  );
}
