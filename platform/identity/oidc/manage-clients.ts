import { randomBytes } from 'node:crypto';
import { Type, type Static } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { domainError, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type ClientForm, clientFaults } from './client-rules.ts';
import { forgetClients, newSecret, putClient, WEB_CLIENT } from './clients.ts';
import { SAMPLE_CLIENT } from './sample-client.ts';
import { SCOPES } from './scopes.ts';

export const MANAGE_CLIENTS = 'identity.manage-clients';

export const ClientTaken = domainError({
  code: 'CLIENT_TAKEN',
  status: 409,
  title: { zh: '这个应用编号已被使用', en: 'This id is taken' },
  action: { zh: '请换一个编号，或修改已登记的应用。', en: 'Choose another id, or change the registered system.' },
});

const Uri = Type.String({ minLength: 8, maxLength: 400 });
const ID = '^[a-z][a-z0-9-]{2,60}$';

const FIELDS = {
  name: Type.String({ minLength: 1, maxLength: 80 }),
  nameEn: Type.String({ minLength: 1, maxLength: 80 }),
  unit: Type.Union([Type.String({ maxLength: 60 }), Type.Null()]),
  owner: Type.Union([Type.String({ maxLength: 80 }), Type.Null()]),
  redirectUris: Type.Array(Uri, { maxItems: 10 }),
  postLogoutRedirectUris: Type.Array(Uri, { maxItems: 10 }),
  backchannelLogoutUri: Type.Union([Uri, Type.Null()]),
  networks: Type.Array(Type.String({ pattern: '^[0-9a-f.:]{3,39}/[0-9]{1,3}$' }), { maxItems: 5 }),
  scopes: Type.Array(Type.String({ maxLength: 40 }), { maxItems: 10 }),
  consent: Type.Union([Type.Literal('ask'), Type.Literal('task')]),
  subjectType: Type.Union([Type.Literal('pairwise'), Type.Literal('public')]),
  leastLevel: Type.Integer({ minimum: 1, maximum: 4 }),
};
const Kind = Type.Union([Type.Literal('oidc'), Type.Literal('cas')]);
type Kind = Static<typeof Kind>;
const Form = Type.Object(FIELDS, { additionalProperties: false });
type Form = Static<typeof Form>;

const example: Form = {
  name: '示例应用',
  nameEn: 'Example',
  unit: null,
  owner: '示例单位',
  redirectUris: ['https://app.example/callback'],
  postLogoutRedirectUris: [],
  backchannelLogoutUri: null,
  networks: [],
  scopes: ['openid', 'profile'],
  consent: 'ask',
  subjectType: 'pairwise',
  leastLevel: 1,
};

/** Systems that sign people in here (接入应用), with everything but their secrets. */
export const listClients = route({
  method: 'GET',
  path: '/api/identity/clients',
  summary: { zh: '接入应用', en: 'Registered systems' },
  allow: MANAGE_CLIENTS,
  reply: Type.Object({
    clients: Type.Array(
      Type.Object({
        id: Type.String(),
        kind: Kind,
        ...FIELDS,
        unitName: Type.Union([Type.String(), Type.Null()]),
        confidential: Type.Boolean(),
        enabled: Type.Boolean(),
        changedAt: Type.String(),
      }),
    ),
    scopes: Type.Array(
      Type.Object({ id: Type.String(), title: Type.Object({ zh: Type.String(), en: Type.String() }) }),
    ),
  }),
  examples: { own: { as: 'system-administrator' } },
  handler: async ({ db }) => {
    const rows = await db.rows<
      Form & { id: string; kind: Kind; unitName: string | null; confidential: boolean; enabled: boolean; changed: Date }
    >(sql`
      select c.id, c.kind, c.name, c.name_en as "nameEn", c.unit, c.owner, c.redirect_uris as "redirectUris", c.post_logout_redirect_uris as "postLogoutRedirectUris",
        c.backchannel_logout_uri as "backchannelLogoutUri", c.networks, c.scopes, c.consent,
        c.subject_type as "subjectType", c.least_level as "leastLevel", u.name as "unitName",
        c.secret_hash is not null or c.jwks is not null as confidential, c.enabled, c.changed_at as changed
      from identity.client c left join identity.unit u on u.code = c.unit order by c.name, c.id`);
    return {
      clients: rows.map(({ changed, ...row }) => ({ ...row, changedAt: changed.toISOString() })),
      scopes: SCOPES.map(({ id, title }) => ({ id, title })),
    };
  },
});

