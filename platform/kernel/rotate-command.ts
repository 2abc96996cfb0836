import type { AppManifest, Services } from './app.ts';
import { withServices } from './command.ts';
import type { Config } from './config.ts';
import { type KeyUse, keyUses } from './reseal.ts';
import { pruneKeyring, rotateKeyring } from './secret.ts';

const USAGE = `npm run rotate-keys                新增一把密钥并设为当前；之后请重启所有进程，旧数据会自动重新加密
                                   adds a key and makes it current; restart every process, older data are then sealed anew by themselves
npm run rotate-keys -- --report    各把密钥还加密着多少内容  what each key still seals
npm run rotate-keys -- --prune     移除不再使用的旧密钥      removes keys that seal nothing any more`;

/** The command `rotate-keys`; the exit code. Report and prune read the database: an embedded one must not be in use. */
export async function rotateCommand(options: {
  args: readonly string[];
  manifests: readonly AppManifest[];
  config: Config;
  say: (line: string) => void;
}): Promise<0 | 1> {
  const { args, config, say } = options;
  const [act, ...more] = args;
  if (more.length > 0 || (act !== undefined && act !== '--report' && act !== '--prune')) {
    say(USAGE);
    return 1;
  }
  try {
    if (act === undefined) {
      const { currentKeyId } = rotateKeyring({ file: config.keyFile, dataDir: config.dataDir });
      say(`当前密钥 ${currentKeyId}；请重启所有进程。 Current key ${currentKeyId}; now restart every process.`);
      return 0;
    }
    return await withServices(options, (services) =>
      act === '--report' ? report(services, say) : prune(services, say),
    );
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

async function report(services: Services, say: (line: string) => void): Promise<0 | 1> {
  show(await keyUses(services), services, say);
  return 0;
}

/** Removes every older key that no envelope names; refuses while one of them is still needed. */
async function prune(services: Services, say: (line: string) => void): Promise<0 | 1> {
  const { keyring, config } = services;
  const uses = await keyUses(services);
  const unused = keyring.keyIds.filter((id) => id !== keyring.currentKeyId && !uses.some(({ key }) => key === id));
  const needed = keyring.keyIds.filter((id) => id !== keyring.currentKeyId && !unused.includes(id));
  if (unused.length > 0) {
    pruneKeyring({ file: config.keyFile, dataDir: config.dataDir, remove: unused });
    say(`已移除 removed: ${unused.join(' ')}`);
    say('移除前所做的数据库备份仍需要旧的密钥文件。 Backups made before still need the former key file.');
  }
  if (needed.length === 0) {
    if (unused.length === 0) say('没有可移除的密钥。 There is no older key.');
    return 0;
  }
  show(uses, services, say);
  say(`仍在使用，未移除 still in use, kept: ${needed.join(' ')}`);
  return 1;
}

function show(uses: readonly KeyUse[], services: Services, say: (line: string) => void): void {
  const { keyring } = services;
  for (const id of keyring.keyIds) {
    const own = uses.filter(({ key }) => key === id);
    const total = own.reduce((sum, { envelopes }) => sum + envelopes, 0);
    say(`${id}${id === keyring.currentKeyId ? ' 当前 current' : ''}  ${total}`);
    for (const { column, envelopes } of own) say(`  ${column}  ${envelopes}`);
  }
  for (const { column, envelopes } of uses.filter(({ key }) => key === '?'))
    say(`! 未知密钥 unknown key  ${column}  ${envelopes}`);
}
