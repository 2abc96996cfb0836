import { readFile } from 'node:fs/promises';
import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { port, type Services } from '#platform/kernel/app.ts';

/** A merchant's account at the provider (商户号), as a file or a sample gives it. Keys are PEM. */
export type MerchantAccount = {
  /** `https://api.mch.weixin.qq.com`, without a slash at the end. */
  baseUrl: string;
  /** Networks that the name may lie in besides public ones, for a test stand inside the house (CIDR). */
  networks?: readonly string[];
  appId: string;
  merchantId: string;
  /** Serial number of the merchant's certificate (商户API证书序列号) and its private key. */
  serial: string;
  privateKey: string;
  /** APIv3 key: 32 bytes, opens notices. */
  apiV3Key: string;
  /** What the provider signs with, by serial number or public-key id (平台证书 or 微信支付公钥). */
  platformKeys: Record<string, string>;
  /** Where notices reach this installation: its public origin. */
  noticeOrigin: string;
};

/** Where a merchant account comes from if no file is configured: a sample district has a simulated one. */
export const merchantAccount = port<{ account(services: Services): Promise<MerchantAccount | undefined> }>(
  'ledger.merchant-account',
);

/** The merchant account of this installation: of its configuration, else the one that a module provides. */
export async function accountOf(services: Services): Promise<MerchantAccount | undefined> {
  const file = services.config.wechatPayFile;
  if (file === undefined) return services.registry.provided(merchantAccount)[0]?.value.account(services);
  const account = JSON.parse(await readFile(file, 'utf8')) as MerchantAccount;
  const faults = accountFaults(account);
  if (faults.length > 0) throw new Error(`WECHAT_PAY_FILE: ${faults.join('; ')}`);
  return account;
}

/** What a file lacks, one sentence each; never a value of it. */
export function accountFaults(account: Partial<MerchantAccount>): string[] {
  const faults: string[] = [];
  for (const name of ['baseUrl', 'appId', 'merchantId', 'serial', 'privateKey', 'noticeOrigin'] as const)
    if (typeof account[name] !== 'string' || account[name] === '') faults.push(`${name} is missing`);
  for (const name of ['baseUrl', 'noticeOrigin'] as const)
    if (typeof account[name] === 'string' && URL.parse(account[name]) === null) faults.push(`${name} is no address`);
  if (Buffer.byteLength(account.apiV3Key ?? '') !== 32) faults.push('apiV3Key must have 32 bytes');
  if (Object.keys(account.platformKeys ?? {}).length === 0) faults.push('platformKeys has no key');
  return faults;
}

/** A public key from a certificate or from the bare key. */
export function publicKeyOf(pem: string): KeyObject {
  return pem.includes('BEGIN CERTIFICATE') ? new X509Certificate(pem).publicKey : createPublicKey(pem);
}
