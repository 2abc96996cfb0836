import type { Adapter, AdapterPayload } from 'oidc-provider';
import Provider from 'oidc-provider';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';
import { IDLE_MS } from '../session.ts';
import { type AccountRow, FIRST_POST } from './accounts.ts';
import { keepSubject, pairwiseSubject } from './client-subjects.ts';
import { clientMetadata, WEB_CLIENT } from './clients.ts';
import { consumeItem, digestOf, itemContext, type ItemRow, type NewItem, putItem, revokeFamily } from './items.ts';
import { type Change, currentUnit, type Unit } from './request-unit.ts';
import { signOnIn } from './sign-on.ts';

export const providerActor = systemActor({ name: 'sign-on' });

/** Content that would help a thief of the table is sealed; the others hold nothing secret once the id is taken out. */
const SEALED = new Set(['Session', 'Interaction', 'PushedAuthorizationRequest']);
const COLUMNS = sql`i.model, i.digest, i.grant_digest, i.uid_digest, i.account, i.client, i.sign_on, i.payload, i.sealed, i.expires_at, i.consumed_at`;

/** A code or refresh token was used twice at the same moment: the family has been ended. */
export class UsedTwice extends Error {}

/** The provider's store (RFC 6749 tokens and what belongs to them) on the house's database. */
export function adapterFor(services: Services): (model: string) => Adapter {
  const tx = <T>(work: (db: Db) => Promise<T>) =>
    services.database.tx({ module: 'identity', actor: providerActor }, work);
  return (model) => {
    if (model === 'Client') return clientAdapter(services);
    const load = (id: string) => loadItem({ services, model, digest: digestOf(id) });
    return {
      async find(id) {
        const row = await load(id);
        return row && payloadOf({ services, row, id });
      },
      async findByUid(uid) {
        const row = await tx((db) =>
          db.first<ItemRow>(sql`select ${COLUMNS}, ${proofAt(services, model)} as proof from identity.oidc_item i
            where i.model = ${model} and i.uid_digest = ${digestOf(uid)} ${liveAt(services, model)}`),
        );
        return row && payloadOf({ services, row, id: undefined });
      },
      async findByUserCode() {
        return undefined;
      },
      async upsert(id, payload, expiresIn) {
        const item = itemOf({ services, model, id, payload, expiresIn });
        await change({ kind: 'put', item }, services);
      },
      async consume(id) {
        const digest = digestOf(id);
        const grant = currentUnit()?.found.get(`${model}:${digest}`)?.grant_digest ?? undefined;
        await change({ kind: 'consume', model, digest, grant }, services);
      },
      async destroy(id) {
        await change({ kind: 'drop', model, digest: digestOf(id) }, services);
      },
      async revokeByGrantId(grantId) {
        await change({ kind: 'revoke', grant: digestOf(grantId) }, services);
      },
    };
  };
}

function clientAdapter(services: Services): Adapter {
  const refuse = async (): Promise<never> => {
    throw new Error('clients are registered by an administrator only');
  };
  return {
    find: (id) => clientMetadata(services, id),
    findByUid: async () => undefined,
    findByUserCode: async () => undefined,
    upsert: refuse,
    consume: refuse,
    destroy: refuse,
    revokeByGrantId: refuse,
  };
}

/** A provider session lives as long as the sign-in that it came from. */
function liveAt(services: Services, model: string) {
  const now = services.clock.now();
  const fresh = sql`and (i.expires_at is null or i.expires_at > ${now}::timestamptz)`;
  if (model !== 'Session') return fresh;
  return sql`${fresh} and (i.account is null or exists (select 1 from identity.session s where s.id = i.sign_on and s.account = i.account and s.ended_at is null
    and s.expires_at > ${now}::timestamptz and s.seen_at > ${new Date(now.getTime() - IDLE_MS)}::timestamptz))`;
}

/** What the sign-in behind a provider session proves now: its level falls back when a second proof has run out. */
function proofAt(services: Services, model: string) {
  if (model !== 'Session') return sql`null::text`;
  return sql`(select json_build_object('acr', case when s.assured_until > ${services.clock.now()}::timestamptz then s.assurance else least(s.assurance, 1) end::text,
    'amr', s.amr)::text from identity.session s where s.id = i.sign_on)`;
}

