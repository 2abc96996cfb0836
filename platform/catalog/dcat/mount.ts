import type { FastifyRequest } from 'fastify';
import type { Mount, MountKernel } from '#platform/kernel/app.ts';
import { unitNames } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { datasetSource } from './dataset-source.ts';
import { catalogueOf, type Item, type Node, PREFIXES } from './document.ts';
import { turtleOf } from './turtle.ts';

/** Served at `/catalog` by what the reader accepts, and at a name of its own each. */
const FORMS = {
  jsonld: {
    type: 'application/ld+json',
    write: async (node: Node) => JSON.stringify({ '@context': PREFIXES, ...node }),
  },
  ttl: { type: 'text/turtle', write: turtleOf },
} as const;
type Form = keyof typeof FORMS;

/** The whole catalogue as DCAT, for other catalogues to harvest (上级目录汇聚). */
export const dcatExport: Mount = {
  path: '/catalog',
  summary: { zh: '目录的 DCAT 导出', en: 'The catalogue as DCAT' },
  allow: 'public',
  register(server, kernel) {
    const answer = async (request: FastifyRequest, form: Form) => FORMS[form].write(await catalogue(kernel, request));
    for (const form of Object.keys(FORMS) as Form[]) {
      server.get(`/catalog.${form}`, async (request, reply) =>
        reply.type(`${FORMS[form].type}; charset=utf-8`).send(await answer(request, form)),
      );
    }
    server.get('/catalog', async (request, reply) => {
      const form = wanted(request.headers.accept);
      return reply
        .type(`${FORMS[form].type}; charset=utf-8`)
        .header('vary', 'accept')
        .send(await answer(request, form));
    });
  },
};

async function catalogue(kernel: MountKernel, request: FastifyRequest): Promise<Node> {
  const { services } = kernel;
  const units = await services.registry.provided(unitNames)[0]?.value.all(services);
  const items = await kernel.tx(request, (db) =>
    db.rows<Item>(
      sql`select r.id, r.title, r.summary, r.owner, r.updates, r.opening, r.level, r.published_at, r.revised_at, r.code, false as registered,
        coalesce((select jsonb_agg(f.title order by f.ord) from catalog.field f where f.resource = r.id), '[]') as keywords
        from catalog.resource r
        union all
        select e.id::text, e.content->'title', e.content->'summary', e.unit, e.content->>'updates', e.content->>'opening', e.content->>'level', e.published_at, e.revised_at, e.code, true,
        (select jsonb_agg(jsonb_build_object('zh', i->>'name', 'en', i->>'name')) from jsonb_array_elements(e.content->'items') i)
        from catalog.entry e where e.state = 'published' order by id`,
    ),
  );
  const origin = services.config.publicOrigin ?? `${request.protocol}://${request.host}`;
  const more: Node[] = [];
  for (const { value } of services.registry.provided(datasetSource))
    more.push(...(await value.datasets({ services, origin, units: units ?? new Map() })));
  return catalogueOf({ origin, items, units: units ?? new Map(), more });
}

/** JSON-LD unless Turtle is liked better (RFC 9110, 12.5.1); who likes neither gets JSON-LD as well, as the standard allows. */
function wanted(accept: string | undefined): Form {
  return liked(accept, FORMS.ttl.type) > liked(accept, FORMS.jsonld.type) ? 'ttl' : 'jsonld';
}

/** The quality that the most exact range gives to a type. */
function liked(accept = '*/*', type: string): number {
  const ranges = ['*/*', `${type.split('/')[0]}/*`, type];
  const given = accept.split(',').map((part) => {
    const [range = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    const quality = Number(parameters.find((text) => text.startsWith('q='))?.slice(2) ?? 1);
    return { exactness: ranges.indexOf(range), quality: Number.isNaN(quality) ? 0 : quality };
  });
  return given.reduce((best, each) => (each.exactness > best.exactness ? each : best), { exactness: -1, quality: 0 })
    .quality;
}
