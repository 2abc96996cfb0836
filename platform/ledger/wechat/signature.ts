import { createDecipheriv, createSign, createVerify, type KeyLike } from 'node:crypto';

/*
 * Signatures and sealed notices of WeChat Pay API v3 (微信支付 APIv3 接口规则): RSA PKCS#1 v1.5 with SHA-256 over lines that each end in a
 * line feed, and AEAD_AES_256_GCM with the APIv3 key.
 */

/** What the merchant signs: method, path with query, time in seconds, nonce, body. */
export function requestMessage(request: {
  method: string;
  path: string;
  timestamp: string;
  nonce: string;
  body: string;
}): string {
  const { method, path, timestamp, nonce, body } = request;
  return `${method}\n${path}\n${timestamp}\n${nonce}\n${body}\n`;
}

/** What the provider signs, in answers and notices. The body is taken as bytes: not one may differ. */
export function replyMessage(reply: { timestamp: string; nonce: string; body: Buffer }): Buffer {
  return Buffer.concat([Buffer.from(`${reply.timestamp}\n${reply.nonce}\n`), reply.body, Buffer.from('\n')]);
}

export function sign(message: string, privateKey: KeyLike): string {
  return createSign('RSA-SHA256').update(message).sign(privateKey, 'base64');
}

export function verified(options: { message: Buffer | string; signature: string; key: KeyLike }): boolean {
  return createVerify('RSA-SHA256').update(options.message).verify(options.key, options.signature, 'base64');
}

/** The header `Authorization` of a request. */
export function authorization(options: {
  method: string;
  path: string;
  body: string;
  merchantId: string;
  serial: string;
  privateKey: KeyLike;
  timestamp: string;
  nonce: string;
}): string {
  const { merchantId, serial, privateKey, timestamp, nonce } = options;
  const signature = sign(requestMessage(options), privateKey);
  const parts = { mchid: merchantId, nonce_str: nonce, signature, timestamp, serial_no: serial };
  return `WECHATPAY2-SHA256-RSA2048 ${Object.entries(parts)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}`;
}

const TAG = 16;

/** Opens a resource (AEAD_AES_256_GCM): the tag stands behind the text. Throws if it was sealed by somebody else or changed. */
export function openResource(options: {
  apiV3Key: string;
  nonce: string;
  associatedData: string;
  ciphertext: string;
}): string {
  const bytes = Buffer.from(options.ciphertext, 'base64');
  if (bytes.length < TAG) throw new Error('too short');
  const decipher = createDecipheriv('aes-256-gcm', Buffer.from(options.apiV3Key), Buffer.from(options.nonce), {
    authTagLength: TAG,
  });
  decipher.setAAD(Buffer.from(options.associatedData));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG));
  const plain = Buffer.concat([decipher.update(bytes.subarray(0, bytes.length - TAG)), decipher.final()]);
  return plain.toString('utf8');
}
