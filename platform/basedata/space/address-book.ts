import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type AddressBook, type BookAlias, type BookEntry, buildBook } from '../shared/address/book.ts';

type Cached = { revision: string; book: Promise<AddressBook> };
const cache = new WeakMap<Services, Cached>();

/**
 * The addresses that public answers may give, in memory (地址簿). Each call compares one number with the database, so every process follows
 * a change from the next request on; of several that wait for a new one, the first builds it. `db` is bound to space.
 */
export async function addressBook(services: Services, db: Db): Promise<AddressBook> {
  const { revision } = await db.one<{ revision: string }>(sql`select space.book_revision() as revision`);
  for (;;) {
    const cached = cache.get(services);
    if (cached?.revision !== revision) break;
    try {
      return await cached.book;
    } catch {
      // Whoever built it failed with its own transaction; that is no reason for the others to fail.
      if (cache.get(services) === cached) cache.delete(services);
    }
  }
  const book = readBook(db);
  cache.set(services, { revision, book });
  return book;
}

/** Former addresses lead to standing buildings only. */
async function readBook(db: Db): Promise<AddressBook> {
  const entries = await db.rows<BookEntry>(sql`
    select a.building_code as building, a.standard as address, a.status = 'former' as former
    from space.address a join space.building b on b.code = a.building_code
    where b.status = 'standing' and not space.hides(b.secrecy) order by a.id`);
  const aliases = await db.rows<BookAlias>(sql`select alias, kind, target from space.alias order by id`);
  return buildBook({ entries, aliases });
}

/** The same where no transaction of space is open. */
export function openAddressBook(services: Services): Promise<AddressBook> {
  return services.database.tx({ module: 'space', actor: systemActor({ name: 'geocode' }), readOnly: true }, (db) =>
    addressBook(services, db),
  );
}
