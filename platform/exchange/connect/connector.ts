import { BlockList, isIP } from 'node:net';
import type { Readable } from 'node:stream';
import type { Services } from '#platform/kernel/app.ts';
import { resolveAllowed } from '#platform/kernel/outbound.ts';
import type { Text } from '#platform/kernel/text.ts';

/** What a source connector (数据源连接器) is told. */
export type OpenOptions = {
  feed: string;
  settings: Record<string, unknown>;
  /** Password, key or token, in clear, in memory only. */
  credential: string | undefined;
  /** Where the last batch ended; null before the first. */
  watermark: string | null;
  services: Services;
  signal: AbortSignal;
};

/**
 * What a source has after a watermark. A `file` goes to the readers as it is; `rows` are written down one object a line. The
 * watermark is known when everything has been read, and kept only together with the batch.
 */
export type Opened =
  | { kind: 'unchanged' }
  | {
      kind: 'file' | 'rows';
      stream: Readable;
      fileName: string;
      format?: string;
      watermark(): string | null;
      close?(): Promise<void>;
    };

/** One kind of source. Reads only; never blocks longer than its time-outs; says in plain words what is wrong. */
export type SourceConnector = {
  kind: string;
  open(options: OpenOptions): Promise<Opened>;
};

/** Why a source could not be read, for people. The cause may name hosts and users, so it goes to the log only. */
export class SourceProblem extends Error {
  readonly code: string;
  readonly text: Text;
  /** Columns that the source has lost: no trying again helps. */
  readonly columns: readonly string[] | undefined;
  constructor(code: string, text: Text, cause?: unknown, columns?: readonly string[]) {
    super(`${code}: ${text.en}`, { cause });
    this.code = code;
    this.text = text;
    this.columns = columns;
  }
}

export const CONNECT_MS = 15_000;
/** The longest that one reading of a source may take. */
export const READ_MS = 10 * 60_000;

/** The source, or that it took too long. What comes of it later is closed again. */
export async function openWithin(open: Promise<Opened>, limit: AbortSignal): Promise<Opened> {
  let over = (): void => undefined;
  const late = new Promise<never>((_done, fail) => {
    over = () => fail(limit.reason as Error);
    if (limit.aborted) over();
    else limit.addEventListener('abort', over, { once: true });
  });
  try {
    return await Promise.race([open, late]);
  } catch (error) {
    open.then((opened) => (opened.kind === 'unchanged' ? undefined : opened.close?.())).catch(() => undefined);
    throw error;
  } finally {
    limit.removeEventListener('abort', over);
  }
}

/** A credential goes in clear only to a network that the operator named; to all others encrypted. */
export async function assertSealedWay(options: {
  credential: string | undefined;
  secure: boolean;
  host: string;
  services: Services;
}): Promise<void> {
  const { credential, secure, host, services } = options;
  if (credential === undefined || secure) return;
  const networks = services.config.feedNetworks;
  const address = await resolveAllowed({ host, networks });
  const inside = new BlockList();
  for (const network of networks) {
    const [base = '', bits = ''] = network.split('/');
    inside.addSubnet(base, Number(bits), isIP(base) === 6 ? 'ipv6' : 'ipv4');
  }
  if (!inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'))
    throw new SourceProblem('CREDENTIAL_IN_CLEAR', {
      zh: '凭证不能以明文发往外部地址，请改用加密地址',
      en: 'The credential would leave in clear: give an address that is encrypted',
    });
}

/** A needed text of a feed's settings. */
export function setting(settings: Record<string, unknown>, name: string): string {
  const value = settings[name];
  if (typeof value !== 'string' || value === '')
    throw new SourceProblem('SETTING_MISSING', { zh: `接口设置缺少 ${name}`, en: `The setting ${name} is missing` });
  return value;
}

/** Rows as lines of JSON, as the stored batch holds them. */
export function* linesOf(rows: readonly Record<string, unknown>[]): Generator<string> {
  for (const row of rows) yield `${JSON.stringify(row)}\n`;
}
