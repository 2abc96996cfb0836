import { createPrivateKey, generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { within } from './faults.ts';

/** The one merchant of the sample, with both sides' keys: a real platform never holds the merchant's private one. */
export type Merchant = {
  merchantId: string;
  appId: string;
  serial: string;
  publicKey: string;
  platformSerial: string;
  platformPublicKey: string;
  merchantPrivateKey: string;
  platformPrivateKey: string;
  apiV3Key: string;
};
type Secrets = Pick<Merchant, 'merchantPrivateKey' | 'platformPrivateKey' | 'apiV3Key'>;

/** What the sealed column is bound to. */
export const SECRETS_CONTEXT = 'pay-simulator:merchant';

const kept = new WeakMap<Services['database'], { merchant: Merchant; key: KeyObject }>();

/** The merchant with the platform's key; both are made when they are first needed. */
export async function merchantOf(services: Services): Promise<{ merchant: Merchant; key: KeyObject }> {
  const known = kept.get(services.database);
  if (known) return known;
  const merchant = (await read(services)) ?? (await make(services));
  const found = { merchant, key: createPrivateKey(merchant.platformPrivateKey) };
  kept.set(services.database, found);
  return found;
}

async function read(services: Services): Promise<Merchant | undefined> {
  const row = await within(services, (db) =>
    db.first<Omit<Merchant, keyof Secrets> & { secrets: string }>(sql`
      select merchant_id as "merchantId", app_id as "appId", serial, public_key as "publicKey", platform_serial as "platformSerial",
        platform_public_key as "platformPublicKey", secrets from pay_simulator.merchant`),
  );
  if (!row) return undefined;
  const { secrets, ...rest } = row;
  return { ...rest, ...(JSON.parse(services.keyring.open(secrets, SECRETS_CONTEXT)) as Secrets) };
}

async function make(services: Services): Promise<Merchant> {
  const [ours, platform] = await Promise.all([pair(), pair()]);
  const secrets: Secrets = {
    merchantPrivateKey: ours.privateKey,
    platformPrivateKey: platform.privateKey,
    apiV3Key: randomBytes(16).toString('hex'),
  };
  const sealed = services.keyring.seal(JSON.stringify(secrets), SECRETS_CONTEXT);
  await within(services, (db) =>
    db.run(sql`
      insert into pay_simulator.merchant (merchant_id, app_id, serial, public_key, platform_serial, platform_public_key, secrets)
      values ('1900000001', 'wx0000000000000001', ${serial()}, ${ours.publicKey}, ${serial()}, ${platform.publicKey}, ${sealed}) on conflict do nothing`),
  );
  const merchant = await read(services);
  if (!merchant) throw new Error('the merchant of the sample is not there');
  return merchant;
}

const serial = (): string => randomBytes(20).toString('hex').toUpperCase();

const pair = (): Promise<{ publicKey: string; privateKey: string }> =>
  promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
