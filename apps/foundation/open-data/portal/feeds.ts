import type { Shown } from './read-dataset.ts';

/** A change that a reader may follow (变更): a version that was published. */
export type Change = {
  cite: string;
  dataset: string;
  no: number;
  title: { zh: string; en: string };
  summary: { zh: string; en: string };
  note: string | null;
  rows: number;
  publishedAt: string;
};

export const rss = (changes: readonly Change[], origin: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>开放数据更新</title><link>${origin}/data/open</link><description>新发布的数据集版本</description><language>zh-CN</language><atom:link href="${origin}/open/changes.rss" rel="self" type="application/rss+xml"/>
${changes
  .map(
    (change) =>
      `<item><title>${xml(change.title.zh)}（第 ${change.no} 版）</title><link>${origin}/data/open/${change.dataset}</link><guid isPermaLink="false">${xml(change.cite)}</guid><pubDate>${new Date(change.publishedAt).toUTCString()}</pubDate><description>${xml(change.note ?? change.summary.zh)}</description></item>`,
  )
  .join('\n')}
</channel></rss>
`;

export const atom = (changes: readonly Change[], origin: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN"><title>开放数据更新</title><id>${origin}/open/changes.atom</id><link rel="self" href="${origin}/open/changes.atom"/><link href="${origin}/data/open"/><author><name>大数据资源中心</name></author><updated>${newest(changes)}</updated>
${changes
  .map(
    (change) =>
      `<entry><title>${xml(change.title.zh)}（第 ${change.no} 版）</title><id>urn:smart-district:open:${xml(change.cite)}</id><link href="${origin}/data/open/${change.dataset}"/><updated>${change.publishedAt}</updated><summary>${xml(change.note ?? change.summary.zh)}</summary></entry>`,
  )
  .join('\n')}
</feed>
`;

const newest = (changes: readonly Change[]): string =>
  changes.reduce((last, { publishedAt }) => (publishedAt > last ? publishedAt : last), '1970-01-01T00:00:00Z');

// Signs that no XML document may hold are left out; a title is anybody's text.
const xml = (text: string): string =>
  text
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** What the listing of all sets says of one. */
export const entryOf = (set: Shown, origin: string) => ({
  id: set.id,
  title: set.title,
  summary: set.summary,
  theme: set.theme,
  publisher: set.owner,
  licence: set.licence,
  attribution: set.attribution,
  opening: set.opening,
  version: set.cite,
  rows: set.rows,
  cycle: set.cycle,
  stale: set.stale,
  publishedAt: set.publishedAt,
  page: `${origin}/data/open/${set.id}`,
  csv: `${origin}/open/${set.id}/v${set.no}.csv`,
});