type FamilyRow = ItemRow & { grant_payload: string | null; grant_expires: Date | null } & {
  [K in keyof AccountRow as `a_${K}`]: AccountRow[K] | null;
};

async function loadItem(options: { services: Services; model: string; digest: string }): Promise<ItemRow | undefined> {
  const { services, model, digest } = options;
  const key = `${model}:${digest}`;
  const unit = currentUnit();
  if (unit?.found.has(key)) return unit.found.get(key);
  const read = async <T extends ItemRow>(query: Sql) =>
    (await services.database.ask<T>({ module: 'identity', actor: providerActor }, query))[0];
  if (!unit || (model !== 'RefreshToken' && model !== 'AuthorizationCode')) {
    const row = await read(sql`select ${COLUMNS}, ${proofAt(services, model)} as proof from identity.oidc_item i
      where i.model = ${model} and i.digest = ${digest} ${liveAt(services, model)}`);
    unit?.found.set(key, row);
    return row;
  }
  const row = await read<FamilyRow>(sql`select ${COLUMNS}, g.payload as grant_payload, g.expires_at as grant_expires,
      a.account as a_account, a.name as a_name, coalesce(a.post, h.kind) as a_post, h.unit as a_unit, h.unit_name as a_unit_name, coalesce(a.area, h.area) as a_area, a.person_hash as a_person_hash
    from identity.oidc_item i
    left join identity.oidc_item g on g.model = 'Grant' and g.digest = i.grant_digest
    left join identity.account a on a.account = i.account and a.enabled
    ${FIRST_POST(services.clock.now())}
    where i.model = ${model} and i.digest = ${digest} ${liveAt(services, model)}`);
  keepFamily(unit, key, row);
  return row;
}

/** One question brings the token, its grant and its account: the provider asks for all three. */
function keepFamily(unit: Unit, key: string, row: FamilyRow | undefined): void {
  unit.found.set(key, row);
  if (!row || row.grant_digest === null) return;
  unit.found.set(
    `Grant:${row.grant_digest}`,
    row.grant_payload === null
      ? undefined
      : {
          model: 'Grant',
          digest: row.grant_digest,
          grant_digest: null,
          uid_digest: null,
          account: row.account,
          client: row.client,
          sign_on: null,
          payload: row.grant_payload,
          sealed: null,
          expires_at: row.grant_expires,
          consumed_at: null,
        },
  );
  if (row.account === null) return;
  unit.accounts.set(
    row.account,
    row.a_account === null || row.a_name === null
      ? undefined
      : {
          account: row.a_account,
          name: row.a_name,
          post: row.a_post,
          unit: row.a_unit,
          unit_name: row.a_unit_name,
          area: row.a_area,
          person_hash: row.a_person_hash,
        },
  );
}

function payloadOf(options: { services: Services; row: ItemRow; id: string | undefined }): AdapterPayload | undefined {
  const { services, row, id } = options;
  const text =
    row.sealed === null ? row.payload : services.keyring.open(row.sealed, itemContext(row.model, row.digest));
  if (text === null) return undefined;
  const payload = JSON.parse(text) as AdapterPayload;
  if (id !== undefined) payload.jti = id;
  if (row.proof) Object.assign(payload, JSON.parse(row.proof));
  if (row.consumed_at) payload.consumed = Math.floor(row.consumed_at.getTime() / 1000);
  return payload;
}

function itemOf(options: {
  services: Services;
  model: string;
  id: string;
  payload: AdapterPayload;
  expiresIn: number | undefined;
}): NewItem {
  const { services, model, id, payload, expiresIn } = options;
  const digest = digestOf(id);
  const { jti: _, ...content } = payload;
  const text = JSON.stringify(content);
  const sealed = SEALED.has(model);
  return {
    model,
    digest,
    grant_digest: payload.grantId === undefined ? null : digestOf(payload.grantId),
    uid_digest: model === 'Session' && payload.uid !== undefined ? digestOf(payload.uid) : null,
    account: payload.accountId ?? null,
    client: payload.clientId ?? null,
    sign_on: null,
    payload: sealed ? null : text,
    sealed: sealed ? services.keyring.seal(text, itemContext(model, digest)) : null,
    expires_at: expiresIn === undefined ? null : new Date(services.clock.now().getTime() + expiresIn * 1000),
  };
}

