import { readConfig } from '#platform/kernel/config.ts';
import { breachListCommand } from '#platform/identity/breached/command.ts';

/** `npm run breach-list -- SOURCE [--least N]`: makes the operator's breach list of a public file of hashes. */
process.exitCode = await breachListCommand({ args: process.argv.slice(2), config: readConfig(), say: console.log });
