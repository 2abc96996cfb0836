import type { ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerCas } from '#platform/identity/cas/testing.ts';
import { Browser, openProviderHouse, type ProviderHouse, typePassword } from '#platform/identity/oidc/testing.ts';
import { APACHE, freePort, MODULES, startApache } from '../apache.ts';

/* Debian's mod_auth_cas as a real system: login, validation, attributes and single log-out are its own code, in C. */
const here = existsSync(APACHE) && existsSync(`${MODULES}/mod_auth_cas.so`);

let house: ProviderHouse;
let apache: ChildProcess;
let origin: string;

beforeAll(async () => {
  if (!here) return;
  house = await openProviderHouse();
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  const folder = mkdtempSync(join(tmpdir(), 'apache-cas-'));
  mkdirSync(join(folder, 'www/secure/who'), { recursive: true });
  mkdirSync(join(folder, 'cache'));
  chmodSync(join(folder, 'cache'), 0o777);
  writeFileSync(join(folder, 'www/secure/who/index.html'), 'inside');
  await registerCas(house, { id: 'apache-cas', redirect_uris: [`${origin}/secure/`], scopes: ['openid', 'profile'] });
  const lines = `
CASVersion 2
CASLoginURL ${house.issuer}/cas/login
CASValidateURL ${house.issuer}/cas/p3/serviceValidate
CASCookiePath ${folder}/cache/
CASRootProxiedAs ${origin}
CASSSOEnabled On
<Location /secure>
  AuthType CAS
  CASScope /secure
  CASAuthNHeader CAS-User
  Require valid-user
</Location>
<Location /secure/who>
  Header always set X-Remote-User "expr=%{REMOTE_USER}"
</Location>
`;
  apache = await startApache({ folder, port, modules: ['auth_cas'], lines });
}, 400_000);
afterAll(async () => {
  apache?.kill('SIGTERM');
  await house?.close();
});

async function visit(browser: Browser): Promise<{ status: number; body: string; user: string | null; pages: number }> {
  let pages = 0;
  let at = await browser.follow(`${origin}/secure/who/`, 'none:');
  while (new URL(at.url).pathname === '/login') {
    if (++pages > 2) throw new Error('asked again and again');
    at = await browser.follow(await typePassword({ house, browser, interaction: at.url }), 'none:');
  }
  return { status: at.status, body: at.body, user: at.headers.get('x-remote-user'), pages };
}

describe.skipIf(!here)('Debian’s libapache2-mod-auth-cas as a system (skipped where Apache is absent)', () => {
  it('CAS 2.1, 2.8 signs a person in: ticket, validation and user name by the module', async () => {
    const browser = new Browser();
    const first = await visit(browser);
    expect(first).toMatchObject({ status: 200, body: 'inside', pages: 1 });
    expect(first.user).toMatch(/^[\w-]{43}$/);
    expect(await visit(browser)).toMatchObject({ body: 'inside', user: first.user, pages: 0 });
  });

  it('CAS 2.3.3 the module takes our LogoutRequest and ends its session', async () => {
    const browser = new Browser();
    expect((await visit(browser)).body).toBe('inside');
    await browser.open(`${house.issuer}/cas/logout`);
    const end = Date.now() + 5_000;
    let inside = true;
    while (inside && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      inside = (await browser.open(`${origin}/secure/who/`)).status === 200;
    }
    expect(inside).toBe(false);
  });
});
