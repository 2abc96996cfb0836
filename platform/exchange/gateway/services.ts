import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { InvalidInput } from '#platform/kernel/errors.ts';
import { sql, type Sql } from '#platform/kernel/sql.ts';
import { validator } from '#platform/kernel/validate.ts';
import { ServiceUnknown } from './errors.ts';
import { ItemQuery, planOf, readItem, type UnitGrant, unitGrant } from './items.ts';
import type { Limits } from './limits.ts';
import type { Served } from './serve.ts';
import { verifyService } from './service.ts';
import type { SystemKey } from './system-keys.ts';
import { checkTake, serveTake, type TakeService, takeService } from './take-service.ts';
import { checkVerify, VerifyBody, verifyStatements } from './verify.ts';

/** Begin of every address of the gateway. */
export const PREFIX = '/gateway/v1';
/** The service that reads granted items. */
export const READ_ITEMS = 'items.read';

type Call = {
  services: Services;
  actor: Actor;
  key: SystemKey;
  purpose: string;
  limits: Limits;
  query: URLSearchParams;
  body: unknown;
};

/** Work that a message asks for. */
export type Work = {
  /** One row: what its calls are `counted` under, `per_minute` and `per_day` where something was agreed, and what was `found` (JSON). */
  terms: Sql;
  run(db: Db, found: unknown): Promise<Served>;
  /** Work in transactions of its own, once the message has been taken; `run` is not asked then. */
  apart?(): Promise<Served>;
  /** Where calls may share a transaction: what they must have in common besides the purpose, what this one is counted under, and the work of all. */
  shared?: {
    by: string;
    body: VerifyBody;
    counted: string;
    perMinute: number | null;
    perDay: number | null;
    runAll(db: Db, calls: readonly { key: SystemKey; body: VerifyBody }[]): Promise<Served[]>;
  };
};

/** The service (服务) that an address names. */
export type Asked = {
  service: string;
  item: string | null;
  /** Pattern of the address, for log and audit. */
  path: string;
  methods: readonly string[];
  prepare(call: Call): Work;
};

const ITEM = /^\/gateway\/v1\/items\/([a-z][a-z0-9-]*\.[a-z][a-z0-9-]*)$/;
const TAKE = /^\/gateway\/v1\/take\/([a-z][a-z0-9-]{1,40})$/;
const VERIFY = /^\/gateway\/v1\/verify\/([a-z][a-z0-9-]{1,40})$/;

export function findService(options: { services: Services; path: string }): Asked {
  const { services, path } = options;
  const item = ITEM.exec(path)?.[1];
  if (item !== undefined)
    return {
      service: READ_ITEMS,
      item,
      path: `${PREFIX}/items/:item`,
      methods: ['GET', 'POST'],
      prepare: (call) => prepareItem(call, item),
    };
  const pushed = TAKE.exec(path)?.[1];
  const taking = services.registry.provided(takeService).find(({ value }) => value.id === `take.${pushed}`)?.value;
  if (pushed !== undefined && taking)
    return {
      service: taking.id,
      item: null,
      path: `${PREFIX}/take/${pushed}`,
      methods: ['POST'],
      prepare: (call) => prepareTake(call, taking),
    };
  const what = VERIFY.exec(path)?.[1];
  const id = `verify.${what}`;
  const service = services.registry.provided(verifyService).find(({ value }) => value.id === id)?.value;
  if (what === undefined || !service) throw ServiceUnknown.with();
  return {
    service: id,
    item: null,
    path: `${PREFIX}/verify/${what}`,
    methods: ['POST'],
    prepare: (call) => {
      const { services, key, purpose, limits } = call;
      const body = checked<VerifyBody>(verifyCheck, call.body);
      checkVerify({ service, key, body, purpose, limits });
      const permit = key.permits.find((p) => p.service === id);
      const counted = `permit:${key.system}:${id}`;
      return {
        terms: sql`select ${counted}::text as counted, ${permit?.perMinute ?? null}::int as per_minute, ${permit?.perDay ?? null}::int as per_day, null::jsonb as found`,
        run: async (db) => {
          const [served] = await verifyStatements({ db, services, service, calls: [{ key, body }], limits });
          return served as Served;
        },
        shared: {
          by: id,
          body,
          counted,
          perMinute: permit?.perMinute ?? null,
          perDay: permit?.perDay ?? null,
          runAll: (db, calls) => verifyStatements({ db, services, service, calls, limits }),
        },
      };
    },
  };
}

const itemCheck = validator(ItemQuery, { convert: false });
const verifyCheck = validator(VerifyBody, { convert: false });

function prepareTake(call: Call, service: TakeService): Work {
  const { services, key, purpose } = call;
  const body = checked<object>(validator(service.body, { convert: false }), call.body);
  checkTake({ service, key, body, purpose });
  const permit = key.permits.find((p) => p.service === service.id);
  const counted = `permit:${key.system}:${service.id}`;
  return {
    terms: sql`select ${counted}::text as counted, ${permit?.perMinute ?? null}::int as per_minute, ${permit?.perDay ?? null}::int as per_day, null::jsonb as found`,
    run: () => serveTake({ services, service, key, body }),
    apart: () => serveTake({ services, service, key, body }),
  };
}

function prepareItem(call: Call, resource: string): Work {
  const { services, actor, purpose, limits } = call;
  const query = checked<ItemQuery>(itemCheck, call.body ?? fromAddress(call.query));
  return {
    terms: unitGrant(actor.unit ?? '', resource),
    run: (db, found) => {
      const plan = planOf({ services, resource, grant: (found as UnitGrant | null) ?? undefined, query, purpose });
      return readItem({ db, services, plan, query, limits });
    },
  };
}

/** `?fields=a,b&limit=100&cursor=…`; rows are chosen by POST, whose content no log of an address holds. */
function fromAddress(query: URLSearchParams): Record<string, unknown> {
  const value: Record<string, unknown> = {};
  for (const [name, text] of query) {
    if (name in value) throw InvalidInput.with();
    if (name === 'fields') value.fields = text.split(',');
    else if (name === 'limit') value.limit = /^\d{1,6}$/.test(text) ? Number(text) : text;
    else value[name] = text;
  }
  return value;
}

function checked<T>(check: ReturnType<typeof validator>, input: unknown): T {
  const { value, faults } = check.check(input);
  if (faults.length > 0) throw InvalidInput.with({ fields: faults });
  return value as T;
}
