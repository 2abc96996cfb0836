import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Settings from the environment; each has a default with which `npm start` works on a bare machine. */
export type Config = {
  host: string;
  port: number;
  /** PostgreSQL login without rights of its own; empty = embedded database. */
  databaseUrl: string | undefined;
  /** PostgreSQL administrator, used by migrate only. */
  databaseAdminUrl: string | undefined;
  /** Embedded database and uploaded files. */
  dataDir: string;
  /** Folders of the two copies of what has left the database (冷层); best on two disks. */
  coldDirs: readonly [string, string];
  /** Keys of `kernel/secret`; outside the data directory on purpose. */
  keyFile: string;
  cacheDir: string;
  /** The district is generated sample data. */
  sample: boolean;
  sampleProfile: 'small' | 'full' | 'million';
  logLevel: string;
  /** Uploads above this size are refused, bytes. */
  uploadLimit: number;
  /** Where people reach the platform, `https://…`; absent = at the address that it listens on. */
  publicOrigin: string | undefined;
  /** Reverse proxies whose X-Forwarded-For is believed: addresses or networks, comma between; none by default. */
  trustProxy: string | undefined;
  /** Networks of the offices (政务外网), comma between; policies may then tell the zones 'office' and 'internet' apart. */
  officeNetworks: string | undefined;
  /** Requests a minute for one caller. */
  rateLimit: number;
  /**
   * Who meets a route's `assurance`: 'enrolled' asks only accounts that hold a second factor, 'everyone' refuses those that
   * hold none until they enrol one. A sample district asks the enrolled, a real one everyone.
   */
  secondFactor: 'enrolled' | 'everyone';
  /** The operator's list of leaked passwords (`npm run breach-list`), outside the repository; absent = the shipped list only. */
  breachList: string | undefined;
  /** Token that lets another machine read /metrics; absent = this machine only. */
  metricsToken: string | undefined;
  /** File that names the city's provider (上级统一身份认证) and holds its client secret; absent = local sign-in only. */
  federationFile: string | undefined;
  /** Networks inside the building that feeds may read from and deliver to (CIDR); none by default: public addresses only. */
  feedNetworks: readonly string[];
  /** Networks inside the building in which printers may stand (CIDR); none by default. */
  printerNetworks: readonly string[];
  /** Origins of the device agents on the clerks' own machines (card reader, scanner, printer); none by default. */
  deviceAgents: readonly string[];
  /**
   * Own listener of the gateway for outside systems (网关专用监听): port, where it is reached if not at that address, and with all
   * three files mutual TLS. Without a port it answers at the platform's own address only.
   */
  gateway: { port?: number; origin?: string; tls?: { cert: string; key: string; ca: string } };
  /** Approval number of the public base map (审图号); absent = not obtained, and the map says so. */
  mapApproval: string | undefined;
  /** Part of this node (K2): on its own, or a branch that pushes its catalogue and open data to the city node. */
  nodeRole: 'standalone' | 'branch';
  /** Origin of the city node, for a branch. */
  cityNode: string | undefined;
  /** What the branch shows the city node. */
  cityNodeToken: string | undefined;
  /** Uploaded documents: virus scanner (`unix:/run/clamav/clamd.ctl` or `host:port`), what happens without one, file that names an S3 service. */
  documents: { clamd: string | undefined; unscanned: 'accept' | 'refuse'; s3File: string | undefined };
  /** File with the merchant account at WeChat Pay and its keys (`platform/ledger`); absent = a sample district simulates one. */
  wechatPayFile: string | undefined;
  /** File with the mail server and the accounts for short messages and WeChat (`platform/signal`); absent = a sample district simulates some. */
  messagingFile: string | undefined;
  /** Address at which the city's hotline takes what it is told of its orders (`apps/governance/grid/hotline`); absent = a sample district simulates it. */
  hotlineCity: string | undefined;
  root: string;
};

