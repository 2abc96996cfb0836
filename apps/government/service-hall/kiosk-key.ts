import { randomBytes } from 'node:crypto';
import type { Services } from '#platform/kernel/app.ts';

/** The secret of a kiosk (取号机口令): 128 random bits. Only its keyed digest is stored. */
export const newKioskToken = (): string => randomBytes(16).toString('base64url');

export const kioskDigest = (services: Pick<Services, 'keyring'>, token: string): string =>
  services.keyring.lookup('service-hall.kiosk', token);
