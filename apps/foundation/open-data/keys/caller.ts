import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Db } from '#platform/kernel/db.ts';
import { ruleAt } from '#platform/rulebook/rule-at.ts';
import { type ApiKey, findKey, secretIn } from './api-key.ts';
import { KeyRefused } from '../errors.ts';
import { applyLimit, type Limiter } from './limit.ts';

/** Who calls the interface: a key, or an address. A key that is wrong is refused, never taken for nobody. */
export async function callerOf(
  db: Db,
  request: FastifyRequest,
): Promise<{ key: ApiKey | undefined; name: string; most: number }> {
  const secret = secretIn(request.headers);
  const key = await findKey(db, secret);
  if (secret !== undefined && !key) throw KeyRefused.with();
  const { value } = await ruleAt(db, 'open-data.limits');
  const rows = typeof value === 'object' ? value.rows : [];
  const most = Number(rows.find(([caller]) => caller === (key ? 'key' : 'anonymous'))?.[1] ?? 0);
  return { key, name: key ? `key ${key.id}` : `address ${request.ip}`, most };
}

export async function limited(
  db: Db,
  options: { request: FastifyRequest; reply: FastifyReply; limiter: Limiter; now: number; bulk: string },
): Promise<ApiKey | undefined> {
  const { request, reply, limiter, now, bulk } = options;
  const { key, name, most } = await callerOf(db, request);
  applyLimit({ limiter, reply, caller: name, most, now, bulk });
  return key;
}
