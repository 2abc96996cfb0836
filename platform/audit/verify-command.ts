import { withServices } from '#platform/kernel/command.ts';
import type { AppManifest } from '#platform/kernel/app.ts';
import type { Config } from '#platform/kernel/config.ts';
import { type Fault, verifyAccess } from './verify.ts';

const USAGE = `npm run verify-audit                          核对全部审计记录  verifies the whole audit
npm run verify-audit -- --from 12 --to 40     核对两次封存之间  verifies what lies between two seals`;

const WORDS: Record<Fault['reason'], string> = {
  'row-changed': '审计记录被改动 / an audit row was changed',
  'subjects-changed': '记录的涉及对象被改动 / the subjects of a row were changed',
  'row-missing': '审计记录缺失 / an audit row is missing',
  'row-added': '多出未封存的审计记录 / an audit row was added',
  'seal-changed': '封存记录被改动 / a seal was changed',
  'seal-missing': '封存记录缺失 / a seal is missing',
  unsigned: '封存没有签名 / a seal has lost its signature',
  'foreign-key': '签名密钥不属于本系统 / the signing key is not of this installation',
};

/** The command `verify-audit` (审计核验); exit code 1 when something is not as it was sealed. Reads only. */
export async function verifyCommand(options: {
  args: readonly string[];
  manifests: readonly AppManifest[];
  config: Config;
  say: (line: string) => void;
}): Promise<0 | 1> {
  const { say } = options;
  const range = readRange(options.args);
  if (!range) {
    say(USAGE);
    return 1;
  }
  try {
    const verdict = await withServices(options, (services) => verifyAccess(services, range));
    const { fault, seals, rows, unsealed, last } = verdict;
    say(`已核对 verified: ${seals} 次封存 seals, ${rows} 条记录 rows; 待封存 not sealed yet: ${unsealed}`);
    if (last) say(`最后封存 last seal: ${last.seq}  ${last.at}  ${last.hash}`);
    if (!fault) {
      say('完整无误 complete and unchanged');
      return 0;
    }
    say(`✗ ${WORDS[fault.reason]}: ${fault.row ?? ''} (封存 seal ${fault.seal})`);
    return 1;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

function readRange(args: readonly string[]): { from?: number; to?: number } | undefined {
  const range: { from?: number; to?: number } = {};
  for (let i = 0; i < args.length; i += 2) {
    const value = Number(args[i + 1]);
    if (!Number.isSafeInteger(value) || value < 1) return undefined;
    if (args[i] === '--from') range.from = value;
    else if (args[i] === '--to') range.to = value;
    else return undefined;
  }
  return range;
}
