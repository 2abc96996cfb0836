import { ALGORITHMS, type Algorithm } from './algorithms.ts';
import { claimedDigests, type DigestName } from './content-digest.ts';
import {
  AlgorithmRefused,
  BodyUnexpected,
  CaseMalformed,
  ClockSkew,
  DigestMissing,
  Encoded,
  HeaderDuplicate,
  LengthRequired,
  LifeTooLong,
  Malformed,
  MessageExpired,
  PurposeMalformed,
  SignatureIncomplete,
  SignatureMalformed,
  TagUnknown,
  TooLarge,
  TypeUnknown,
  Unsigned,
} from './errors.ts';
import type { Limits } from './limits.ts';
import { CASE, PARAMETERS, PURPOSE, REQUEST_COMPONENTS, SERVICE, TAG } from './message-signature.ts';
import { FieldSyntax, type InnerList, isInnerList, parseDictionary } from './structured-fields.ts';

/** Header lines of a request as received: names in any case, nothing joined. */
export type Lines = readonly (readonly [name: string, value: string])[];

/** What a request says of itself, checked as far as its header goes; whether it is true is for the signature. */
export type Claims = {
  keyId: string;
  algorithm: Algorithm;
  nonce: string;
  created: Date;
  expires: Date;
  input: InnerList;
  signature: Uint8Array;
  digests: ReadonlyMap<DigestName, Uint8Array>;
  service: string;
  purpose: string;
  caseNo: string;
  length: number;
};

/** Fields that mean something here: each may stand once. */
const SINGLE = [
  'host',
  'content-length',
  'content-type',
  'content-encoding',
  'transfer-encoding',
  'content-digest',
  'signature',
  'signature-input',
  SERVICE,
  PURPOSE,
  CASE,
];
const KEY_ID = /^[0-9a-f]{32}$/;
const NONCE = /^[A-Za-z0-9_-]{16,100}$/;
const PURPOSE_CODE = /^[a-z][a-z0-9.-]{1,60}$/;
const CASE_NUMBER = /^[!-~](?:[ -~]{0,118}[!-~])?$/;
const JSON_TYPE = /^application\/json(?:\s*;\s*charset=utf-8)?$/i;

export function headerOf(lines: Lines, name: string): string | undefined {
  return lines.find(([key]) => key.toLowerCase() === name)?.[1];
}

/** Checks framing and form: what can be said before anything of the content has been read. */
export function checkFraming(options: { method: string; lines: Lines; limits: Limits }): { length: number } {
  const { method, lines, limits } = options;
  const seen = new Set<string>();
  for (const [name] of lines) {
    const key = name.toLowerCase();
    if (!SINGLE.includes(key)) continue;
    if (seen.has(key)) throw HeaderDuplicate.with({ extra: { header: key } });
    seen.add(key);
  }
  const encoding = headerOf(lines, 'content-encoding');
  if (encoding !== undefined && encoding.toLowerCase() !== 'identity') throw Encoded.with();
  const said = headerOf(lines, 'content-length');
  if (seen.has('transfer-encoding')) throw LengthRequired.with();
  if (said !== undefined && !/^\d{1,12}$/.test(said)) throw Malformed.with();
  const length = Number(said ?? 0);
  if (method === 'GET') {
    if (length > 0) throw BodyUnexpected.with();
    return { length };
  }
  if (said === undefined) throw LengthRequired.with();
  if (length > limits.bodyBytes) throw TooLarge.with({ extra: { most: limits.bodyBytes } });
  if (!JSON_TYPE.test(headerOf(lines, 'content-type') ?? '')) throw TypeUnknown.with();
  return { length };
}

