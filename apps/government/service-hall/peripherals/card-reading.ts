import { sm2 } from 'sm-crypto-v2';
import { Type, type Static } from 'typebox';
import { SM2_OPTIONS, sm2Holds } from '#platform/kernel/sm2-signature.ts';

const Line = (most: number) => Type.String({ maxLength: most });

/** What the chip of an identity card says (GA 450: 居民身份证 with its ten items), without the photo: that stays on the clerk's screen. */
export const CardFactsSchema = Type.Object(
  {
    name: Line(60),
    sex: Type.Union([Type.Literal('1'), Type.Literal('2')]),
    nation: Line(20),
    birthDate: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    address: Line(160),
    number: Type.String({ pattern: '^[0-9]{17}[0-9X]$' }),
    issuer: Line(60),
    validFrom: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    /** Absent = for life (长期). */
    validTo: Type.Optional(Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })),
  },
  { additionalProperties: false },
);
export type CardFacts = Static<typeof CardFactsSchema>;

/** A reading as the agent at the window gives it: signed with the device's key over the challenge of this session. */
export const CardReadingSchema = Type.Object(
  { facts: CardFactsSchema, signature: Type.String({ pattern: '^[0-9a-f]{120,160}$' }) },
  { additionalProperties: false },
);
export type CardReading = Static<typeof CardReadingSchema>;

/** The text that is signed, line by line in one order: two agents that read the same card write the same. */
export function readingText(challenge: string, facts: CardFacts): string {
  const { name, sex, nation, birthDate, address, number, issuer, validFrom, validTo = '' } = facts;
  return [
    'smart-district id-card 1',
    challenge,
    name,
    sex,
    nation,
    birthDate,
    address,
    number,
    issuer,
    validFrom,
    validTo,
  ]
    .map((line) => line.replaceAll(/[\r\n]/g, ' '))
    .join('\n');
}

export function signReading(options: {
  challenge: string;
  facts: CardFacts;
  privateKey: string;
  publicKey: string;
}): string {
  const { challenge, facts, privateKey, publicKey } = options;
  return sm2.doSignature(readingText(challenge, facts), privateKey, { ...SM2_OPTIONS, publicKey });
}

/** Whether this device has read this card in this session. What a browser makes up by itself is no reading. */
export function isRead(options: { challenge: string; reading: CardReading; publicKey: string }): boolean {
  const { challenge, reading, publicKey } = options;
  return sm2Holds(Buffer.from(readingText(challenge, reading.facts)), reading.signature, publicKey);
}