export function readConfig(env: NodeJS.ProcessEnv = process.env, root = resolve(import.meta.dirname, '../..')): Config {
  const port = Number(env.PORT ?? 8080);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    throw new Error(`PORT 必须是 0–65535 的整数 / PORT must be an integer from 0 to 65535: ${env.PORT}`);
  }
  const databaseUrl = env.DATABASE_URL || undefined;
  const profile = env.SAMPLE_PROFILE ?? 'small';
  if (profile !== 'small' && profile !== 'full' && profile !== 'million') throw new Error(`SAMPLE_PROFILE: ${profile}`);
  const sample = (env.SAMPLE ?? 'on') !== 'off';
  const dataDir = resolve(env.DATA_DIR ?? join(root, 'data'));
  const secondFactor = env.SECOND_FACTOR ?? (sample ? 'enrolled' : 'everyone');
  if (secondFactor !== 'enrolled' && secondFactor !== 'everyone') {
    throw new Error(`SECOND_FACTOR 应为 enrolled 或 everyone / must be enrolled or everyone: ${secondFactor}`);
  }
  const nodeRole = env.NODE_ROLE ?? 'standalone';
  if (nodeRole !== 'standalone' && nodeRole !== 'branch') {
    throw new Error(`NODE_ROLE 应为 standalone 或 branch / must be standalone or branch: ${nodeRole}`);
  }
  return {
    host: env.HOST ?? '127.0.0.1',
    port,
    databaseUrl,
    databaseAdminUrl: env.DATABASE_ADMIN_URL || undefined,
    dataDir,
    coldDirs: [
      resolve(env.COLD_DIR ?? join(dataDir, 'cold', 'first')),
      resolve(env.COLD_COPY_DIR ?? join(dataDir, 'cold', 'second')),
    ],
    keyFile: resolve(env.KEY_FILE ?? join(root, '.keys', 'keyring.json')),
    cacheDir: resolve(env.CACHE_DIR ?? join(root, '.cache')),
    sample,
    sampleProfile: profile,
    logLevel: env.LOG_LEVEL ?? 'warn',
    uploadLimit: Number(env.UPLOAD_LIMIT ?? 2 * 1024 ** 3),
    rateLimit: Number(env.RATE_LIMIT ?? 6000),
    publicOrigin: originOf(env.PUBLIC_ORIGIN),
    trustProxy: env.TRUST_PROXY || undefined,
    officeNetworks: env.OFFICE_NETWORKS || undefined,
    secondFactor,
    breachList: env.BREACH_LIST ? resolve(env.BREACH_LIST) : undefined,
    metricsToken: env.METRICS_TOKEN || undefined,
    federationFile: env.FEDERATION_FILE ? resolve(env.FEDERATION_FILE) : undefined,
    feedNetworks: networksOf(env.FEED_NETWORKS),
    printerNetworks: networksOf(env.PRINTER_NETWORKS),
    deviceAgents: agentsOf(env.DEVICE_AGENTS),
    gateway: gatewayOf(env),
    mapApproval: env.MAP_APPROVAL || undefined,
    nodeRole,
    cityNode: originOf(env.CITY_NODE),
    cityNodeToken: env.CITY_NODE_TOKEN || undefined,
    documents: documentsOf(env, sample),
    wechatPayFile: env.WECHAT_PAY_FILE ? resolve(env.WECHAT_PAY_FILE) : undefined,
    messagingFile: env.MESSAGING_FILE ? resolve(env.MESSAGING_FILE) : undefined,
    hotlineCity: env.HOTLINE_CITY || undefined,
    root,
  };
}

function gatewayOf(env: NodeJS.ProcessEnv): Config['gateway'] {
  const { GATEWAY_PORT, GATEWAY_ORIGIN, GATEWAY_TLS_CERT: cert, GATEWAY_TLS_KEY: key, GATEWAY_TLS_CA: ca } = env;
  const port = GATEWAY_PORT ? Number(GATEWAY_PORT) : undefined;
  if (port !== undefined && (!Number.isInteger(port) || port < 0 || port > 65535))
    throw new Error(`GATEWAY_PORT 必须是 0–65535 的整数 / must be an integer from 0 to 65535: ${GATEWAY_PORT}`);
  const files = [cert, key, ca].filter(Boolean).length;
  if (files !== 0 && (files !== 3 || port === undefined))
    throw new Error(
      'GATEWAY_TLS_CERT、GATEWAY_TLS_KEY、GATEWAY_TLS_CA 须同时配置，并设 GATEWAY_PORT / are needed together, with GATEWAY_PORT',
    );
  return {
    port,
    origin: originOf(GATEWAY_ORIGIN, 'GATEWAY_ORIGIN'),
    tls: cert && key && ca ? { cert: resolve(cert), key: resolve(key), ca: resolve(ca) } : undefined,
  };
}

function documentsOf(env: NodeJS.ProcessEnv, sample: boolean): Config['documents'] {
  const unscanned = env.UNSCANNED_FILES ?? (sample ? 'accept' : 'refuse');
  if (unscanned !== 'accept' && unscanned !== 'refuse')
    throw new Error(`UNSCANNED_FILES 应为 accept 或 refuse / must be accept or refuse: ${unscanned}`);
  return { clamd: env.CLAMD || undefined, unscanned, s3File: env.S3_FILE ? resolve(env.S3_FILE) : undefined };
}

function originOf(text: string | undefined, name = 'PUBLIC_ORIGIN'): string | undefined {
  if (!text) return undefined;
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol) && url.origin === text.replace(/\/$/, '')) return url.origin;
  throw new Error(`${name} 应形如 https://city.example / must look like https://city.example: ${text}`);
}

/** An agent stands on the clerk's own machine: pages must not be led to send what they read anywhere else. */
function agentsOf(text = ''): string[] {
  return networksOf(text).map((agent) => {
    const origin = originOf(agent, 'DEVICE_AGENTS');
    if (origin && isLoopback(new URL(origin).hostname)) return origin;
    throw new Error(
      `DEVICE_AGENTS 只能是本机地址，如 http://127.0.0.1:18443 / must be on the clerk's own machine: ${agent}`,
    );
  });
}

/** True for addresses that only this machine can reach. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}

export function webBuilt(config: Config): boolean {
  return existsSync(join(config.root, 'web/dist/index.html'));
}

/** CIDR, comma between. */
function networksOf(text = ''): string[] {
  return text
    .split(',')
    .map((network) => network.trim())
    .filter(Boolean);
}
