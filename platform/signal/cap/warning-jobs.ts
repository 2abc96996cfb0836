import { hash } from 'node:crypto';
import type { JobHandler } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { signContent } from '#platform/document/sign/sign-content.ts';
import { listHolders } from '#platform/identity/organisation/holders.ts';
import { tell } from '../tell/tell.ts';
import { readWarnings } from './warning-record.ts';
import { writeCap } from './write-cap.ts';

/** Persons of one transaction. */
const CHUNK = 500;

/**
 * Tells citizens and enterprises of a public warning (告知公众). Reads the table of public warnings, and nothing else: what is not there cannot be told.
 * One that has ended meanwhile is not told any more.
 */
export const tellCitizens: JobHandler = {
  name: 'tell-citizens',
  run: async ({ payload, services, tx, heartbeat }) => {
    const { warning = '' } = payload;
    const found = await tx((db) =>
      db.first<{ level: number; zh: string | null; en: string | null }>(sql`
        select level, jsonb_path_query_first(message, '$.info[*] ? (@.language like_regex "^zh").headline') #>> '{}' as zh,
          jsonb_path_query_first(message, '$.info[*] ? (@.language like_regex "^en").headline') #>> '{}' as en
        from signal.public_warning where id = ${warning}::uuid and ended_at is null and expires_at > kernel.now()`),
    );
    if (!found) return;
    const zh = found.zh ?? found.en ?? '公共预警';
    const title = { zh, en: found.en ?? zh };
    const people = (await listHolders(services)).filter(({ unit }) => unit === null).map(({ account }) => account);
    for (let from = 0; from < people.length; from += CHUNK) {
      await tx((db) =>
        tell(db, {
          accounts: people.slice(from, from + CHUNK),
          message: {
            key: `warning:${warning}`,
            about: 'warning',
            subject: warning,
            level: found.level,
            title,
            publicWarning: warning,
          },
        }),
      );
      await heartbeat();
    }
  },
};

/** Signs what was released with the key of its unit (SM2, outside the XML): anybody can check the file at the register of signatures. */
export const signWarning: JobHandler = {
  name: 'sign-warning',
  run: async ({ payload, services, actor, tx }) => {
    const { warning = '' } = payload;
    const [row] = await tx((db) => readWarnings(db, sql`where id = ${warning}::uuid`));
    if (!row) return;
    const xml = writeCap(row.message);
    const content = { sm3: hash('sm3', xml, 'hex'), sha256: hash('sha256', xml, 'hex'), size: Buffer.byteLength(xml) };
    await signContent({ services, actor, owner: row.unit, content, title: '公共预警' });
  },
};
