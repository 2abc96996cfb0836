import { Type } from 'typebox';
import { openAreaLocator } from '#platform/geo/area-locator.ts';
import { route } from '#platform/kernel/app.ts';
import { geocode } from '../shared/address/geocode.ts';
import { isOfficial } from '../shared/is-official.ts';
import { addressBook } from './address-book.ts';
import { answersOf, GeocodedSchema } from './answer.ts';

const Text = Type.String({ minLength: 1, maxLength: 300 });

/** An address as written or said → building, room, committee, cell, year, façade class and responsible posts (地址解析). */
export const geocodeAddress = route({
  method: 'GET',
  path: '/api/space/geocode',
  summary: {
    zh: '地址解析：找到房屋、房间、居委、网格和责任岗位',
    en: 'Geocode an address: building, room, committee, cell and responsible posts',
  },
  allow: 'public',
  query: Type.Object({ text: Text }),
  reply: GeocodedSchema,
  examples: { own: { as: 'anonymous', query: { text: '淮海中路300弄甲支弄12号后客堂' } } },
  prepare: ({ services }) => openAreaLocator(services),
  handler: async ({ query, db, actor, services, prepared, header }) => {
    const book = await addressBook(services, db);
    header('cache-control', 'no-store');
    const [answer] = await answersOf({
      db,
      locator: prepared,
      found: [geocode(query.text, book)],
      rooms: isOfficial(actor),
    });
    return answer ?? { status: 'unknown' as const, district: null, compared: '', candidates: [] };
  },
});

const MOST_AT_ONCE = 1000;

/** Many addresses at once (批量地址解析), answered in their order. */
export const geocodeAddresses = route({
  method: 'POST',
  path: '/api/space/geocode',
  summary: { zh: '批量地址解析', en: 'Geocode many addresses' },
  allow: 'signed-in',
  repeatable: true,
  body: Type.Object({ addresses: Type.Array(Text, { minItems: 1, maxItems: MOST_AT_ONCE }) }),
  reply: Type.Object({ answers: Type.Array(GeocodedSchema) }),
  examples: { own: { as: 'citizen', body: { addresses: ['淮海中路300弄甲支弄12号后客堂', '瑞金二路118弄'] } } },
  prepare: ({ services }) => openAreaLocator(services),
  handler: async ({ body, db, actor, services, prepared }) => {
    const book = await addressBook(services, db);
    return {
      answers: await answersOf({
        db,
        locator: prepared,
        found: body.addresses.map((text) => geocode(text, book)),
        rooms: isOfficial(actor),
      }),
    };
  },
});
