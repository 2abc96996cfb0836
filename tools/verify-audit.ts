import { verifyCommand } from '#platform/audit/verify-command.ts';
import { readConfig } from '#platform/kernel/config.ts';
import { manifests } from '../manifests.ts';

/** `npm run verify-audit`: proves that no audit row was changed, removed or added; `-- --from N --to M` between two seals. */
process.exitCode = await verifyCommand({
  args: process.argv.slice(2),
  manifests,
  config: readConfig(),
  say: console.log,
});
