import { sqlCommand } from '#platform/kernel/sql-command.ts';
import { manifests } from '../manifests.ts';

process.exitCode = await sqlCommand({ args: process.argv.slice(2), manifests });
