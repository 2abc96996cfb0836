import { constants, createHmac, createPublicKey, verify } from 'node:crypto';
import { expect, it } from 'vitest';
import { readPublicKey, signatureHolds } from '#platform/exchange/gateway/algorithms.ts';
import { contentDigest, claimedDigests, digestsHold } from '#platform/exchange/gateway/content-digest.ts';
import { BaseFault, type SignedMessage, signatureBase } from '#platform/exchange/gateway/signature-base.ts';
import {
  FieldSyntax,
  type InnerList,
  isInnerList,
  parseDictionary,
} from '#platform/exchange/gateway/structured-fields.ts';

/*
 * The published vectors of RFC 9421 (HTTP Message Signatures, appendix B.2) and RFC 9530 (Digest Fields, appendix B), by clause;
 * and what both say must be refused.
 */
const request: SignedMessage = {
  method: 'POST',
  target: 'https://example.com/foo?param=Value&Pet=dog',
  fields: [
    ['Host', 'example.com'],
    ['Date', 'Tue, 20 Apr 2021 02:07:55 GMT'],
    ['Content-Type', 'application/json'],
    [
      'Content-Digest',
      'sha-512=:WZDPaVn/7XgHaAy8pmojAkGWoRx2UFChF41A2svX+TaPm+AbwAgBWnrIiYllu7BNNyealdVLvRwEmTHWXvJwew==:',
    ],
    ['Content-Length', '18'],
  ],
};
const response: SignedMessage = {
  status: 200,
  fields: [
    ['Date', 'Tue, 20 Apr 2021 02:07:56 GMT'],
    ['Content-Type', 'application/json'],
    [
      'Content-Digest',
      'sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxoYhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:',
    ],
    ['Content-Length', '23'],
  ],
};
const RSA = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr4tmm3r20Wd/PbqvP1s2
+QEtvpuRaV8Yq40gjUR8y2Rjxa6dpG2GXHbPfvMs8ct+Lh1GH45x28Rw3Ry53mm+
oAXjyQ86OnDkZ5N8lYbggD4O3w6M6pAvLkhk95AndTrifbIFPNU8PPMO7OyrFAHq
gDsznjPFmTOtCEcN2Z1FpWgchwuYLPL+Wokqltd11nqqzi+bJ9cvSKADYdUAAN5W
Utzdpiy6LbTgSxP7ociU4Tn0g5I6aDZJ7A8Lzo0KSyZYoA485mqcO0GVAdVw9lq4
aOT9v6d+nb4bnNkQVklLQ3fVAvJm+xdDOp9LCNCN48V2pnDOkFV6+U9nV5oyc6XI
2wIDAQAB
-----END PUBLIC KEY-----`;
const ED25519 = `-----BEGIN PUBLIC KEY-----
MCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=
-----END PUBLIC KEY-----`;
const P256 = `-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf
w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==
-----END PUBLIC KEY-----`;
const SECRET = 'uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==';

function inputOf(text: string): InnerList {
  const [member] = parseDictionary(text).values();
  if (!member || !isInnerList(member)) throw new Error('no inner list');
  return member;
}
const rsaHolds = (base: string, signature: string): boolean =>
  verify(
    'sha512',
    Buffer.from(base),
    { key: createPublicKey(RSA), padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 64 },
    Buffer.from(signature, 'base64'),
  );
const holds = (pem: string, base: string, signature: string): boolean => {
  const key = readPublicKey(pem);
  return key !== undefined && signatureHolds(key, Buffer.from(base), Buffer.from(signature, 'base64'));
};

it('RFC 9421 B.2.1: minimal signature with rsa-pss-sha512', () => {
  const base = signatureBase(
    request,
    inputOf('sig-b21=();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd"'),
  );
  expect(base).toBe(
    '"@signature-params": ();created=1618884473;keyid="test-key-rsa-pss";nonce="b3k2pp5k7z-50gnwp.yemd"',
  );
  expect(
    rsaHolds(
      base,
      'd2pmTvmbncD3xQm8E9ZV2828BjQWGgiwAaw5bAkgibUopemLJcWDy/lkbbHAve4cRAtx31Iq786U7it++wgGxbtRxf8Udx7zFZsckzXaJMkA7ChG52eSkFxykJeNqsrWH5S+oxNFlD4dzVuwe8DhTSja8xxbR/Z2cOGdCbzR72rgFWhzx2VjBqJzsPLMIQKhO4DGezXehhWwE56YCE+O6c0mKZsfxVrogUvA4HELjVKWmAvtl6UnCh8jYzuVG5WSb/QEVPnP5TmcAnLH1g+s++v6d4s8m0gCw1fV5/SITLq9mhho8K3+7EPYTU8IU1bLhdxO5Nyt8C8ssinQ98Xw9Q==',
    ),
  ).toBe(true);
});

it('RFC 9421 B.2.2: selective components, a query parameter by name and a tag', () => {
  const base = signatureBase(
    request,
    inputOf(
      'sig-b22=("@authority" "content-digest" "@query-param";name="Pet");created=1618884473;keyid="test-key-rsa-pss";tag="header-example"',
    ),
  );
  expect(base.split('\n')[2]).toBe('"@query-param";name="Pet": dog');
  expect(
    rsaHolds(
      base,
      'LjbtqUbfmvjj5C5kr1Ugj4PmLYvx9wVjZvD9GsTT4F7GrcQEdJzgI9qHxICagShLRiLMlAJjtq6N4CDfKtjvuJyE5qH7KT8UCMkSowOB4+ECxCmT8rtAmj/0PIXxi0A0nxKyB09RNrCQibbUjsLS/2YyFYXEu4TRJQzRw1rLEuEfY17SARYhpTlaqwZVtR8NV7+4UKkjqpcAoFqWFQh62s7Cl+H2fjBSpqfZUJcsIk4N6wiKYd4je2U/lankenQ99PZfB4jY3I5rSV2DSBVkSFsURIjYErOs0tFTQosMTAoxk//0RoKUqiYY8Bh0aaUEb0rQl3/XaVe4bXTugEjHSw==',
    ),
  ).toBe(true);
});

it('RFC 9421 B.2.3: the base of full coverage', () => {
  const base = signatureBase(
    request,
    inputOf(
      'sig-b23=("date" "@method" "@path" "@query" "@authority" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-rsa-pss"',
    ),
  );
  expect(base.split('\n').slice(0, 5)).toEqual([
    '"date": Tue, 20 Apr 2021 02:07:55 GMT',
    '"@method": POST',
    '"@path": /foo',
    '"@query": ?param=Value&Pet=dog',
    '"@authority": example.com',
  ]);
});

it('RFC 9421 B.2.4: a response with ecdsa-p256-sha256', () => {
  const base = signatureBase(
    response,
    inputOf(
      'sig-b24=("@status" "content-type" "content-digest" "content-length");created=1618884473;keyid="test-key-ecc-p256"',
    ),
  );
  const signature = 'wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==';
  expect(holds(P256, base, signature)).toBe(true);
  expect(holds(P256, base.replace('200', '201'), signature)).toBe(false);
});

it('RFC 9421 B.2.5: the base of an hmac-sha256 signature', () => {
  const base = signatureBase(
    request,
    inputOf('sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"'),
  );
  expect(createHmac('sha256', Buffer.from(SECRET, 'base64')).update(base).digest('base64')).toBe(
    'pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=',
  );
});

it('RFC 9421 B.2.6: a request with ed25519', () => {
  const base = signatureBase(
    request,
    inputOf(
      'sig-b26=("date" "@method" "@path" "@authority" "content-type" "content-length");created=1618884473;keyid="test-key-ed25519"',
    ),
  );
  const signature = 'wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==';
  expect(holds(ED25519, base, signature)).toBe(true);
  expect(holds(ED25519, base.replace('POST', 'PUT'), signature)).toBe(false);
});

it.each([
  [
    '2.1: lines of one name are joined by a comma, blanks at their ends go',
    ['cache-control'],
    '"cache-control": max-age=60, must-revalidate',
  ],
  ['2.1: an empty field is an empty value', ['x-empty-header'], '"x-empty-header": '],
  [
    '2.1.1: a dictionary in its strict form',
    ['"example-dict";sf'],
    '"example-dict";sf: a=1, b=2;x=1;y=2, c=(a b c), d',
  ],
  ['2.1.2: one member of a dictionary', ['"example-dict";key="a"'], '"example-dict";key="a": 1'],
  ['2.1.2: a member that is a list', ['"example-dict";key="c"'], '"example-dict";key="c": (a b c)'],
  ['2.1.2: a member without value', ['"example-dict";key="d"'], '"example-dict";key="d": ?1'],
  [
    '2.1.3: a field as bytes',
    ['"example-header";bs'],
    '"example-header";bs: :dmFsdWUsIHdpdGgsIGxvdHM=:, :b2YsIGNvbW1hcw==:',
  ],
  ['2.2.2: the target as it was sent', ['@target-uri'], '"@target-uri": https://WWW.Example.com:443/path?param=value'],
  ['2.2.3: the authority in lower case without its default port', ['@authority'], '"@authority": www.example.com'],
  ['2.2.4: the scheme', ['@scheme'], '"@scheme": https'],
  ['2.2.5: the request target', ['@request-target'], '"@request-target": /path?param=value'],
  ['2.2.6: the path', ['@path'], '"@path": /path'],
  ['2.2.7: the query', ['@query'], '"@query": ?param=value'],
])('RFC 9421 %s', (_clause, [component = ''], line) => {
  const message: SignedMessage = {
    method: 'POST',
    target: 'https://WWW.Example.com:443/path?param=value',
    fields: [
      ['Cache-Control', '  max-age=60 '],
      ['Cache-Control', '    must-revalidate'],
      ['X-Empty-Header', ''],
      ['Example-Dict', '  a=1,    b=2;x=1;y=2,   c=(a   b   c), d'],
      ['Example-Header', 'value, with, lots'],
      ['Example-Header', 'of, commas'],
    ],
  };
  const item = component.startsWith('"') ? component : `"${component}"`;
  expect(signatureBase(message, inputOf(`sig=(${item})`)).split('\n')[0]).toBe(line);
});

it.each([
  ['2.5: a component covered twice', '("@method" "@method")'],
  ['2.5: a component that is not in the message', '("@method" "absent")'],
  ['2.5: a parameter that is not known', '("@method";what)'],
  ['2.5: a name in upper case', '("Date")'],
  ['2.1.3: bytes and a key at once', '("date";bs;key="a")'],
  ['2.2.8: a query parameter that stands twice', '("@query-param";name="twice")'],
  ['2.4: a component of a request that is not there', '("@method";req)'],
])('RFC 9421 %s gives no base', (_clause, input) => {
  const message = { ...request, target: 'https://example.com/?twice=1&twice=2' };
  expect(() => signatureBase(message, inputOf(`sig=${input}`))).toThrow(BaseFault);
});

it.each([
  ['a key twice', 'a=1, a=2'],
  ['a comma at the end', 'a=1,'],
  ['a parameter twice', 'a=();b=1;b=2'],
  ['base64 that is not canonical', 'a=:YQ=b:'],
  ['base64 with bits behind its end', 'a=:YR==:'],
  ['an open string', 'a="b'],
  ['a control character in a string', 'a="b\u0007"'],
  ['too long an integer', 'a=1234567890123456'],
  ['items that run together', 'a=("b""c")'],
  ['an upper-case key', 'A=1'],
])('RFC 8941: %s is refused', (_what, text) => {
  expect(() => parseDictionary(text)).toThrow(FieldSyntax);
});

it('RFC 9530 B.1: digest of the content, with the line feed that belongs to it', () => {
  expect(contentDigest('{"hello": "world"}\n')).toBe('sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:');
  expect(contentDigest('{"hello": "world"}')).toBe('sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:');
  const claims = claimedDigests(request.fields[3]?.[1] ?? '');
  expect(digestsHold(claims, Buffer.from('{"hello": "world"}'))).toBe(true);
  expect(digestsHold(claims, Buffer.from('{"hello": "World"}'))).toBe(false);
});

it('RFC 9530 5 and 6: insecure algorithms do not count, each that counts must hold', () => {
  expect(claimedDigests('md5=:Sd/dVLAcvNLSq16eXua5uQ==:, sha=:07CavjDP4u3/TungoUHJO/Wzr4c=:').size).toBe(0);
  expect(digestsHold(new Map(), Buffer.from('x'))).toBe(false);
  const both = `${contentDigest('x')}, sha-512=:${Buffer.alloc(64).toString('base64')}:`;
  expect(digestsHold(claimedDigests(both), Buffer.from('x'))).toBe(false);
});
