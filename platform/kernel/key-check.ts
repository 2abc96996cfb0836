import { basename } from 'node:path';
import { systemActor } from './actor.ts';
import type { Config } from './config.ts';
import type { Database } from './db.ts';
import { type Keyring, openKeyring } from './secret.ts';
import { sql } from './sql.ts';

export const CHECK_CONTEXT = 'kernel.key-check';
const CHECK_TEXT = 'smart-district';
const actor = systemActor({ name: 'key-check' });

/**
 * Opens the key file and proves that it is the one of these data. A new installation gets a new file; where data exist, a
 * missing or another file refuses the start with a sentence that names it, since nothing sealed could be opened again.
 */
export async function openCheckedKeyring(options: {
  config: Pick<Config, 'keyFile' | 'dataDir'>;
  database: Database;
}): Promise<Keyring> {
  const { config, database } = options;
  const kept = await database.tx({ module: 'kernel', actor }, (db) =>
    db.first<{ sealed: string; digest: string }>(sql`select sealed, digest from kernel.key_check`),
  );
  if (kept === undefined) {
    const keyring = openKeyring({ file: config.keyFile, dataDir: config.dataDir, create: true });
    await database.tx({ module: 'kernel', actor }, (db) =>
      db.run(sql`insert into kernel.key_check (sealed, digest)
        values (${keyring.seal(CHECK_TEXT, CHECK_CONTEXT)}, ${keyring.lookup(CHECK_CONTEXT, CHECK_TEXT)}) on conflict do nothing`),
    );
    return keyring;
  }
  const keyring = existing(config);
  if (!fits(keyring, kept)) throw wrongFile(config.keyFile);
  return keyring;
}

function existing(config: Pick<Config, 'keyFile' | 'dataDir'>): Keyring {
  try {
    return openKeyring({ file: config.keyFile, dataDir: config.dataDir, create: false });
  } catch (error) {
    if (!(error instanceof Error) || !error.message.endsWith('does not exist')) throw error;
    throw new Error(
      `密钥文件 ${config.keyFile} 不存在，而数据库中已有用它加密的数据。请放回该文件（KEY_FILE）再启动。 ` +
        `The key file ${config.keyFile} does not exist, but the database holds data sealed with it. Put the file back (KEY_FILE), then start.`,
      { cause: error },
    );
  }
}

function fits(keyring: Keyring, kept: { sealed: string; digest: string }): boolean {
  try {
    return (
      keyring.open(kept.sealed, CHECK_CONTEXT) === CHECK_TEXT &&
      keyring.lookup(CHECK_CONTEXT, CHECK_TEXT) === kept.digest
    );
  } catch {
    return false;
  }
}

function wrongFile(file: string): Error {
  return new Error(
    `密钥文件 ${basename(file)} 与数据库不匹配：它打不开已加密的数据。请换回原来的文件（KEY_FILE）。 ` +
      `The key file ${basename(file)} is not the one of this database: it does not open what is sealed there. Use the former file (KEY_FILE).`,
  );
}
