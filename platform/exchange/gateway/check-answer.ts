import type { Services } from '#platform/kernel/app.ts';
import type { OutboundReply } from '#platform/kernel/outbound.ts';
import { signatureHolds } from './algorithms.ts';
import { claimedDigests, digestsHold } from './content-digest.ts';
import { ANSWER_COMPONENTS, TAG } from './message-signature.ts';
import { BaseFault, signatureBase } from './signature-base.ts';
import { FieldSyntax, type InnerList, isInnerList, type Item, parseDictionary } from './structured-fields.ts';
import { findKey } from './system-keys.ts';

/** Why an answer is not believed (应答验签): not signed, not in the profile, its digest, an unknown key, another's request, out of its time, the signature itself. */
export type AnswerFault = 'unsigned' | 'profile' | 'digest' | 'key' | 'request' | 'time' | 'signature';

/**
 * Whether a system outside gave this answer to this very request (docs/gateway.md, 3): signed in the profile of the gateway with a key that is registered for
 * the system and holds now, over the content and over the signature of the request, so that no answer can be put in the place of another. Undefined where it is
 * to be believed. `request` holds the header fields that `signOutgoing` gave. Opens a transaction of its own.
 */
export async function answerFault(options: {
  services: Services;
  system: string;
  request: { url: string; headers: Readonly<Record<string, string>> };
  answer: OutboundReply;
}): Promise<AnswerFault | undefined> {
  const { services, system, request, answer } = options;
  const signed = readSigned(answer);
  if (typeof signed === 'string') return signed;
  const { input, signature, fields } = signed;
  const covers = (name: string, req: boolean) =>
    input.items.some((item) => item.value === name && item.params.has('req') === req);
  if (ANSWER_COMPONENTS.some((name) => !covers(name, false)) || !covers('signature', true)) return 'profile';
  const parameter = (name: string) => input.params.get(name);
  const [created, expires, keyId] = [parameter('created'), parameter('expires'), parameter('keyid')];
  if (parameter('tag') !== TAG || typeof keyId !== 'string') return 'profile';
  if (typeof created !== 'number' || typeof expires !== 'number' || expires <= created) return 'profile';
  if (parameter('nonce') !== nonceOf(request.headers['signature-input'] ?? '')) return 'request';
  const now = services.clock.now();
  if (expires * 1000 <= now.getTime() || created * 1000 > now.getTime() + SKEW_MS) return 'time';
  if (!digestHolds(fields, answer.body)) return 'digest';
  const key = await findKey(services, keyId);
  const holds = key?.enabled && !key.revoked && key.validFrom <= now && now < key.validUntil;
  if (!key || !holds || key.system !== system || key.key.algorithm !== parameter('alg')) return 'key';
  try {
    const base = signatureBase(
      {
        status: answer.status,
        fields,
        request: { method: 'POST', target: request.url, fields: Object.entries(request.headers) },
      },
      input,
    );
    return signatureHolds(key.key, Buffer.from(base), signature) ? undefined : 'signature';
  } catch (error) {
    if (error instanceof BaseFault) return 'profile';
    throw error;
  }
}

/** Clocks of two houses may differ so much. */
const SKEW_MS = 300_000;

type Fields = [string, string][];
type Signed = { input: InnerList; signature: Uint8Array; fields: Fields };

/** The one signature of an answer; fields that stand more than once are each a line. */
function readSigned(answer: OutboundReply): Signed | 'unsigned' | 'profile' {
  const fields: Fields = Object.entries(answer.headers).flatMap(([name, value]) =>
    value === undefined ? [] : [value].flat().map((each): [string, string] => [name, each]),
  );
  const all = (name: string) => fields.filter(([key]) => key === name).map(([, value]) => value);
  const [inputs, signatures] = [all('signature-input'), all('signature')];
  if (inputs.length === 0 || signatures.length === 0) return 'unsigned';
  if (ANSWER_FIELDS.some((name) => all(name).length !== 1)) return 'profile';
  try {
    const [labelled, values] = [parseDictionary(inputs[0] ?? ''), parseDictionary(signatures[0] ?? '')];
    const [label = ''] = labelled.keys();
    const [input, signature] = [labelled.get(label), values.get(label)];
    if (labelled.size !== 1 || values.size !== 1 || !input || !isInnerList(input)) return 'profile';
    const bytes = bytesOf(signature);
    return bytes ? { input, signature: bytes, fields } : 'profile';
  } catch (error) {
    if (error instanceof FieldSyntax) return 'profile';
    throw error;
  }
}
const ANSWER_FIELDS = ['signature-input', 'signature', 'content-digest', 'content-type', 'gateway-message'];

function bytesOf(member: Item | InnerList | undefined): Uint8Array | undefined {
  return member && !isInnerList(member) && member.value instanceof Uint8Array ? member.value : undefined;
}

function digestHolds(fields: Fields, body: Uint8Array): boolean {
  try {
    const said = fields.find(([name]) => name === 'content-digest')?.[1] ?? '';
    return digestsHold(claimedDigests(said), body);
  } catch (error) {
    if (error instanceof FieldSyntax) return false;
    throw error;
  }
}

function nonceOf(signatureInput: string): unknown {
  const [input] = parseDictionary(signatureInput).values();
  return input && isInnerList(input) ? input.params.get('nonce') : undefined;
}
