import { createHash, timingSafeEqual } from 'node:crypto';
import { Client, type SFTPWrapper, type Stats } from 'ssh2';
import { resolveAllowed } from '#platform/kernel/outbound.ts';
import { CONNECT_MS, setting, type SourceConnector, SourceProblem } from './connector.ts';

/** A file on an SFTP server whose key is pinned; size and time of the file are the watermark. */
export const sftpConnector: SourceConnector = {
  kind: 'sftp',
  async open({ settings, credential, watermark, services, signal }) {
    const path = setting(settings, 'path');
    const address = await resolveAllowed({ host: setting(settings, 'host'), networks: services.config.feedNetworks });
    const client = await connect({ address, settings, credential, signal });
    try {
      const sftp = await new Promise<SFTPWrapper>((done, fail) =>
        client.sftp((error, found) => (error ? fail(error) : done(found))),
      );
      const stats = await new Promise<Stats>((done, fail) =>
        sftp.stat(path, (error, found) =>
          error
            ? fail(
                new SourceProblem(
                  'SOURCE_FILE',
                  { zh: '来源上没有这个文件', en: 'The source has no such file' },
                  error,
                ),
              )
            : done(found),
        ),
      );
      const mark = `${stats.mtime}/${stats.size}`;
      if (mark === watermark) {
        client.end();
        return { kind: 'unchanged' };
      }
      return {
        kind: 'file',
        stream: sftp.createReadStream(path),
        fileName: (path.split('/').at(-1) ?? 'file').slice(0, 200),
        watermark: () => mark,
        close: async () => void client.end(),
      };
    } catch (error) {
      client.end();
      throw error;
    }
  },
};

/** `SHA256:…` as ssh-keygen writes it. */
export function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

function connect(options: {
  address: string;
  settings: Record<string, unknown>;
  credential: string | undefined;
  signal: AbortSignal;
}): Promise<Client> {
  const { address, settings, credential, signal } = options;
  const pinned = Buffer.from(setting(settings, 'hostKey'));
  let stranger = false;
  const client = new Client();
  const stop = (): void => void client.end();
  signal.addEventListener('abort', stop, { once: true });
  client.once('close', () => signal.removeEventListener('abort', stop));
  return new Promise((done, fail) => {
    client
      .once('ready', () => done(client))
      .on('error', (error: Error & { level?: string }) =>
        fail(
          stranger
            ? new SourceProblem('HOST_KEY', {
                zh: '对方服务器的密钥与登记的不一致，没有连接',
                en: 'The server shows another key than the registered one: not connected',
              })
            : error.level === 'client-authentication'
              ? new SourceProblem('SIGN_IN', { zh: '来源不接受登录', en: 'The source refused to sign in' }, error)
              : error,
        ),
      )
      .connect({
        host: address,
        port: Number(settings.port ?? 22),
        username: setting(settings, 'user'),
        ...(credential?.includes('PRIVATE KEY') ? { privateKey: credential } : { password: credential }),
        readyTimeout: CONNECT_MS,
        keepaliveInterval: CONNECT_MS,
        hostVerifier: (key: Buffer) => {
          const shown = Buffer.from(fingerprint(key));
          const same = shown.length === pinned.length && timingSafeEqual(shown, pinned);
          stranger = !same;
          return same;
        },
      });
  });
}
