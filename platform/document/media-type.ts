/** Media types that the house tells apart by their first bytes (文件魔数). Of the ZIP family and of OLE only the family is told here. */
export const MEDIA = {
  pdf: 'application/pdf',
  ofd: 'application/ofd',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  zip: 'application/zip',
  ole: 'application/x-ole-storage',
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  tiff: 'image/tiff',
  mp4: 'video/mp4',
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  text: 'text/plain',
} as const;
export type MediaType = (typeof MEDIA)[keyof typeof MEDIA];

/** Bytes that are enough to tell. */
export const HEAD_BYTES = 64 * 1024;

type Mark = { type: MediaType; at: number; bytes: readonly number[] | string };
const MARKS: readonly Mark[] = [
  { type: MEDIA.zip, at: 0, bytes: [0x50, 0x4b, 0x03, 0x04] },
  { type: MEDIA.ole, at: 0, bytes: [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1] },
  { type: MEDIA.png, at: 0, bytes: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] },
  { type: MEDIA.jpeg, at: 0, bytes: [0xff, 0xd8, 0xff] },
  { type: MEDIA.gif, at: 0, bytes: 'GIF87a' },
  { type: MEDIA.gif, at: 0, bytes: 'GIF89a' },
  { type: MEDIA.webp, at: 8, bytes: 'WEBP' },
  { type: MEDIA.tiff, at: 0, bytes: [0x49, 0x49, 0x2a, 0x00] },
  { type: MEDIA.tiff, at: 0, bytes: [0x4d, 0x4d, 0x00, 0x2a] },
  { type: MEDIA.mp4, at: 4, bytes: 'ftyp' },
  { type: MEDIA.wav, at: 8, bytes: 'WAVE' },
  // With its tag, or a frame of MPEG 1 or 2, layer III.
  { type: MEDIA.mp3, at: 0, bytes: 'ID3' },
  { type: MEDIA.mp3, at: 0, bytes: [0xff, 0xfb] },
  { type: MEDIA.mp3, at: 0, bytes: [0xff, 0xf3] },
];

/**
 * The media type of a file by its first bytes. Undefined for what is none of the known ones: programs, other archives, and text that a
 * browser would take for a page or a drawing (HTML, SVG, XML), which nobody has to send as a document.
 */
export function mediaTypeOf(head: Uint8Array): MediaType | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, HEAD_BYTES));
  // Readers of PDF look for its header in the first kilobyte (ISO 32000-1, annex H, note 13); a ZIP before it is a ZIP with two faces.
  if (bytes.subarray(0, 8).toString('latin1').startsWith('%PDF-')) return MEDIA.pdf;
  const found = MARKS.find(({ at, bytes: mark }) => {
    const wanted = typeof mark === 'string' ? Buffer.from(mark, 'latin1') : Buffer.from(mark);
    return bytes.subarray(at, at + wanted.length).equals(wanted);
  });
  return found?.type ?? (isText(bytes) ? MEDIA.text : undefined);
}

/** Plain text: no control characters but blanks and line ends, decodable, and nothing that a browser could run. */
function isText(bytes: Buffer): boolean {
  if (bytes.length === 0) return false;
  const text = decodeText(bytes);
  if (text === undefined) return false;
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/.test(text)) return false;
  return !/^\ufeff?\s*(?:<[!?a-z]|%!PS|#!)/i.test(text);
}

/** UTF-8, UTF-16 with its mark, or GB 18030; undefined for what is none of them. A character cut by the end of `bytes` is no fault. */
export function decodeText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  const utf16 =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
  for (const encoding of utf16 ? [utf16] : ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    } catch {
      continue;
    }
  }
  return undefined;
}

/** Endings by which people know a type. */
const ENDINGS: Record<MediaType, RegExp> = {
  [MEDIA.pdf]: /\.pdf$/i,
  [MEDIA.ofd]: /\.ofd$/i,
  [MEDIA.docx]: /\.docx$/i,
  [MEDIA.xlsx]: /\.xlsx$/i,
  [MEDIA.pptx]: /\.pptx$/i,
  [MEDIA.zip]: /\.zip$/i,
  [MEDIA.ole]: /\.(?:doc|xls|ppt|wps|et)$/i,
  [MEDIA.png]: /\.png$/i,
  [MEDIA.jpeg]: /\.(?:jpe?g|jfif)$/i,
  [MEDIA.gif]: /\.gif$/i,
  [MEDIA.webp]: /\.webp$/i,
  [MEDIA.tiff]: /\.tiff?$/i,
  [MEDIA.mp4]: /\.(?:mp4|m4v|m4a|mov)$/i,
  [MEDIA.mp3]: /\.mp3$/i,
  [MEDIA.wav]: /\.wav$/i,
  [MEDIA.text]: /\.(?:txt|csv|md|log)$/i,
};

/** Whether a name promises another type than the content has; whoever opens it should know. A name without ending promises nothing. */
export function nameDiffers(name: string, type: MediaType): boolean {
  return /\.[a-z0-9]{1,5}$/i.test(name) && !ENDINGS[type].test(name);
}
