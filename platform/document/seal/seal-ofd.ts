import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { domainError } from '#platform/kernel/errors.ts';
import { signOfd, type Stamp } from '../ofd/sign-ofd.ts';
import { currentKey, openSigning } from '../sign/keys.ts';
import { digestsOf } from '../sign/statement.ts';
import { readSeal } from './seals.ts';
import { SealNotApproved, takeSealUse } from './use-seal.ts';

export const SealRevoked = domainError({
  code: 'SEAL_REVOKED',
  status: 409,
  title: { zh: '印章已注销或过期', en: 'The seal was revoked or is out of its time' },
  action: { zh: '请联系安全管理员制作新印章。', en: 'Ask the security administrator for a new seal.' },
});

/**
 * Seals an OFD with the seal of a unit (盖章). `use` is the approval for this very content, which is used up; without it only the house itself seals, in
 * procedures whose decision was the approval (`actor.kind` system). For `prepare` and jobs: it opens a transaction of its own.
 */
export async function sealOfd(options: {
  services: Services;
  actor: Actor;
  file: Buffer;
  seal: string;
  use?: string;
  stamps: readonly Stamp[];
}): Promise<Buffer> {
  const { services, actor, file, use, stamps } = options;
  const signing = await openSigning(services);
  const now = services.clock.now();
  const { row, key } = await services.database.tx({ module: 'document', actor }, async (db) => {
    const approved = use === undefined ? undefined : await takeSealUse(db, { use, sm3: digestsOf(file).sm3 });
    if (approved ? approved.seal !== options.seal : actor.kind !== 'system') throw SealNotApproved.with();
    const found = await readSeal(db, options.seal);
    return { row: found, key: await currentKey(db, signing, found.unit) };
  });
  // A seal names the key that it was made for: with a new key the unit needs a new seal.
  if (row.revokedAt !== null || now < row.from || now >= row.until || row.key !== key.id) throw SealRevoked.with();
  return signOfd({ file, seal: row.seal, signer: { certificate: key.der, key: key.pair }, at: now, stamps });
}
