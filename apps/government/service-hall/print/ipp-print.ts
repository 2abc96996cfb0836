import { createOutbound, type Outbound } from '#platform/kernel/outbound.ts';
import {
  GET_PRINTER_ATTRIBUTES,
  type IppAttribute,
  type IppReply,
  isSuccess,
  PRINT_JOB,
  readReply,
  writeRequest,
} from './ipp-message.ts';

/** Port of IPP, registered with IANA. */
const IPP_PORT = 631;
const PRINT_MS = 10_000;

/** A printer has answered, and not with yes; or what answered is no printer. */
export class PrinterRefused extends Error {}

/** `ipp://host/path` as the HTTP address that it stands for (RFC 3510 section 4). */
export function httpAddress(address: string): URL {
  const url = new URL(address.replace(/^ipp/, 'http'));
  if (!/:\d+(\/|$)/.test(address.slice(address.indexOf('//') + 2))) url.port = String(IPP_PORT);
  return url;
}

/**
 * Prints a PDF on an IPP printer (打印): asks first whether it takes PDF, then sends one Print-Job. Gives the number of the job there.
 * Only addresses in `networks`, or public ones, are called.
 */
export async function printPdf(options: {
  address: string;
  networks: readonly string[];
  name: string;
  pdf: Buffer;
}): Promise<number> {
  const { address, networks, name, pdf } = options;
  const url = httpAddress(address);
  const outbound = createOutbound({
    targets: [{ origin: url.origin, networks }],
    timeoutMs: PRINT_MS,
    maxRedirects: 0,
  });
  const common: IppAttribute[] = [
    { name: 'printer-uri', tag: 'uri', values: [address] },
    { name: 'requesting-user-name', tag: 'name', values: ['service-hall'] },
  ];
  const able = await ask(outbound, url, {
    operation: GET_PRINTER_ATTRIBUTES,
    attributes: [
      ...common,
      {
        name: 'requested-attributes',
        tag: 'keyword',
        values: ['document-format-supported', 'printer-is-accepting-jobs'],
      },
    ],
  });
  const formats = able.attributes.get('document-format-supported') ?? [];
  if (!formats.includes('application/pdf')) throw new PrinterRefused(`takes no PDF: ${formats.join()}`);
  if (able.attributes.get('printer-is-accepting-jobs')?.[0] === 0) throw new PrinterRefused('accepts no jobs');
  const done = await ask(outbound, url, {
    operation: PRINT_JOB,
    attributes: [
      ...common,
      { name: 'job-name', tag: 'name', values: [name] },
      { name: 'document-format', tag: 'mimeType', values: ['application/pdf'] },
    ],
    document: pdf,
  });
  const job = done.attributes.get('job-id')?.[0];
  if (typeof job !== 'number') throw new PrinterRefused('named no job');
  return job;
}

async function ask(
  outbound: Outbound,
  url: URL,
  request: { operation: number; attributes: readonly IppAttribute[]; document?: Buffer },
): Promise<IppReply> {
  const { status, body } = await outbound(url.href, {
    method: 'POST',
    headers: { 'content-type': 'application/ipp' },
    body: writeRequest({ id: 1, ...request }),
  });
  if (status !== 200) throw new PrinterRefused(`HTTP ${status}`);
  const reply = readReply(body);
  if (!isSuccess(reply))
    throw new PrinterRefused(
      `IPP status 0x${reply.status.toString(16).padStart(4, '0')} ${String(reply.attributes.get('status-message')?.[0] ?? '')}`,
    );
  return reply;
}
