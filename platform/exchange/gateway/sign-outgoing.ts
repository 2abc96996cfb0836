import type { Services } from '#platform/kernel/app.ts';
import { contentDigest } from './content-digest.ts';
import { CASE, nonce, PURPOSE, REQUEST_COMPONENTS, SERVICE, signMessage } from './message-signature.ts';
import { nodeKey } from './node-keys.ts';

/** How long a message of ours may lie before its receiver checks it. */
const LIFE_MS = 300_000;

/**
 * Header of a message that the platform sends to an outside system, signed with the node's key (SM2) in the same profile as what the gateway takes
 * (docs/gateway.md): the receiver checks it with the keys at `/gateway/v1/keys`. Opens a transaction of its own.
 */
export async function signOutgoing(options: {
  services: Services;
  url: string;
  body: string;
  service: string;
  purpose: string;
  caseNo: string;
}): Promise<Record<string, string>> {
  const { services, url, body, service, purpose, caseNo } = options;
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
    'content-digest': contentDigest(body, 'sm3'),
    [SERVICE]: service,
    [PURPOSE]: purpose,
    [CASE]: caseNo,
  };
  const createdAt = services.clock.now().getTime();
  const signed = signMessage({
    message: { method: 'POST', target: url, fields: Object.entries(headers) },
    key: await nodeKey(services, 'sm2-sm3'),
    components: REQUEST_COMPONENTS,
    createdAt,
    expiresAt: createdAt + LIFE_MS,
    nonce: nonce(),
  });
  return { ...headers, 'signature-input': signed['signature-input'], signature: signed.signature };
}