/** Registers a system (登记应用). A confidential one gets its secret now and never again. */
export const addClient = route({
  method: 'POST',
  path: '/api/identity/clients',
  summary: { zh: '登记接入应用', en: 'Register a system' },
  allow: MANAGE_CLIENTS,
  assurance: 2,
  body: Type.Object(
    { id: Type.String({ pattern: ID }), kind: Kind, confidential: Type.Boolean(), ...FIELDS },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Type.String(), secret: Type.Union([Type.String(), Type.Null()]) }),
  status: 201,
  errors: [ClientTaken, InvalidInput],
  examples: {
    own: () => ({
      as: 'system-administrator',
      body: { ...example, id: `example-${randomBytes(4).toString('hex')}`, kind: 'oidc', confidential: true },
    }),
  },
  handler: async ({ db, body, clock, services }) => {
    const { id, kind, confidential, ...form } = body;
    await assertRight({ db, id, form: { ...form, kind, confidential } });
    const taken = await db.first(sql`select 1 as taken from identity.client where id = ${id}`);
    if (taken || id === WEB_CLIENT) throw ClientTaken.with();
    const { secret, hash } = newSecret();
    await putClient(db, {
      id,
      kind,
      name: form.name,
      name_en: form.nameEn,
      unit: form.unit,
      owner: form.owner,
      redirect_uris: form.redirectUris,
      post_logout_redirect_uris: form.postLogoutRedirectUris,
      backchannel_logout_uri: form.backchannelLogoutUri,
      networks: form.networks,
      scopes: form.scopes,
      secret_hash: confidential ? hash : null,
      jwks: null,
      consent: form.consent,
      subject_type: form.subjectType,
      signed_alg: 'RS256',
      least_level: form.leastLevel,
      now: clock.now(),
    });
    forgetClients(services);
    return { id, secret: confidential ? secret : null };
  },
});

/** Changes a system, or takes it out of use; then its tokens are worth nothing at once. */
export const changeClient = route({
  method: 'PUT',
  path: '/api/identity/clients/:id',
  summary: { zh: '修改接入应用', en: 'Change a system' },
  allow: MANAGE_CLIENTS,
  assurance: 2,
  params: Type.Object({ id: Type.String({ pattern: ID }) }),
  body: Type.Object({ ...FIELDS, enabled: Type.Boolean() }, { additionalProperties: false }),
  reply: Type.Object({ id: Type.String(), enabled: Type.Boolean() }),
  errors: [NotFound, InvalidInput],
  examples: {
    own: { as: 'system-administrator', params: { id: SAMPLE_CLIENT }, body: { ...example, enabled: true } },
    foreign: { as: 'system-administrator', params: { id: 'nobody-knows' }, body: { ...example, enabled: true } },
  },
  handler: async ({ db, params: { id }, body, clock, services }) => {
    const { enabled, ...form } = body;
    const known = await db.first<{ kind: Kind; confidential: boolean }>(
      sql`select kind, secret_hash is not null or jwks is not null as confidential from identity.client where id = ${id} for update`,
    );
    if (!known) throw NotFound.with();
    await assertRight({ db, id, form: { ...form, ...known } });
    await db.run(sql`update identity.client set name = ${form.name}, name_en = ${form.nameEn}, unit = ${form.unit}::text, owner = ${form.owner}::text,
      redirect_uris = ${form.redirectUris}::text[], post_logout_redirect_uris = ${form.postLogoutRedirectUris}::text[],
      backchannel_logout_uri = ${form.backchannelLogoutUri}::text, networks = ${form.networks}::text[], scopes = ${form.scopes}::text[],
      consent = ${form.consent}, subject_type = ${form.subjectType}, least_level = ${form.leastLevel}::int, enabled = ${enabled}::boolean, changed_at = ${clock.now()}::timestamptz where id = ${id}`);
    if (!enabled) await dropTokens(db, id);
    forgetClients(services);
    return { id, enabled };
  },
});

/** A new secret for a confidential system; the old one ends now. */
export const renewClientSecret = route({
  method: 'POST',
  path: '/api/identity/clients/:id/secret',
  summary: { zh: '更换应用密钥', en: 'A new secret for a system' },
  allow: MANAGE_CLIENTS,
  assurance: 2,
  params: Type.Object({ id: Type.String({ pattern: ID }) }),
  reply: Type.Object({ id: Type.String(), secret: Type.String() }),
  errors: [NotFound],
  examples: {
    own: { as: 'system-administrator', params: { id: SAMPLE_CLIENT } },
    foreign: { as: 'system-administrator', params: { id: 'nobody-knows' } },
  },
  handler: async ({ db, params: { id }, clock, services }) => {
    const { secret, hash } = newSecret();
    const changed =
      await db.run(sql`update identity.client set secret_hash = ${hash}, changed_at = ${clock.now()}::timestamptz
      where id = ${id} and secret_hash is not null`);
    if (changed === 0) throw NotFound.with();
    forgetClients(services);
    return { id, secret };
  },
});

async function assertRight(options: { db: Db; id: string; form: Form & ClientForm }): Promise<void> {
  const { db, id, form } = options;
  const faults = clientFaults(form);
  if (form.unit !== null && !(await db.first(sql`select 1 as found from identity.unit where code = ${form.unit}`))) {
    faults.push({ pointer: '/unit', rule: 'unit', message: { zh: '没有这个单位', en: 'There is no such unit' } });
  }
  // A CAS request says no id: the address alone says which system it is.
  const taken =
    form.kind === 'cas' &&
    (await db.first(
      sql`select 1 as found from identity.client where kind = 'cas' and id <> ${id} and redirect_uris && ${form.redirectUris}::text[]`,
    ));
  if (taken) {
    const message = { zh: '服务地址已由另一个系统登记', en: 'another system is registered with this service address' };
    faults.push({ pointer: '/redirectUris', rule: 'taken', message });
  }
  if (faults.length > 0) throw InvalidInput.with({ fields: faults });
}

async function dropTokens(db: Db, client: string): Promise<void> {
  await db.run(sql`delete from identity.oidc_item where client = ${client}`);
}
