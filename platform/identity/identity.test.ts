import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfig } from '#platform/kernel/config.ts';
import { POSTS } from '#platform/kernel/actor.ts';
import { FREE_TRIES, lockAfter, networkOf } from './attempts.ts';
import { assertDemoAccountsAllowed, readDemoAccounts } from './demo-accounts.ts';
import { districtFolder, readOrganisation } from './organisation.ts';
import { hashPassword, passwordMatches } from './password.ts';
import { deviceOf, newToken, sessionCookie, sessionIn, tokenHash } from './session.ts';
import { ENTRANCES } from './who-am-i.ts';

const root = resolve(import.meta.dirname, '../..');

describe('demo accounts', () => {
  it('are refused at start wherever others can connect', () => {
    expect(() => assertDemoAccountsAllowed({ sample: true, host: '0.0.0.0' })).toThrow(/SAMPLE=off/);
    expect(() => assertDemoAccountsAllowed({ sample: true, host: '192.168.1.5' })).toThrow(/只能监听本机/);
    expect(() => assertDemoAccountsAllowed({ sample: true, host: '::' })).toThrow();
    expect(() => assertDemoAccountsAllowed({ sample: false, host: '0.0.0.0' })).not.toThrow();
    for (const host of ['127.0.0.1', 'localhost', '::1'])
      expect(() => assertDemoAccountsAllowed({ sample: true, host })).not.toThrow();
  });

  it('cover every post, in units that exist', async () => {
    const demos = readDemoAccounts(root);
    expect(new Set(demos.map(({ post }) => post))).toEqual(new Set(POSTS));
    const codes = new Set((await readOrganisation(districtFolder(root))).map(({ code }) => code));
    for (const { unit } of demos) if (unit !== undefined) expect(codes).toContain(unit);
  });
});

describe('the organisation', () => {
  it('holds 170 committees below their streets, each in the area of its street', async () => {
    const units = await readOrganisation(districtFolder(root));
    const byCode = new Map(units.map((unit) => [unit.code, unit]));
    const committees = units.filter(({ kind }) => kind === 'committee');
    expect(committees).toHaveLength(170);
    for (const { area, parent } of committees)
      expect(area?.startsWith(byCode.get(parent ?? '')?.area ?? '?')).toBe(true);
    expect(byCode.get('committee-310101013001')?.parent).toBe('street-310101013');
  });
});

describe('lock-out', () => {
  it('leaves nine bad tries free, then doubles from a minute up to an hour', () => {
    expect(lockAfter(FREE_TRIES - 1)).toBe(0);
    expect([10, 11, 12, 13].map((bad) => lockAfter(bad) / 60_000)).toEqual([1, 2, 4, 8]);
    fc.assert(
      fc.property(fc.nat({ max: 100_000 }), (bad) => {
        expect(lockAfter(bad + 1)).toBeGreaterThanOrEqual(lockAfter(bad));
        expect(lockAfter(bad)).toBeLessThanOrEqual(3_600_000);
      }),
    );
  });
});

describe('a caller’s network', () => {
  it('is the address, or for IPv6 its first 64 bits, however it is written', () => {
    expect(networkOf('203.0.113.7')).toBe('203.0.113.7');
    expect(networkOf('::ffff:203.0.113.7')).toBe('203.0.113.7');
    expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
    const part = fc.integer({ min: 0, max: 0xffff });
    fc.assert(
      fc.property(fc.array(part, { minLength: 8, maxLength: 8 }), fc.boolean(), (groups, padded) => {
        const text = groups.map((group) => group.toString(16).padStart(padded ? 4 : 1, '0')).join(':');
        // The URL parser writes an address in its short form.
        const short = new URL(`http://[${text}]/`).hostname.slice(1, -1);
        const wanted = `${groups
          .slice(0, 4)
          .map((group) => group.toString(16))
          .join(':')}::/64`;
        expect(networkOf(text)).toBe(wanted);
        expect(networkOf(short)).toBe(wanted);
      }),
    );
  });
});

describe('session tokens', () => {
  it('are 256 random bits, and only their digest is looked up', () => {
    const local = readConfig({});
    const token = newToken();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(sessionIn(`theme=dark; sid=${token}`, local)).toBe(tokenHash(token));
    expect(sessionIn(`sid=${token}; other=1`, local)).toBe(tokenHash(token));
    for (const cookie of [undefined, '', 'sid=', `xsid=${token}`, `sid=${token}x`, `sid=${token.slice(1)}`])
      expect(sessionIn(cookie, local)).toBeUndefined();
  });

  it('travel in a cookie that scripts and other sites cannot use, and TLS only where others can listen', () => {
    const cookie = (host: string) => sessionCookie({ token: 't', config: readConfig({ HOST: host }) });
    expect(cookie('127.0.0.1')).toBe('sid=t; Path=/; HttpOnly; SameSite=Lax; Max-Age=43200');
    expect(cookie('0.0.0.0')).toMatch(/; Secure$/);
    const shown = readConfig({ PUBLIC_ORIGIN: 'https://city.example' });
    expect(sessionCookie({ token: 't', config: shown })).toMatch(/^__Host-sid=t; Path=\/; .*; Secure$/);
    // A neighbouring host can plant a plain cookie, so that is not read there.
    const token = newToken();
    expect(sessionIn(`sid=${token}`, shown)).toBeUndefined();
    expect(sessionIn(`sid=${token}; __Host-sid=${token}`, shown)).toBe(tokenHash(token));
    for (const wrong of ['city.example', 'ftp://city.example', 'https://city.example/path'])
      expect(() => readConfig({ PUBLIC_ORIGIN: wrong })).toThrow(/PUBLIC_ORIGIN/);
    expect(sessionCookie({ token: undefined, config: readConfig({}) })).toMatch(/^sid=; .*Max-Age=0/);
  });

  it('name a device in a few words', () => {
    expect(
      deviceOf('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'),
    ).toBe('Chrome 142 · Linux');
    expect(deviceOf(undefined)).toBe('—');
  });
});

describe('passwords', () => {
  it('are argon2id with 19 MiB, and match in any width of the same characters', async () => {
    const hash = await hashPassword('ｐａｓｓ-密码-1');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwordMatches({ hash, password: 'pass-密码-1' })).toBe(true);
    expect(await passwordMatches({ hash, password: 'pass-密码-2' })).toBe(false);
    expect(await passwordMatches({ hash: undefined, password: 'pass-密码-1' })).toBe(false);
  });
});

it('gives every post an entrance', () => {
  for (const post of POSTS) expect(ENTRANCES[post].length).toBeGreaterThan(0);
});