/** Reads and checks the signature fields against the profile: components, parameters, times. */
export function checkClaims(options: { lines: Lines; length: number; limits: Limits; now: Date }): Claims {
  const { lines, length, limits, now } = options;
  const { input, signature } = readSignature(lines);
  const covered = new Set(input.items.map(({ value, params }) => (params.size === 0 ? value : undefined)));
  const uncovered = REQUEST_COMPONENTS.filter((name) => !covered.has(name));
  const absent = PARAMETERS.filter((name) => !input.params.has(name));
  if (uncovered.length > 0 || absent.length > 0)
    throw SignatureIncomplete.with({ extra: { missing: [...uncovered, ...absent] } });
  const parameters = readParameters(input);
  checkTimes({ ...parameters, limits, now });
  const digests = readDigests(lines);
  const purpose = headerOf(lines, PURPOSE) ?? '';
  const caseNo = headerOf(lines, CASE) ?? '';
  if (!PURPOSE_CODE.test(purpose)) throw PurposeMalformed.with();
  if (!CASE_NUMBER.test(caseNo)) throw CaseMalformed.with();
  return { ...parameters, input, signature, digests, service: headerOf(lines, SERVICE) ?? '', purpose, caseNo, length };
}

function readSignature(lines: Lines): { input: InnerList; signature: Uint8Array } {
  const inputs = headerOf(lines, 'signature-input');
  const signatures = headerOf(lines, 'signature');
  if (inputs === undefined && signatures === undefined) throw Unsigned.with();
  if (inputs === undefined || signatures === undefined) throw SignatureMalformed.with();
  const [labelled, signed] = [dictionary(inputs), dictionary(signatures)];
  const [label] = labelled.keys();
  const input = label === undefined ? undefined : labelled.get(label);
  const signature = label === undefined ? undefined : signed.get(label);
  // One message, one signature: nobody has to guess which of several counts.
  if (labelled.size !== 1 || signed.size !== 1 || !input || !isInnerList(input)) throw SignatureMalformed.with();
  if (!signature || isInnerList(signature) || !(signature.value instanceof Uint8Array)) throw SignatureMalformed.with();
  if (signature.value.length === 0 || signature.params.size > 0) throw SignatureMalformed.with();
  return { input, signature: signature.value };
}

function dictionary(text: string): ReturnType<typeof parseDictionary> {
  try {
    return parseDictionary(text);
  } catch (error) {
    if (error instanceof FieldSyntax) throw SignatureMalformed.with();
    throw error;
  }
}

function readParameters(input: InnerList): Pick<Claims, 'keyId' | 'algorithm' | 'nonce' | 'created' | 'expires'> {
  const at = (name: 'created' | 'expires'): Date => {
    const value = input.params.get(name);
    if (typeof value !== 'number' || value < 0 || value > 10_000_000_000) throw SignatureMalformed.with();
    return new Date(value * 1000);
  };
  const text = (name: 'nonce' | 'keyid' | 'alg' | 'tag'): string => {
    const value = input.params.get(name);
    if (typeof value !== 'string') throw SignatureMalformed.with();
    return value;
  };
  const [nonce, keyId, algorithm] = [text('nonce'), text('keyid'), text('alg')];
  if (!NONCE.test(nonce) || !KEY_ID.test(keyId)) throw SignatureMalformed.with();
  if (text('tag') !== TAG) throw TagUnknown.with({ extra: { tag: TAG } });
  const known = ALGORITHMS.find((name) => name === algorithm);
  if (!known) throw AlgorithmRefused.with({ extra: { algorithms: ALGORITHMS } });
  return { keyId, algorithm: known, nonce, created: at('created'), expires: at('expires') };
}

function checkTimes(times: Pick<Claims, 'created' | 'expires'> & { limits: Limits; now: Date }): void {
  const { created, expires, limits, now } = times;
  const seconds = (from: Date, to: Date) => (to.getTime() - from.getTime()) / 1000;
  if (expires <= created || seconds(created, expires) > limits.lifeS)
    throw LifeTooLong.with({ extra: { most: limits.lifeS } });
  if (expires <= now) throw MessageExpired.with({ extra: { now: now.toISOString() } });
  if (Math.abs(seconds(created, now)) > limits.skewS)
    throw ClockSkew.with({ extra: { now: now.toISOString(), most: limits.skewS } });
}

function readDigests(lines: Lines): Claims['digests'] {
  let digests: Claims['digests'];
  try {
    digests = claimedDigests(headerOf(lines, 'content-digest') ?? '');
  } catch (error) {
    if (error instanceof FieldSyntax) throw DigestMissing.with();
    throw error;
  }
  if (digests.size === 0) throw DigestMissing.with();
  return digests;
}
