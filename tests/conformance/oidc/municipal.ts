import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt, SignJWT } from 'jose';
import Provider from 'oidc-provider';

export type Citizen = { sub: string; idNumber?: string; name: string; phone: string; level: string };

/** Stands in for the city's provider (市级统一身份认证): another process's provider with other keys, over real HTTP. */
export type Municipal = {
  issuer: string;
  secret: string;
  /** Who is signed in there at the moment. */
  now: Citizen;
  /** Seconds by which its clock is wrong. */
  skew: number;
  close(): Promise<void>;
};

export async function openMunicipal(options: {
  clientId: string;
  redirectUri: string;
  citizens: Citizen[];
}): Promise<Municipal> {
  const { clientId, redirectUri, citizens } = options;
  let provider: Provider | undefined;
  const server: Server = createServer((request, reply) => {
    const uid = /^\/enter\/([\w-]+)/.exec(request.url ?? '')?.[1];
    if (provider && uid) void enter(provider);
    else void provider?.callback()(request, reply);

    async function enter(own: Provider): Promise<void> {
      const details = await own.interactionDetails(request, reply);
      const grant = new own.Grant({ accountId: city.now.sub, clientId: String(details.params.client_id) });
      grant.addOIDCScope('openid profile');
      const grantId = await grant.save();
      await own.interactionFinished(request, reply, {
        login: { accountId: city.now.sub, remember: false },
        consent: { grantId },
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const secret = randomBytes(24).toString('hex');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const city: Municipal = {
    issuer,
    secret,
    now: citizens[0] as Citizen,
    skew: 0,
    close: async () => void server.close(),
  };
  provider = new Provider(issuer, {
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'city', alg: 'RS256', use: 'sig' } as never] },
    cookies: { keys: ['city'] },
    clients: [{ client_id: clientId, client_secret: secret, redirect_uris: [redirectUri], response_types: ['code'] }],
    claims: { openid: ['sub'], profile: ['name', 'id_number', 'phone_number', 'real_name_level'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `/enter/${uid}` },
    findAccount: async (_ctx, sub) => {
      const citizen = citizens.find((c) => c.sub === sub);
      return (
        citizen && {
          accountId: sub,
          claims: async () => ({
            sub,
            name: citizen.name,
            id_number: citizen.idNumber,
            phone_number: citizen.phone,
            real_name_level: citizen.level,
          }),
        }
      );
    },
  });
  // A wrong clock: its tokens say that they were issued at another time.
  provider.use(async (ctx, next) => {
    await next();
    const body = ctx.body as { id_token?: string } | undefined;
    if (city.skew === 0 || !body?.id_token) return;
    const claims = decodeJwt(body.id_token);
    const moved = { ...claims, iat: Number(claims.iat) + city.skew, exp: Number(claims.exp) + city.skew };
    const token = await new SignJWT(moved).setProtectedHeader({ alg: 'RS256', kid: 'city' }).sign(privateKey);
    ctx.body = { ...body, id_token: token };
  });
  return city;
}