/** Does it now, or at the end of a request that gathers its changes. */
async function change(wanted: Change, services: Services): Promise<void> {
  const unit = currentUnit();
  if (unit) {
    unit.changes.push(wanted);
    return;
  }
  await applyChanges(services, [wanted]);
}

/** Writes what a request wants in one transaction; a family whose code or token was used twice is ended instead. */
export async function applyChanges(services: Services, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const whole = { module: 'identity', actor: providerActor };
  try {
    const exchange = exchangeOf(services, changes);
    if (exchange) {
      await services.database.ask(whole, exchange);
      return;
    }
    const signOn = signOnIn(Provider.ctx?.req.headers.cookie, services.config);
    await services.database.tx(whole, async (db) => {
      for (const wanted of familiesFirst(changes)) await applyOne({ db, services, wanted, signOn });
    });
  } catch (error) {
    if (!(error instanceof UsedTwice) && !(error instanceof Error && error.message === 'used twice')) throw error;
    const grants = new Set(changes.flatMap((c) => (c.kind === 'consume' && c.grant ? [c.grant] : [])));
    await services.database.tx(whole, async (db) => {
      for (const grant of grants) await revokeFamily(db, grant);
    });
    throw new UsedTwice();
  }
}

/** The usual request at the token endpoint: one thing is used up, and tokens of the same family follow. */
function exchangeOf(services: Services, changes: readonly Change[]): Sql | undefined {
  const [used, ...rest] = changes;
  if (used?.kind !== 'consume' || used.grant === undefined || rest.length === 0) return undefined;
  const items = rest.flatMap((c) =>
    c.kind === 'put' && c.item.grant_digest === used.grant && !c.item.sealed ? [c.item] : [],
  );
  if (items.length !== rest.length) return undefined;
  return sql`select identity.exchange(${used.model}, ${used.digest}, ${used.grant}, ${services.clock.now()}::timestamptz, ${JSON.stringify(items)}::text::jsonb)`;
}

/** Locks are taken in the order of an exchange, the grant before its tokens: whoever drops a used token and ends its family waits for nobody who waits for it. */
function familiesFirst(changes: readonly Change[]): Change[] {
  return changes.toSorted((a, b) => Number(b.kind === 'revoke') - Number(a.kind === 'revoke'));
}

async function applyOne(options: {
  db: Db;
  services: Services;
  wanted: Change;
  signOn: string | undefined;
}): Promise<void> {
  const { db, services, wanted, signOn } = options;
  switch (wanted.kind) {
    case 'put': {
      const put = await putItem(db, wanted.item);
      if (put === 0) throw new UsedTwice();
      const { model, account, client } = wanted.item;
      if (model === 'Grant' && account !== null && client !== null && client !== WEB_CLIENT)
        await keepSubject(db, {
          client,
          account,
          subject: pairwiseSubject({ services, client, account }),
          now: services.clock.now(),
        });
      // A provider session belongs to the sign-in whose cookie the browser shows with it.
      if (wanted.item.model === 'Session' && wanted.item.account !== null && signOn !== undefined) {
        await db.run(sql`update identity.oidc_item set sign_on = (select id from identity.session where sso_hash = ${signOn} and account = ${wanted.item.account} and ended_at is null)
          where model = 'Session' and digest = ${wanted.item.digest}`);
      }
      return;
    }
    case 'consume':
      if (!(await consumeItem(db, { ...wanted, at: services.clock.now() }))) throw new UsedTwice();
      return;
    case 'drop':
      await db.run(sql`delete from identity.oidc_item where model = ${wanted.model} and digest = ${wanted.digest}`);
      return;
    case 'revoke':
      await revokeFamily(db, wanted.grant);
  }
}
