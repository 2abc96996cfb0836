/** Child process of the bench `login`: the platform with its demo accounts, and the bare check of a password for comparison. */
import { verify } from '@node-rs/argon2';
import { access } from '#platform/access/app.ts';
import { audit } from '#platform/audit/app.ts';
import { identity } from '#platform/identity/app.ts';
import { readDemoAccounts } from '#platform/identity/demo-accounts.ts';
import { hashPassword } from '#platform/identity/password.ts';
import { openBenchHouse } from './bench-house.ts';

export type LoginReady = { url: string; cost: string; browsers: { cookie: string; body: string }[] };
type Message = 'sessions' | 'close' | { check: { atOnce: number; seconds: number } };

const house = await openBenchHouse({ name: 'login', manifests: [identity, access, audit] });
const url = await house.server.fastify.listen({ host: '127.0.0.1', port: 0 });

/** Each account on a browser that it has signed in from before. */
const browsers: LoginReady['browsers'] = [];
for (const { account, password } of readDemoAccounts(house.services.config.root)) {
  const body = JSON.stringify({ account, password });
  const headers = { 'content-type': 'application/json' };
  const reply = await fetch(`${url}/api/identity/login`, { method: 'POST', headers, body });
  if (!reply.ok) throw new Error(`${account}: ${reply.status}`);
  const device = reply.headers.getSetCookie().find((line) => line.startsWith('device='));
  browsers.push({ cookie: device?.split(';')[0] ?? '', body });
}

const password = 'a password of ordinary length';
const hash = await hashPassword(password);
const [, , , cost = ''] = hash.split('$');

async function bareChecks({ atOnce, seconds }: { atOnce: number; seconds: number }): Promise<number> {
  const start = performance.now();
  const end = start + seconds * 1000;
  let done = 0;
  const one = async () => {
    while (performance.now() < end) {
      if (!(await verify(hash, password))) throw new Error('the reference does not match');
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return (done * 1000) / (performance.now() - start);
}

process.on('message', async (message: Message) => {
  if (message === 'sessions') {
    const { rows } = await house.client.query<{ n: number }>('select count(*)::int as n from identity.session');
    process.send?.(rows[0]?.n);
  } else if (message === 'close') {
    await house.close();
    process.disconnect();
  } else process.send?.(await bareChecks(message.check));
});
process.send?.({ url, cost: `argon2id ${cost} (m in KiB)`, browsers } satisfies LoginReady);
