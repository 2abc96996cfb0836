import type { Readable } from 'node:stream';
import { port, type Services } from '#platform/kernel/app.ts';
import { ScannerAway } from '../document-errors.ts';
import { clamdScanner } from './clamd.ts';

/** What a scanner says of a content: clean, or the name of what it found. */
export type Verdict = { clean: true } | { clean: false; found: string };

/** A virus scanner (病毒查杀). Throws where it cannot say: then nothing is taken. */
export type Scanner = { name: string; scan(content: Readable): Promise<Verdict> };

/** Filled where another scanner than clamd is used. */
export const virusScanner = port<Scanner>('document.virus-scanner');

export type Scan = { state: 'clean' | 'unscanned'; scanner: string } | { state: 'harmful'; found: string };

/**
 * Has a content scanned. Without a scanner it is openly 未扫描, and taken only where the installation says so: a sample district does,
 * a real one does not unless its operator decides it (`UNSCANNED_FILES=accept`).
 */
export async function scanContent(services: Services, content: () => Readable): Promise<Scan> {
  const { config, registry, log } = services;
  const scanner =
    registry.provided(virusScanner)[0]?.value ?? (config.documents.clamd && clamdScanner(config.documents.clamd));
  if (!scanner) {
    if (config.documents.unscanned === 'accept') return { state: 'unscanned', scanner: 'none' };
    throw ScannerAway.with();
  }
  const source = content();
  try {
    const verdict = await scanner.scan(source);
    return verdict.clean ? { state: 'clean', scanner: scanner.name } : { state: 'harmful', found: verdict.found };
  } catch (error) {
    log.warn({ scanner: scanner.name, error: String(error) }, 'file could not be scanned');
    throw ScannerAway.with();
  } finally {
    source.destroy();
  }
}
