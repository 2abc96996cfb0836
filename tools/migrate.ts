import { readConfig } from '#platform/kernel/config.ts';
import { postgresEngine } from '#platform/kernel/db/postgres.ts';
import { migrate } from '#platform/kernel/migrate.ts';
import { createRegistry } from '#platform/kernel/registry.ts';
import { installedManifests } from '../manifests.ts';

/** `npm run migrate`: brings the PostgreSQL database to the state of the manifests, with the administrator's credential. */
const config = readConfig();
if (!config.databaseAdminUrl) {
  console.error(
    '请设置 DATABASE_ADMIN_URL；内嵌数据库在启动时自动升级。 Set DATABASE_ADMIN_URL; the embedded database migrates at start.',
  );
  process.exit(1);
}
const engine = postgresEngine({
  url: config.databaseUrl ?? config.databaseAdminUrl,
  adminUrl: config.databaseAdminUrl,
  poolSize: 1,
});
try {
  const { applied } = await migrate({
    engine,
    registry: createRegistry(await installedManifests(config)),
    root: config.root,
  });
  for (const name of applied) console.log(name);
  console.log(`${applied.length} applied`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await engine.close();
}
