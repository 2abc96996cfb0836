import { sm2 } from 'sm-crypto-v2';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { maskPhone } from '#platform/kernel/mask.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import {
  type CardFacts,
  type CardReading,
  signReading,
} from '#apps/government/service-hall/peripherals/card-reading.ts';

const MODULE = 'peripherals-simulator';
const actor = systemActor({ name: MODULE });
export const within = <T>(services: Services, work: (db: Db) => Promise<T>): Promise<T> =>
  services.database.tx({ module: MODULE, actor }, work);

export type Place = { centre: string; no: number };
export const secretContext = (centre: string, no: number | string): string => `peripherals-simulator:${centre}:${no}`;
export const cardContext = (key: string): string => `peripherals-simulator:card:${key}`;

/** The desk of a window with its key, made when it is first asked for. */
export async function deskOf(
  services: Services,
  { centre, no }: Place,
): Promise<{ publicKey: string; privateKey: string }> {
  return within(services, async (db) => {
    const { publicKey, privateKey } = sm2.generateKeyPairHex();
    const sealed = services.keyring.seal(privateKey, secretContext(centre, no));
    await db.run(sql`
      insert into peripherals_simulator.device (centre, window_no, public_key, secret) values (${centre}, ${no}::int, ${publicKey}, ${sealed})
      on conflict do nothing`);
    const row = await db.one<{ publicKey: string; secret: string }>(sql`
      select public_key as "publicKey", secret from peripherals_simulator.device where centre = ${centre} and window_no = ${no}::int`);
    return { publicKey: row.publicKey, privateKey: services.keyring.open(row.secret, secretContext(centre, no)) };
  });
}

export type Desk = { plugged: boolean; card: string | null; title: string | null };

export function stateOf(services: Services, { centre, no }: Place): Promise<Desk | undefined> {
  return within(services, (db) =>
    db.first<Desk>(sql`
      select d.plugged, d.card, c.title from peripherals_simulator.device d left join peripherals_simulator.card c on c.key = d.card
      where d.centre = ${centre} and d.window_no = ${no}::int`),
  );
}

/** Puts a card on the reader, takes it away (`null`), or pulls the plug. */
export async function handle(
  services: Services,
  place: Place,
  change: { card?: string | null; plugged?: boolean },
): Promise<void> {
  const { card, plugged } = change;
  await within(services, async (db) => {
    if (plugged !== undefined)
      await db.run(sql`
        update peripherals_simulator.device set plugged = ${plugged}::boolean where centre = ${place.centre} and window_no = ${place.no}::int`);
    if (card !== undefined)
      await db.run(sql`
        update peripherals_simulator.device set card = (select key from peripherals_simulator.card where key = ${card}::text)
        where centre = ${place.centre} and window_no = ${place.no}::int`);
  });
}

export async function keepCard(
  services: Services,
  card: { key: string; title: string; facts: CardFacts },
): Promise<void> {
  const { key, title, facts } = card;
  await within(services, (db) =>
    db.run(sql`
      insert into peripherals_simulator.card (key, title, facts) values (${key}, ${title}, ${services.keyring.seal(json(facts), cardContext(key))})
      on conflict do nothing`),
  );
}

/** Reads the card that lies there, signed over the challenge; undefined where there is none, or no reader. */
export async function readCard(services: Services, place: Place, challenge: string): Promise<CardReading | undefined> {
  const desk = await stateOf(services, place);
  if (!desk?.plugged || desk.card === null) return undefined;
  const { card } = desk;
  const row = await within(services, (db) =>
    db.one<{ facts: string }>(sql`select facts from peripherals_simulator.card where key = ${card}`),
  );
  const facts = JSON.parse(services.keyring.open(row.facts, cardContext(card))) as CardFacts;
  const keys = await deskOf(services, place);
  return { facts, signature: signReading({ challenge, facts, ...keys }) };
}

export async function print(services: Services, place: Place, page: { title: string; lines: string[] }): Promise<void> {
  await within(services, (db) =>
    db.run(sql`
      insert into peripherals_simulator.printed (id, centre, window_no, at, title, lines)
      values (${uuidv7()}::uuid, ${place.centre}, ${place.no}::int, ${services.clock.now()}::timestamptz, ${page.title}, ${page.lines}::text[])`),
  );
}

/** A text message arrives on the sample's phone: anybody who tries the sample can read it there. */
export async function receive(services: Services, message: { phone: string; text: string }): Promise<void> {
  await within(services, (db) =>
    db.run(sql`
      insert into peripherals_simulator.message (id, phone, body, at)
      values (${uuidv7()}::uuid, ${maskPhone(message.phone)}, ${message.text}, ${services.clock.now()}::timestamptz)`),
  );
}
