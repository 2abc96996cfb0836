import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { child, decode, integerOf, TAG } from './der.ts';
import { currentKey, openSigning } from './keys.ts';
import { signSm2 } from './sm2.ts';

/** A short text signed by a unit: the key that did it, and the bare signature. */
export type SignedText = { key: string; signature: string };

/**
 * Signs a short text with the key of a unit, as codes carry it where a whole signed document does not fit (二维码). The text may need the id of the key
 * that signs it, so it is made with it. The signature is r and s, 32 bytes each, hexadecimal: DER would cost eight bytes more and say nothing.
 */
export async function signText(options: {
  services: Services;
  actor: Actor;
  owner: string;
  text(key: string): string;
}): Promise<SignedText & { text: string }> {
  const { services, actor, owner } = options;
  const signing = await openSigning(services);
  const key = await services.database.tx({ module: 'document', actor }, (db) => currentKey(db, signing, owner));
  const text = options.text(key.id);
  return { key: key.id, text, signature: bareSignature(signSm2(Buffer.from(text, 'utf8'), key.pair)) };
}

/** r and s of a signature (GM/T 0009-2012, 7.3) side by side. */
export function bareSignature(der: Uint8Array): string {
  const node = decode(der);
  return [0, 1]
    .map((at) =>
      integerOf(child(node, at, TAG.integer))
        .toString(16)
        .padStart(64, '0'),
    )
    .join('');
}
