import type { Post } from '#platform/kernel/actor.ts';
import { call, type TestHouse } from '#platform/kernel/testing.ts';
import { readDemoAccounts } from './demo-accounts.ts';

/** Signs a demo account in as a browser does and returns its cookie; `who` is an account, or a post for its first account. */
export async function signIn(house: TestHouse, who: Post | (string & {})): Promise<string> {
  const demos = readDemoAccounts(house.services.config.root);
  const demo = demos.find(({ account }) => account === who) ?? demos.find(({ post }) => post === who);
  if (demo === undefined) throw new Error(`no demo account ${who}`);
  const reply = await call(house, {
    method: 'POST',
    url: '/api/identity/login',
    body: { account: demo.account, password: demo.password },
  });
  if (reply.statusCode !== 200) throw new Error(`${who} cannot sign in: ${reply.statusCode} ${reply.body}`);
  return String(reply.headers['set-cookie']).split(';')[0] as string;
}
