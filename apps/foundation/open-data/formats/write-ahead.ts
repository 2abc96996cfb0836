import type { Consumer, JobHandler } from '#platform/kernel/app.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Field } from '../schema.ts';
import { fileOf } from './files.ts';

/** Rows above which the first reader would wait too long for the file to be written. */
const LARGE = 100_000;

/** The CSV of a large version is written when it is published (预生成), not when the first reader waits for it. */
export const writeAheadJob: JobHandler = {
  name: 'write-ahead',
  run: async ({ services, payload: { version = '' } }) => {
    const found = await services.database.tx({ module: 'open-data', actor: systemActor({ name: 'open-data' }) }, (db) =>
      db.first<{ fields: Field[] }>(
        sql`select fields from open_data.version where id = ${version}::uuid and state = 'published'`,
      ),
    );
    if (found) await fileOf(services, { version, fields: found.fields, format: 'csv' });
  },
};

/** What is given to its holders only, each with marks of their own, is not written ahead. */
export const writePublished: Consumer = {
  name: 'write-published',
  type: 'open-data.version.published',
  handle: async ({ event, db }) => {
    const large = await db.first(sql`
      select v.id from open_data.version v join open_data.dataset d on d.id = v.dataset
      where v.id = ${event.subject}::uuid and v.rows >= ${LARGE}::int and d.opening = 'open'`);
    if (large) await db.enqueue({ name: 'write-ahead', payload: { version: event.subject }, key: event.subject });
  },
};
