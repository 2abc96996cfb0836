import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readConfig } from '#platform/kernel/config.ts';
import { acquireLock, DirectoryInUse } from '#platform/kernel/db/lock.ts';

/** `npm run reset`: removes the embedded database and uploaded files; with `-- --keys` the keys as well. */
const config = readConfig();
try {
  acquireLock(config.dataDir);
  await rm(config.dataDir, { recursive: true, force: true });
  console.log(`已删除 ${config.dataDir}  removed`);
  if (process.argv.includes('--keys')) {
    await rm(dirname(config.keyFile), { recursive: true, force: true });
    console.log(`已删除 ${dirname(config.keyFile)}  removed`);
  }
} catch (error) {
  if (!(error instanceof DirectoryInUse)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
