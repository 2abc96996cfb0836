import { readFileSync } from 'node:fs';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { Config } from '#platform/kernel/config.ts';

const Upstream = Type.Object(
  {
    /** Short name, part of the digest of its subjects: never changed. */
    id: Type.String({ pattern: '^[a-z][a-z0-9-]{1,30}$' }),
    name: Type.Object({ zh: Type.String(), en: Type.String() }),
    issuer: Type.String({ pattern: '^https?://' }),
    clientId: Type.String({ minLength: 1 }),
    clientSecret: Type.String({ minLength: 1 }),
    scope: Type.String({ default: 'openid profile' }),
    /** Networks inside the building in which it may lie. */
    networks: Type.Optional(Type.Array(Type.String())),
    /** Claim that holds the verified identity number, and the one of the real-name level. */
    idNumberClaim: Type.String(),
    levelClaim: Type.String(),
    /** Its levels (实名等级 R0–R2) as levels of assurance here; a level that is not in the table is 1. */
    levels: Type.Record(Type.String(), Type.Integer({ minimum: 1, maximum: 4 })),
  },
  { additionalProperties: false },
);

/** The provider of the city (市级统一身份认证), from the file that FEDERATION_FILE names. */
export type Upstream = Static<typeof Upstream>;

const read = new WeakMap<Config, Upstream | undefined>();

export function upstreamOf(config: Config): Upstream | undefined {
  if (!read.has(config)) read.set(config, readUpstream(config.federationFile));
  return read.get(config);
}

function readUpstream(file: string | undefined): Upstream | undefined {
  if (file === undefined) return undefined;
  const text: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (Value.Check(Upstream, text)) return text;
  const [first] = [...Value.Errors(Upstream, text)];
  throw new Error(`FEDERATION_FILE 内容有误 / is not right: ${file} ${JSON.stringify(first)}`);
}
