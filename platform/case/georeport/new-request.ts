import type { Services } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { keyDigest } from '../api-keys.ts';
import { classesAt } from '../classes.ts';
import { addressFinder, type AddressFound } from '../hooks.ts';
import { maskText } from '../mask-text.ts';
import { lookAround, takeReport } from '../take-report.ts';
import { tell } from '../tell.ts';
import { checkRequest, type Request } from './check-request.ts';
import { fault } from './fault.ts';
import type { Form } from './form.ts';
import type { Value } from './xml.ts';

/**
 * `POST /requests`: a report of a third party, by its key, taken in like any other: register of parts, areas, the neighbour outside, and held above the usual
 * number, which then has a token in place of its number. A wrong key comes first; all else that is wrong is told at once.
 */
export async function createRequest(services: Services, form: Form): Promise<Value> {
  const key = await keyOf(services, form.given.api_key);
  const actor = { ...systemActor({ name: `open311:${key.id}` }), name: key.holder };
  const now = services.clock.now();
  const classes = await services.database.tx({ module: 'incident', actor, readOnly: true }, (db) => classesAt(db, now));
  const request = checkRequest(form, classes);
  const place: Omit<AddressFound, 'address'> & { address?: string } = request.pin ?? (await placeOf(services, request));
  const { text, part } = request;
  const given = { class: request.class.code, text, ...place };
  const around = await lookAround(services, { ...given, part });
  return services.database.tx({ module: 'incident', actor }, async (db) => {
    if (request.sameAs !== undefined) return answerOf(request, await join(db, { request, key: key.id, now, services }));
    const taken = await takeReport({
      db,
      services,
      now,
      around,
      senders: [actor.account],
      given: {
        ...given,
        clientId: uuidv7(),
        source: 'open311',
        address: request.address ?? place.address,
        part,
        apiKey: key.id,
        mediaUrl: request.mediaUrl,
        reporter: { account: actor.account, person: null, entity: null, contact: request.contact },
      },
    });
    // Whoever looks at the heap decides whether there will be a number: until then there is a token.
    return answerOf(request, taken.state === 'held' ? { token: taken.token } : { service_request_id: taken.no });
  });
}

function answerOf(request: Request, made: { token: string } | { service_request_id: string }): Value {
  const answer = { ...made, service_notice: request.class.close.zh, account_id: request.accountId ?? null };
  return { list: 'request', of: [answer] };
}

/** The address register finds the place (地址库); what it is not sure of is not guessed. */
async function placeOf(services: Services, { address, addressId }: Request): Promise<AddressFound> {
  const finder = services.registry.provided(addressFinder)[0]?.value;
  const name = addressId === undefined ? 'address_string' : 'address_id';
  const found = await finder?.find({ services, text: addressId === undefined ? address : undefined, id: addressId });
  if (!found) throw fault(400, `${name} could not be located: send lat and long as well`);
  return found;
}

/** The same matter as a known one (同一问题): one more reporter of that case, who is told of each step. */
async function join(
  db: Db,
  options: { request: Request; key: string; now: Date; services: Services },
): Promise<{ service_request_id: string }> {
  const { request, key, now, services } = options;
  const held = await db.first<{ id: string; no: string }>(
    sql`select id, no from incident.case_file where no = ${request.sameAs ?? ''} and closed_at is null for update`,
  );
  if (!held) throw fault(404, 'attribute[same_as] names no open request');
  const id = uuidv7();
  const contact = request.contact
    ? services.keyring.seal(JSON.stringify(request.contact), `incident:contact:${id}`)
    : null;
  await db.run(sql`
    insert into incident.report (id, case_id, first_case, client_id, account, contact, channel, text, at, api_key, media_url, token)
    values (${id}::uuid, ${held.id}::uuid, ${held.id}::uuid, ${uuidv7()}::uuid, ${db.actor.account}, ${contact}::text, 'open311', ${maskText(request.text)}, ${now}::timestamptz,
      ${key}::uuid, ${request.mediaUrl ?? null}::text, ${crypto.randomUUID()}::uuid)`);
  await db.run(
    sql`update incident.case_file set reports = reports + 1, updated_at = ${now}::timestamptz where id = ${held.id}::uuid`,
  );
  tell(db, { caseId: held.id, at: now, kind: 'join', shown: true });
  return { service_request_id: held.no };
}

/** Whose key it is. Unknown, revoked and missing keys sound alike. */
async function keyOf(services: Services, key: string | undefined): Promise<{ id: string; holder: string }> {
  const found = key
    ? await services.database.tx(
        { module: 'incident', actor: systemActor({ name: 'open311' }), readOnly: true },
        (db) =>
          db.first<{ id: string; holder: string }>(
            sql`select id, holder from incident.api_key where digest = ${keyDigest(key)} and revoked_at is null`,
          ),
      )
    : undefined;
  if (!found) throw fault(403, 'Missing or invalid api_key: the request cannot be created');
  return found;
}
