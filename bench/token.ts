/**
 * `token`: refresh grants with rotation a second by HTTP on PostgreSQL: client authenticated, token, grant and account read, old
 * token used up, new refresh and access token written and committed, ID token signed. The client of the bench has chosen ES256, as
 * each client chooses at its registration. Reference: bare fastify with plain `pg` that reads, changes, adds and commits as many
 * rows, without a provider, in alternate rounds. Wanted are 500 refresh grants a second on two cores, which server, database and
 * load share.
 * Usage: token [rounds] [seconds]
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';
import { alternate, median, report } from './lib/figure.ts';
import type { TokenReady } from './lib/token-server.ts';

const [rounds = 5, seconds = 4] = process.argv.slice(2).map(Number);
const LEAST_PER_SECOND = 500;

const child = fork(join(import.meta.dirname, 'lib/token-server.ts'));
const [ready] = (await once(child, 'message')) as [TokenReady];
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

function post(url: string, headers: Record<string, string>, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: 'POST', agent, headers: { ...headers, 'content-length': body.length } },
      (reply) => {
        let text = '';
        reply.setEncoding('utf8').on('data', (chunk) => (text += chunk));
        reply.on('end', () =>
          reply.statusCode === 200 ? resolve(text) : reject(new Error(`${reply.statusCode} ${text}`)),
        );
      },
    );
    sent.on('error', reject).end(body);
  });
}

async function inTurn(one: (chain: number) => Promise<void>): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1000;
  let done = 0;
  await Promise.all(
    ready.tokens.map(async (_token, chain) => {
      while (performance.now() < end) {
        await one(chain);
        done += 1;
      }
    }),
  );
  return (done * 1000) / (performance.now() - start);
}

const form = { 'content-type': 'application/x-www-form-urlencoded', authorization: ready.authorization };
const refreshes = () =>
  inTurn(async (chain) => {
    const body = `grant_type=refresh_token&refresh_token=${ready.tokens[chain]}`;
    const reply = JSON.parse(await post(`${ready.url}/oidc/token`, form, body)) as {
      refresh_token: string;
      id_token?: string;
    };
    if (!reply.id_token || reply.refresh_token === ready.tokens[chain]) throw new Error('not rotated');
    ready.tokens[chain] = reply.refresh_token;
  });
const bare = () =>
  inTurn(async () => {
    await post(`${ready.bare}/bare`, { 'content-type': 'application/json' }, '{}');
  });

try {
  const rates = await alternate({ rounds, works: { ours: refreshes, reference: bare } });
  const ours = median(rates.ours);
  const reference = median(rates.reference);
  const spread = (values: number[]) => values.map((value) => Math.round(value)).join('/');
  report({
    name: 'token',
    ours,
    reference,
    ratio: ours / reference,
    unit: 'refresh grants/s',
    wanted: LEAST_PER_SECOND / reference,
    note: `PostgreSQL, ${ready.tokens.length} chains, rotation and ES256 ID token (the client's choice), reference bare fastify with 3 rows read, 1 changed, 2 added and committed, medians of ${rounds} alternate rounds of ${seconds} s; wanted ${LEAST_PER_SECOND}/s; rounds ours ${spread(rates.ours)} reference ${spread(rates.reference)}`,
  });
} finally {
  child.send('close');
  await once(child, 'exit');
}
