import type { Db } from '#platform/kernel/db.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { currentKey, HOUSE, type Signing } from '../sign/keys.ts';
import { drawSeal, makeSeal, SEAL_MM } from './make-seal.ts';
import { decodeSeal, encodeSeal, type Seal } from './ses.ts';

/** A seal as registered (印章登记). */
export type SealRow = {
  id: string;
  unit: string;
  name: string;
  key: string;
  from: Date;
  until: Date;
  revokedAt: Date | null;
  revokedReason: string | null;
};

export const SEAL_COLUMNS = sql`id, unit, name, key, valid_from as "from", valid_until as "until", revoked_at as "revokedAt", revoked_reason as "revokedReason"`;

/** Makes the seal of a unit for the key with which it signs now. The house is the maker (制章单位). */
export async function addSeal(db: Db, signing: Signing, options: { unit: string; name: string }): Promise<SealRow> {
  const { unit, name } = options;
  const { services } = signing;
  const [house, key] = [await currentKey(db, signing, HOUSE), await currentKey(db, signing, unit)];
  const { id } = await db.one<{ id: string }>(sql`
    select lpad((count(*) + 1)::text, 14, '0') as id from document.seal`);
  const from = new Date(Math.max(Math.floor(services.clock.now().getTime() / 1000) * 1000, key.from.getTime()));
  const seal = makeSeal({
    info: {
      vendor: 'smart-district',
      id,
      type: 1,
      name,
      signers: { type: 'certificates', certificates: [key.der] },
      createdAt: from,
      validFrom: from,
      validUntil: key.until,
      picture: { type: 'SVG', data: drawSeal(name), width: SEAL_MM, height: SEAL_MM },
    },
    maker: { certificate: house.der, key: house.pair },
  });
  await db.run(sql`insert into document.seal (id, unit, name, key, der, made_by, valid_from, valid_until)
    values (${id}, ${unit}, ${name}, ${key.id}, ${encodeSeal(seal).toString('base64')}, ${db.actor.account}, ${from}::timestamptz, ${key.until}::timestamptz)`);
  await db.emit({ type: 'document.seal.made', subject: id });
  return { id, unit, name, key: key.id, from, until: key.until, revokedAt: null, revokedReason: null };
}

/** A registered seal with its structure, for who is about to use it. */
export async function readSeal(db: Db, id: string): Promise<SealRow & { seal: Seal }> {
  const row = await db.first<SealRow & { der: string }>(
    sql`select ${SEAL_COLUMNS}, der from document.seal where id = ${id}`,
  );
  if (!row) throw NotFound.with();
  const { der, ...rest } = row;
  return { ...rest, seal: decodeSeal(Buffer.from(der, 'base64')).seal };
}
