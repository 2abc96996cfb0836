import { sm2 } from 'sm-crypto-v2';
import { expect, it } from 'vitest';
import { type CardFacts, isRead, signReading } from './card-reading.ts';

const facts: CardFacts = {
  name: '样例',
  sex: '2',
  nation: '汉',
  birthDate: '1990-01-01',
  address: '上海市黄浦区样例路 1 号',
  number: '310199199001011234',
  issuer: '样例公安局',
  validFrom: '2020-01-01',
};
const { privateKey, publicKey } = sm2.generateKeyPairHex();

it('believes a reading of this device for this session, and nothing that differs from it in one place', () => {
  const signature = signReading({ challenge: 'one', facts, privateKey, publicKey });
  expect(isRead({ challenge: 'one', reading: { facts, signature }, publicKey })).toBe(true);
  expect(isRead({ challenge: 'two', reading: { facts, signature }, publicKey })).toBe(false);
  expect(isRead({ challenge: 'one', reading: { facts: { ...facts, name: '别人' }, signature }, publicKey })).toBe(
    false,
  );
  const other = sm2.generateKeyPairHex().publicKey;
  expect(isRead({ challenge: 'one', reading: { facts, signature }, publicKey: other })).toBe(false);
  expect(isRead({ challenge: 'one', reading: { facts, signature: 'ab'.repeat(70) }, publicKey })).toBe(false);
});
