import { generateKeyPairSync } from 'node:crypto';
import { assert, register, softwareKey } from './software-authenticator.ts';

/** The challenge that the test matrix puts in place before it sends these answers. */
export const EXAMPLE_CHALLENGE = 'ZXhhbXBsZS1jaGFsbGVuZ2Utb2YtdGhlLW1hdHJpeA';
const site = { origin: 'http://localhost', rpId: 'localhost', challenge: EXAMPLE_CHALLENGE };

let key: ReturnType<typeof softwareKey> | undefined;
export const exampleKey = () => (key ??= softwareKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey));
export const exampleRegistration = () => register(exampleKey(), site);
export const exampleAssertion = () => assert(exampleKey(), site);
