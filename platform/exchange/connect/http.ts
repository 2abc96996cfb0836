import { Readable } from 'node:stream';
import { createOutbound } from '#platform/kernel/outbound.ts';
import { assertSealedWay, READ_MS, setting, type SourceConnector, SourceProblem } from './connector.ts';

/** The largest file that is fetched in one go, bytes: it passes through memory. */
const MOST = 256 * 1024 * 1024;

/** A file at an address (CSV, XLSX, JSON, GeoJSON); the entity tag is the watermark, so that an unchanged file is not sent again. */
export const httpConnector: SourceConnector = {
  kind: 'http',
  async open({ settings, credential, watermark, services }) {
    const url = setting(settings, 'url');
    const call = createOutbound({
      targets: [{ origin: URL.parse(url)?.origin ?? '', networks: services.config.feedNetworks }],
      timeoutMs: READ_MS / 5,
      maxBytes: Math.min(MOST, services.config.uploadLimit),
    });
    const { protocol = '', hostname = '' } = URL.parse(url) ?? {};
    await assertSealedWay({ credential, secure: protocol === 'https:', host: hostname, services });
    const known = parse(watermark);
    const reply = await call(url, {
      headers: {
        accept: '*/*',
        ...(credential ? { authorization: `Bearer ${credential}` } : {}),
        ...(known.etag
          ? { 'if-none-match': known.etag }
          : known.modified
            ? { 'if-modified-since': known.modified }
            : {}),
      },
    });
    if (reply.status === 304) return { kind: 'unchanged' };
    if (reply.status !== 200)
      throw new SourceProblem('SOURCE_STATUS', {
        zh: `来源回答 ${reply.status}`,
        en: `The source answered ${reply.status}`,
      });
    const name = decodeURIComponent(new URL(url).pathname.split('/').at(-1) || 'file');
    const header = (key: string) => [reply.headers[key] ?? []].flat()[0];
    return {
      kind: 'file',
      stream: Readable.from([reply.body], { objectMode: false }),
      fileName: name.slice(0, 200),
      watermark: () => JSON.stringify({ etag: header('etag'), modified: header('last-modified') }),
    };
  },
};

function parse(watermark: string | null): { etag?: string; modified?: string } {
  return watermark === null ? {} : (JSON.parse(watermark) as { etag?: string; modified?: string });
}
