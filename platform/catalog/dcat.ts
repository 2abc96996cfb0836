import type { Mount } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';

type Row = {
  id: string;
  title: Text;
  summary: Text;
  owner: string;
  updates: string;
  opening: string;
  level: string;
  published_at: Date;
  revised_at: Date;
};

/** Update cycles as EU frequency codes, which DCAT-AP readers expect. */
const FREQUENCY: Record<string, string> = {
  realtime: 'UPDATE_CONT',
  daily: 'DAILY',
  weekly: 'WEEKLY',
  monthly: 'MONTHLY',
  quarterly: 'QUARTERLY',
  yearly: 'ANNUAL',
  once: 'NEVER',
};

/** One item as `dcat:Dataset` (DCAT 3, W3C Recommendation 2024). */
export function datasetOf(row: Row): Record<string, unknown> {
  return {
    '@id': `/api/catalog/items/${row.id}`,
    '@type': 'dcat:Dataset',
    'dct:identifier': row.id,
    'dct:title': [
      { '@language': 'zh', '@value': row.title.zh },
      { '@language': 'en', '@value': row.title.en },
    ],
    'dct:description': [
      { '@language': 'zh', '@value': row.summary.zh },
      { '@language': 'en', '@value': row.summary.en },
    ],
    'dct:publisher': { '@id': `urn:smart-district:unit:${row.owner}`, '@type': 'foaf:Agent' },
    'dct:accrualPeriodicity': {
      '@id': `http://publications.europa.eu/resource/authority/frequency/${FREQUENCY[row.updates] ?? 'UNKNOWN'}`,
    },
    'dct:accessRights': {
      '@id': `http://publications.europa.eu/resource/authority/access-right/${row.opening === 'open' ? 'PUBLIC' : row.opening === 'conditional' ? 'RESTRICTED' : 'NON_PUBLIC'}`,
    },
    'dct:issued': row.published_at.toISOString(),
    'dct:modified': row.revised_at.toISOString(),
    'dcat:theme': row.level,
  };
}

/** The whole catalogue as DCAT in JSON-LD, for other catalogues to harvest. */
export const dcatExport: Mount = {
  path: '/catalog.jsonld',
  summary: { zh: '目录的 DCAT 导出', en: 'The catalogue as DCAT' },
  allow: 'public',
  register(server, kernel) {
    server.get('/catalog.jsonld', async (request, reply) => {
      const rows = await kernel.tx(request, (db) =>
        db.rows<Row>(
          sql`select id, title, summary, owner, updates, opening, level, published_at, revised_at from catalog.resource order by id`,
        ),
      );
      return reply.type('application/ld+json; charset=utf-8').send(
        JSON.stringify({
          '@context': {
            dcat: 'http://www.w3.org/ns/dcat#',
            dct: 'http://purl.org/dc/terms/',
            foaf: 'http://xmlns.com/foaf/0.1/',
          },
          '@id': '/catalog.jsonld',
          '@type': 'dcat:Catalog',
          'dct:title': [
            { '@language': 'zh', '@value': '信息资源目录' },
            { '@language': 'en', '@value': 'Catalogue of information resources' },
          ],
          'dcat:dataset': rows.map(datasetOf),
        }),
      );
    });
  },
};
