import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeyring, rotateKeyring, SecretError } from '#platform/kernel/secret.ts';

let dir = '';
let file = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'secret-'));
  file = join(dir, 'keys', 'district.key');
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe('sealed values', () => {
  it('open to what was sealed, and no two envelopes are equal', () => {
    const ring = openKeyring({ file });
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (plain, context) => {
        const sealed = ring.seal(plain, context);
        expect(sealed).toMatch(/^s1\.[A-Za-z0-9_-]+$/);
        expect(ring.open(sealed, context)).toBe(plain);
        expect(ring.seal(plain, context)).not.toBe(sealed);
      }),
    );
  });

  it('refuse another context, another ring and any changed character', () => {
    const ring = openKeyring({ file });
    const sealed = ring.seal('310101198502011234', 'population.person.idNumber');
    expect(() => ring.open(sealed, 'population.person.name')).toThrow(SecretError);
    const other = openKeyring({ file: join(dir, 'other.key') });
    expect(() => other.open(sealed, 'population.person.idNumber')).toThrow(/unknown-key/);
    for (let at = 0; at < sealed.length; at += 1) {
      const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
      expect(() => ring.open(changed, 'population.person.idNumber')).toThrow(SecretError);
    }
    for (const text of ['', 's1.', 's1.AAAA', '310101198502011234']) {
      expect(() => ring.open(text, 'x')).toThrow(/format/);
    }
  });
});

describe('look-up keys', () => {
  it('are equal for spellings of one value and differ by kind, value and ring', () => {
    const ring = openKeyring({ file });
    const key = ring.lookup('citizen-id', '11010519491231002X');
    expect(key).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(ring.lookup('citizen-id', ' 110105１９491231002x')).toBe(key);
    expect(ring.lookup('phone', '11010519491231002X')).not.toBe(key);
    expect(ring.lookup('citizen-id', '110105194912310021')).not.toBe(key);
    expect(openKeyring({ file: join(dir, 'other.key') }).lookup('citizen-id', '11010519491231002X')).not.toBe(key);
  });

  it('stay when keys rotate, and old envelopes still open', () => {
    const before = openKeyring({ file });
    const sealed = before.seal('value', 'c');
    const after = rotateKeyring({ file });
    expect(after.currentKeyId).not.toBe(before.currentKeyId);
    expect(after.open(sealed, 'c')).toBe('value');
    expect(after.isStale(sealed)).toBe(true);
    expect(after.isStale(after.seal('value', 'c'))).toBe(false);
    expect(after.lookup('k', 'v')).toBe(before.lookup('k', 'v'));
    expect(openKeyring({ file }).currentKeyId).toBe(after.currentKeyId);
  });
});

describe('key file', () => {
  it('is made once, with mode 0600, and read again', () => {
    const ring = openKeyring({ file });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const text = readFileSync(file, 'utf8');
    expect(openKeyring({ file }).open(ring.seal('x', 'c'), 'c')).toBe('x');
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('is refused where others can read it, where it is damaged, and where it must exist but does not', () => {
    expect(() => openKeyring({ file, create: false })).toThrow(/does not exist/);
    openKeyring({ file });
    chmodSync(file, 0o644);
    expect(() => openKeyring({ file })).toThrow(/0600/);
    chmodSync(file, 0o600);
    writeFileSync(file, '{"version":1,"secret":"visible"');
    expect(() => openKeyring({ file })).toThrow(/^key file district.key is damaged$/);
  });

  it('must lie outside the data directory, links followed', () => {
    const dataDir = join(dir, 'data');
    mkdirSync(dataDir);
    expect(() => openKeyring({ file: join(dataDir, 'a.key'), dataDir })).toThrow(/inside/);
    symlinkSync(dataDir, join(dir, 'link'));
    expect(() => openKeyring({ file: join(dir, 'link', 'a.key'), dataDir })).toThrow(/inside/);
    expect(openKeyring({ file, dataDir }).currentKeyId).toMatch(/^[0-9a-f]{8}$/);
  });
});
