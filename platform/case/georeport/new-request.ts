import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Services } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import { openAreaLocator } from '#platform/geo/area-locator.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import { keyDigest } from '../api-keys.ts';
import { classesAt } from '../classes.ts';
import { fileReport } from '../file-report.ts';
import { GeoReportError } from './fault.ts';
import { PART_CODE } from './services.ts';
import type { Value } from './xml.ts';

export type Given = Record<string, string>;

const LONGEST = 4000;
const HOUR_MS = 3_600_000;
const Email = Compile(Type.String({ format: 'email', maxLength: 254 }));
const NUMBER = /^-?\d{1,3}(\.\d{1,15})?$/;

function degrees(given: Given, name: 'lat' | 'long', most: number): number {
  const text = given[name] ?? '';
  const value = NUMBER.test(text) ? Number(text) : Number.NaN;
  if (!(Math.abs(value) <= most)) throw new GeoReportError(400, `${name} must be a number of degrees (WGS 84)`);
  return value;
}

function short(given: Given, name: string, most: number): string | undefined {
  const text = given[name]?.trim() ?? '';
  if (text.length > most) throw new GeoReportError(400, `${name} is longer than ${most} characters`);
  return text === '' ? undefined : text;
}

function addressOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (text.length > 2000 || !/^https?:\/\/\S+$/.test(text))
    throw new GeoReportError(400, 'media_url must be an http or https address');
  return text;
}

/** `POST /requests`: a report of a third party, by its key. What is wrong is said by name; a wrong key comes first. */
export async function createRequest(services: Services, given: Given): Promise<Value> {
  const key = await keyOf(services, given.api_key);
  if (!given.service_code) throw new GeoReportError(400, 'service_code was not provided');
  const [lat, lon] = [degrees(given, 'lat', 90), degrees(given, 'long', 180)];
  const text = short(given, 'description', LONGEST);
  const address = short(given, 'address_string', 200);
  const mediaUrl = addressOf(short(given, 'media_url', 2000));
  const part = short(given, `attribute[${PART_CODE}]`, 16);
  if (part !== undefined && !/^\d{16}$/.test(part))
    throw new GeoReportError(400, `attribute[${PART_CODE}] must be 16 digits`);
  const email = short(given, 'email', 254);
  if (email !== undefined && !Email.Check(email)) throw new GeoReportError(400, 'email is no e-mail address');
  const names = [short(given, 'last_name', 40), short(given, 'first_name', 40)].filter((each) => each !== undefined);
  const phone = short(given, 'phone', 20);
  const where = (await openAreaLocator(services)).whereabouts(lon, lat);
  if (!where) throw new GeoReportError(400, 'lat and long lie outside this jurisdiction');
  const actor = { ...systemActor({ name: `open311:${key.id}` }), name: key.holder };
  return services.database.tx({ module: 'incident', actor }, async (db) => {
    const now = services.clock.now();
    const [known] = await classesAt(db, now, given.service_code);
    if (!known) throw new GeoReportError(404, 'service_code provided was not found');
    const { most } = await amountsAt(db, { most: { id: 'incident.report.most', unit: 'report' } }, now);
    const { n } = await db.one<{ n: number }>(
      sql`select incident.reports_since(${actor.account}, ${new Date(now.getTime() - HOUR_MS)}::timestamptz) as n`,
    );
    if (n >= most) throw new GeoReportError(429, `more than ${most} requests within an hour`);
    const contact = email || phone || names.length > 0 ? { email, phone, name: names.join(' ') || undefined } : null;
    const made = await fileReport({
      db,
      services,
      now,
      where,
      report: {
        clientId: uuidv7(),
        source: 'open311',
        class: known.code,
        // Words are optional in the standard; the class says what is wrong then.
        text: text ?? known.name.zh,
        lon,
        lat,
        address,
        part: known.kind === 'part' ? part : undefined,
        apiKey: key.id,
        mediaUrl,
        reporter: { account: actor.account, person: null, entity: null, contact },
      },
    });
    return {
      list: 'request',
      of: [
        {
          service_request_id: made.no,
          service_notice: known.close.zh,
          account_id: short(given, 'account_id', 80) ?? null,
        },
      ],
    };
  });
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
  if (!found) throw new GeoReportError(403, 'Missing or invalid api_key: the request cannot be created');
  return found;
}
