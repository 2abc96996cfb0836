import type { Document } from './documents.ts';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character] as string);

/** A plain page of any document for people: its links first, then its content. No script, no style from elsewhere. */
export function htmlPage(document: Document): string {
  const { links, ...content } = document;
  const title = document.title ?? String(document.id ?? 'features');
  const inner = Array.isArray(content.collections)
    ? content.collections.flatMap((entry: Document) => entry.links.filter((link) => link.rel === 'items'))
    : [];
  const list = [...links, ...inner].map(
    (link) =>
      `<li><a rel="${escape(link.rel)}" href="${escape(link.href)}">${escape(link.title ?? link.href)}</a> <small>${escape(link.rel)} ${escape(link.type ?? '')}</small></li>`,
  );
  return `<!doctype html>
<html lang="zh"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escape(title)}</title></head>
<body><h1>${escape(title)}</h1><nav><ul>${list.join('')}</ul></nav>
<main><pre>${escape(JSON.stringify(content, null, 2))}</pre></main></body></html>`;
}
