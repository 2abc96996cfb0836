import { constants, createCipheriv, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import type { Services } from '#platform/kernel/app.ts';
import { merchantOf } from './merchant.ts';

/*
 * The platform's side of the proofs (WECHATPAY2-SHA256-RSA2048, AEAD_AES_256_GCM), written from the public documentation alone: nothing here is
 * shared with the adapter that is tried against it.
 */

const SCHEME = 'WECHATPAY2-SHA256-RSA2048 ';
/** Seconds that a request may be old. */
const OLDEST = 300;

/** Why a request is not the merchant's; undefined if it is. */
export async function faultOfCaller(
  services: Services,
  request: { method: string; url: string; authorization: string | undefined; body: Buffer },
): Promise<string | undefined> {
  const { merchant } = await merchantOf(services);
  const { authorization = '' } = request;
  if (!authorization.startsWith(SCHEME)) return 'Authorization scheme';
  const fields = new Map<string, string>();
  for (const [, name = '', value = ''] of authorization.slice(SCHEME.length).matchAll(/(\w+)="([^"]*)"/g))
    fields.set(name, value);
  if (fields.get('mchid') !== merchant.merchantId) return 'mchid';
  if (fields.get('serial_no') !== merchant.serial) return 'serial_no';
  const timestamp = fields.get('timestamp') ?? '';
  if (!(Math.abs(services.clock.now().getTime() / 1000 - Number(timestamp)) <= OLDEST)) return 'timestamp';
  const head = [request.method, request.url, timestamp, fields.get('nonce_str') ?? ''].join('\n');
  const message = Buffer.concat([Buffer.from(`${head}\n`), request.body, Buffer.from('\n')]);
  const right = verify(
    'sha256',
    message,
    { key: createPublicKey(merchant.publicKey), padding: constants.RSA_PKCS1_PADDING },
    Buffer.from(fields.get('signature') ?? '', 'base64'),
  );
  return right ? undefined : 'signature';
}

/** Headers that prove an answer or a notice; `broken` spoils the signature. */
export async function proofOf(services: Services, body: string, broken = false): Promise<Record<string, string>> {
  const { merchant, key } = await merchantOf(services);
  const timestamp = Math.floor(services.clock.now().getTime() / 1000).toString();
  const nonce = randomBytes(16).toString('hex');
  const signature = sign('sha256', Buffer.from([timestamp, nonce, body, ''].join('\n')), key);
  if (broken) signature[0] = (signature[0] ?? 0) ^ 0xff;
  return {
    'wechatpay-serial': merchant.platformSerial,
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-signature': signature.toString('base64'),
  };
}

/** Seals what a notice says with the APIv3 key. */
export async function sealResource(services: Services, original: string, content: object): Promise<object> {
  const { merchant } = await merchantOf(services);
  const nonce = randomBytes(6).toString('hex');
  const cipher = createCipheriv('aes-256-gcm', merchant.apiV3Key, nonce);
  cipher.setAAD(Buffer.from(original));
  const sealed = [cipher.update(JSON.stringify(content), 'utf8'), cipher.final(), cipher.getAuthTag()];
  return {
    original_type: original,
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: Buffer.concat(sealed).toString('base64'),
    associated_data: original,
    nonce,
  };
}
