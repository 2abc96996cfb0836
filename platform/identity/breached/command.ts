import type { Config } from '#platform/kernel/config.ts';
import { makeBreachList } from './make-breach-list.ts';

const USAGE = `BREACH_LIST=清单文件 npm run breach-list -- 来源 [--least N]
  来源：按散列排序的 SHA-1 文件（每行 散列:次数），或按前缀分开的文件夹；--least 只保留出现 N 次以上的
  source: a file of SHA-1 hashes ordered by hash (lines hash:count), or a folder of range files; --least keeps what was seen N times or more`;

/** The command `breach-list`: makes the operator's list at the place that `BREACH_LIST` names; the exit code. */
export async function breachListCommand(options: {
  args: readonly string[];
  config: Pick<Config, 'breachList'>;
  say: (line: string) => void;
}): Promise<0 | 1> {
  const { args, config, say } = options;
  const [source, flag, times, ...more] = args;
  const least = flag === undefined ? 1 : Number(times);
  const wrong = more.length > 0 || (flag !== undefined && flag !== '--least') || !Number.isInteger(least) || least < 1;
  if (source === undefined || config.breachList === undefined || wrong) {
    say(USAGE);
    return 1;
  }
  try {
    const entries = await makeBreachList({ source, target: config.breachList, least });
    say(`已写入 ${entries} 条。请重启所有进程。 ${entries} entries written; now restart every process.`);
    return 0;
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return 1;
  }
}
