import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  agree,
  Browser,
  openProviderHouse,
  type ProviderHouse,
  registerClient,
  typePassword,
} from '#platform/identity/oidc/testing.ts';
import { APACHE, freePort, MODULES, startApache } from '../apache.ts';

/*
 * Debian's mod_auth_openidc as a real relying party: discovery, code, PKCE, state, nonce, signature and back-channel logout are
 * its own code, in C.
 */
const here = existsSync(APACHE) && existsSync(`${MODULES}/mod_auth_openidc.so`);

let house: ProviderHouse;
let apache: ChildProcess;
let origin: string;

function lines(options: { port: number; issuer: string; secret: string }): string {
  const { port, issuer, secret } = options;
  return `
OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration
OIDCClientID apache
OIDCClientSecret ${secret}
OIDCRedirectURI http://127.0.0.1:${port}/secure/redirect_uri
OIDCCryptoPassphrase a-passphrase-of-this-test-only
OIDCScope "openid profile"
OIDCPKCEMethod S256
OIDCIDTokenSignedResponseAlg RS256
OIDCSSLValidateServer Off
OIDCSessionType server-cache
OIDCRemoteUserClaim name
<Location /secure>
  AuthType openid-connect
  Require valid-user
  # The test's browser says "cors" as every fetch does; the module would take it for a script.
  OIDCUnAuthAction auth "true"
</Location>
<Location /secure/who>
  Header always set X-Remote-Name "expr=%{REMOTE_USER}"
</Location>
`;
}

beforeAll(async () => {
  if (!here) return;
  house = await openProviderHouse();
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  const folder = mkdtempSync(join(tmpdir(), 'apache-'));
  mkdirSync(join(folder, 'www/secure/who'), { recursive: true });
  writeFileSync(join(folder, 'www/secure/who/index.html'), 'inside');
  const secret = await registerClient(house, {
    id: 'apache',
    redirect_uris: [`${origin}/secure/redirect_uri`],
    backchannel_logout_uri: `${origin}/secure/redirect_uri?logout=backchannel`,
  });
  const ours = lines({ port, issuer: house.issuer, secret });
  apache = await startApache({ folder, port, modules: ['auth_openidc'], lines: ours });
}, 400_000);
afterAll(async () => {
  apache?.kill('SIGTERM');
  await house?.close();
});

/** Goes to a page of Apache as a browser does, with what is asked on the way. */
async function visit(browser: Browser): Promise<{ body: string; name: string | null; asked: string[] }> {
  const asked: string[] = [];
  let at = await browser.follow(`${origin}/secure/who/`, 'none:');
  while (new URL(at.url).pathname === '/login') {
    const details = await browser.open(
      `${house.issuer}/oidc/interaction/${new URL(at.url).searchParams.get('interaction')}/details`,
    );
    const { prompt } = JSON.parse(details.body) as { prompt: string };
    asked.push(prompt);
    if (asked.length > 3) throw new Error(asked.join());
    const next =
      prompt === 'login'
        ? await typePassword({ house, browser, interaction: at.url })
        : await agree({ house, browser, interaction: at.url, remember: true });
    at = await browser.follow(next, 'none:');
  }
  return { body: at.body, name: at.headers.get('x-remote-name'), asked };
}

describe.skipIf(!here)('Debian’s libapache2-mod-auth-openidc as relying party (skipped where Apache is absent)', () => {
  it('OIDC Core 3.1 signs a person in: discovery, PKCE, nonce, signature checked by the module', async () => {
    const browser = new Browser();
    const first = await visit(browser);
    expect(first).toMatchObject({ body: 'inside', asked: ['login', 'consent'] });
    expect(first.name).toBeTruthy();
    expect((await visit(browser)).asked).toEqual([]);
  });

  it('OIDC Back-Channel Logout 2.5 the module takes our logout token and ends its session', async () => {
    const browser = new Browser();
    expect((await visit(browser)).body).toBe('inside');
    const web = await browser.follow(`${house.issuer}/oidc/web/start?next=/x`, `${house.issuer}/x`);
    expect(web.url).toBe(`${house.issuer}/x`);
    await browser.open(`${house.issuer}/api/identity/logout`, { json: {} });
    const end = Date.now() + 5_000;
    let inside = true;
    while (inside && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      const page = await browser.open(`${origin}/secure/who/`);
      inside = page.status === 200 && page.body === 'inside';
    }
    expect(inside).toBe(false);
  });
});
