import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import mqtt, { type IPublishPacket, type MqttClient } from 'mqtt';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { resolveAllowed } from '#platform/kernel/outbound.ts';
import { sql } from '#platform/kernel/sql.ts';
import { assertSealedWay, CONNECT_MS, setting, type SourceConnector, SourceProblem } from './connector.ts';

/** How long a run listens after the last message, and at most. */
const QUIET_MS = 1_500;
const LISTEN_MS = 20_000;
/** Messages that one batch holds at most; the others are in the next. */
const MOST = 20_000;
const MESSAGE_BYTES = 256 * 1024;

/**
 * Messages of a topic, each one row or a list of rows. The session at the broker stays, so nothing is lost while nobody listens; a
 * message is acknowledged once it is in the database, and one that the broker sends again after a break is known by its digest. It
 * stays there until the batch that holds it is loaded: the number of the last message is the watermark.
 */
export const mqttConnector: SourceConnector = {
  kind: 'mqtt',
  async open({ feed, settings, credential, watermark, services, signal }) {
    await listen({ feed, settings, credential, services, signal });
    const actor = systemActor({ name: 'feeds' });
    const found = await services.database.tx({ module: 'exchange', actor }, (db) =>
      db.rows<{ id: number; body: string }>(
        sql`select id, body from exchange.feed_message where feed = ${feed} and id > ${watermark ?? '0'}::text::bigint order by id limit ${MOST}::int`,
      ),
    );
    if (found.length === 0) return { kind: 'unchanged' };
    const lines = found.flatMap(({ body }) => rowsOf(services.keyring.open(body, `feed-message:${feed}`)));
    const last = found.at(-1)?.id ?? 0;
    return {
      kind: 'rows',
      stream: Readable.from([Buffer.from(lines.map((line) => `${line}\n`).join(''))], { objectMode: false }),
      fileName: 'messages.json',
      format: 'json',
      watermark: () => String(last),
    };
  },
};

/** One line of JSON for each row of a message; what is no JSON becomes a row that the checks refuse, so nothing is dropped unseen. */
function rowsOf(text: string): string[] {
  try {
    const value = JSON.parse(text) as unknown;
    const rows = Array.isArray(value) ? value : [value];
    return rows.map((row) => JSON.stringify(typeof row === 'object' && row !== null ? row : { message: row }));
  } catch {
    return [JSON.stringify({ message: text })];
  }
}

async function listen(options: {
  feed: string;
  settings: Record<string, unknown>;
  credential: string | undefined;
  services: Services;
  signal: AbortSignal;
}): Promise<void> {
  const { feed, settings, credential, services, signal } = options;
  const url = URL.parse(setting(settings, 'url'));
  if (!url || !['mqtt:', 'mqtts:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    throw new SourceProblem('SETTING_WRONG', {
      zh: '地址应为 mqtt:// 或 mqtts://',
      en: 'The address must be mqtt:// or mqtts://',
    });
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const secure = url.protocol === 'mqtts:';
  await assertSealedWay({ credential, secure, host, services });
  const client = mqtt.connect({
    protocol: secure ? 'mqtts' : 'mqtt',
    host: await resolveAllowed({ host, networks: services.config.feedNetworks }),
    ...(secure ? { servername: host, rejectUnauthorized: true } : {}),
    port: Number(url.port || (secure ? 8883 : 1883)),
    clientId: `district-feed-${feed}`,
    clean: false,
    username: typeof settings.user === 'string' ? settings.user : undefined,
    password: credential,
    connectTimeout: CONNECT_MS,
    reconnectPeriod: 0,
    manualConnect: true,
  });
  const topic = setting(settings, 'topic');
  let heard = Date.now();
  client.handleMessage = (packet, done) => {
    if (packet.topic === undefined) return done();
    heard = Date.now();
    keep({ feed, packet, services }).then(
      () => done(),
      (error: unknown) => done(error as Error),
    );
  };
  try {
    await connected(client);
    await client.subscribeAsync(topic, { qos: 1 });
    heard = Date.now();
    const until = Date.now() + LISTEN_MS;
    while (!signal.aborted && client.connected && Date.now() < until && Date.now() - heard < QUIET_MS)
      await new Promise((resolve) => setTimeout(resolve, 100));
  } finally {
    await client.endAsync().catch(() => undefined);
  }
}

function connected(client: MqttClient): Promise<void> {
  return new Promise((done, fail) => {
    const down = (error?: Error): void =>
      fail(new SourceProblem('SOURCE_DOWN', { zh: '连接不上消息服务', en: 'The broker cannot be reached' }, error));
    client
      .once('connect', () => done())
      .on('error', down)
      .once('close', () => down());
    client.connect();
  });
}

/** Keeps a message before it is acknowledged. Sent again (`dup`) after a break, it may be here already. */
async function keep(options: { feed: string; packet: IPublishPacket; services: Services }): Promise<void> {
  const { feed, packet, services } = options;
  const sent = Buffer.isBuffer(packet.payload) ? packet.payload : Buffer.from(packet.payload);
  // Too long a message is no row, but it is seen: the checks refuse what stands in its place.
  const body = sent.length > MESSAGE_BYTES ? Buffer.from(JSON.stringify({ message: `${sent.length} bytes` })) : sent;
  const digest = createHash('sm3').update(packet.topic).update('\n').update(body).digest('hex');
  await services.database.tx({ module: 'exchange', actor: systemActor({ name: 'feeds' }) }, async (db) => {
    if (packet.dup) {
      // The one message in doubt is the last that was kept before the break.
      const last = await db.first<{ digest: string }>(
        sql`select message_digest as digest from exchange.feed where id = ${feed}`,
      );
      if (last?.digest === digest) {
        await db.run(sql`update exchange.feed set message_digest = null where id = ${feed}`);
        return;
      }
    }
    await db.run(
      sql`insert into exchange.feed_message (feed, digest, body) values (${feed}, ${digest}, ${services.keyring.seal(body.toString('utf8'), `feed-message:${feed}`)})`,
    );
    await db.run(sql`update exchange.feed set message_digest = ${digest} where id = ${feed}`);
  });
}
