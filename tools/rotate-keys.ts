import { readConfig } from '#platform/kernel/config.ts';
import { rotateCommand } from '#platform/kernel/rotate-command.ts';
import { installedManifests } from '../manifests.ts';

/** `npm run rotate-keys`: a new key; with `-- --report` what each key still seals; with `-- --prune` keys that seal nothing go. */
const config = readConfig();
process.exitCode = await rotateCommand({
  args: process.argv.slice(2),
  manifests: await installedManifests(config),
  config,
  say: console.log,
});
