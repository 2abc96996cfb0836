import { MEDIA } from '../media-type.ts';
import { markIn } from './find-mark.ts';
import type { Inspection } from './inspect.ts';

/** Actions of a PDF that run something (ISO 32000-1, 12.6.4). */
const ACTIVE = /\/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia)\b/;

/** Title and first page of a PDF. One with a password cannot be looked into and is refused; one without text (a scan) is flagged. */
export async function inspectPdf(content: Buffer): Promise<Inspection> {
  // Loaded only here: it is large, and most threads never need it.
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const task = getDocument({
    data: new Uint8Array(content),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    const document = await task.promise;
    const { info } = await document.getMetadata();
    const page = await document.getPage(1);
    const lines = linesOf((await page.getTextContent()).items as Item[]);
    const { Title: title = '' } = info as { Title?: string };
    const flags = [
      ...(lines.join('').trim() === '' ? ['text-not-read'] : []),
      ...(ACTIVE.test(content.toString('latin1')) ? ['active-content'] : []),
    ];
    return { mediaType: MEDIA.pdf, level: markIn(title) ?? markIn(lines.join('\n')), flags };
  } catch (error) {
    const { name } = error as Error;
    return { fault: name === 'PasswordException' ? 'encrypted' : 'damaged' };
  } finally {
    await task.destroy();
  }
}

type Item = { str?: string; transform?: number[]; height?: number };

/** Words on one height are one line, from the top of the page down. */
function linesOf(items: readonly Item[]): string[] {
  const lines = new Map<number, { x: number; text: string }[]>();
  for (const { str = '', transform = [] } of items) {
    const [x = 0, y = 0] = transform.slice(4);
    const line = Math.round(y);
    lines.set(line, [...(lines.get(line) ?? []), { x, text: str }]);
  }
  return [...lines]
    .sort(([a], [b]) => b - a)
    .map(([, words]) =>
      words
        .sort((a, b) => a.x - b.x)
        .map(({ text }) => (text.trim() === '' ? '  ' : text))
        .join(''),
    );
}
