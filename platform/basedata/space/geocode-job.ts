import { Type } from 'typebox';
import { openAreaLocator } from '#platform/geo/area-locator.ts';
import { type JobHandler, route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { geocode } from '../shared/address/geocode.ts';
import { isOfficial } from '../shared/is-official.ts';
import { addressBook } from './address-book.ts';
import { answersOf } from './answer.ts';

const MOST = 20_000;
const CHUNK = 500;
const Maybe = Type.Union([Type.String(), Type.Null()]);

/** More addresses than one call takes (批量地址解析任务): answered in the background, kept a week for who sent them. */
export const startGeocoding = route({
  method: 'POST',
  path: '/api/space/geocode-jobs',
  summary: { zh: '提交批量地址解析任务', en: 'Geocode a long list of addresses in the background' },
  allow: 'signed-in',
  bodyLimit: 8_000_000,
  body: Type.Object({
    addresses: Type.Array(Type.String({ minLength: 1, maxLength: 300 }), { minItems: 1, maxItems: MOST }),
  }),
  status: 202,
  reply: Type.Object({ id: Type.String({ format: 'uuid' }), total: Type.Integer() }),
  examples: { own: { as: 'street-clerk', body: { addresses: ['瑞金二路118弄12号'] } } },
  handler: async ({ body, db, actor }) => {
    const id = uuidv7();
    await db.run(sql`delete from space.geocode_job where created_at < kernel.now() - interval '7 days'`);
    await db.run(sql`
      insert into space.geocode_job (id, account, asked, rooms, created_at)
      values (${id}::uuid, ${actor.account ?? ''}, ${json(body.addresses)}::text::jsonb, ${isOfficial(actor)}::boolean, kernel.now())`);
    await db.enqueue({ name: 'geocode', payload: { job: id } });
    return { id, total: body.addresses.length };
  },
});

type Short = {
  status: string;
  district: string | null;
  confidence: number | null;
  building: string | null;
  address: string | null;
  room: string | null;
};

/** How far the task is, and its answers so far. Another's task does not exist. */
export const showGeocoding = route({
  method: 'GET',
  path: '/api/space/geocode-jobs/:id',
  summary: { zh: '批量地址解析任务的进度与结果', en: 'Progress and answers of a list of addresses' },
  allow: 'signed-in',
  params: Type.Object({ id: Type.String({ format: 'uuid' }) }),
  reply: Type.Object({
    total: Type.Integer(),
    done: Type.Integer(),
    answers: Type.Array(
      Type.Object({
        status: Type.String(),
        district: Maybe,
        confidence: Type.Union([Type.Number(), Type.Null()]),
        building: Maybe,
        address: Maybe,
        room: Maybe,
      }),
    ),
  }),
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:geocode-job' } },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-geocode-job' } },
  },
  handler: async ({ params, db, actor }) => {
    const found = await db.first<{ total: number; answers: Short[] }>(sql`
      select jsonb_array_length(asked) as total, answers from space.geocode_job where id = ${params.id}::uuid and account = ${actor.account ?? ''}`);
    if (!found) throw NotFound.with();
    const { total, answers } = found;
    const shown = isOfficial(actor) ? answers : answers.map((answer) => ({ ...answer, room: null }));
    return { total, done: answers.length, answers: shown };
  },
});

/** Answers a chunk after the other; each commits with its answers, so a restart repeats nothing. */
export const geocodeJob: JobHandler = {
  name: 'geocode',
  async run({ payload, services, tx, signal, heartbeat }) {
    const id = payload.job ?? '';
    for (;;) {
      if (signal.aborted) throw new Error('stopped');
      const locator = await openAreaLocator(services);
      const more = await tx(async (db) => {
        const next = await db.first<{ rooms: boolean; texts: string[] }>(sql`
          select rooms, array(select value from jsonb_array_elements_text(asked) with ordinality as a (value, n)
            where n > jsonb_array_length(answers) order by n limit ${CHUNK}::int) as texts from space.geocode_job where id = ${id}::uuid for update`);
        if (!next || next.texts.length === 0) return false;
        const book = await addressBook(services, db);
        const answers = await answersOf({
          db,
          locator,
          found: next.texts.map((text) => geocode(text, book)),
          rooms: next.rooms,
        });
        const short = answers.map(({ status, district, candidates: [best] }): Short => {
          // Only what is sure is assigned; the rest is for a person to look up one by one.
          const sure = status === 'found' ? best : undefined;
          return {
            status,
            district,
            confidence: best?.confidence ?? null,
            building: sure?.place.code ?? null,
            address: sure?.place.address ?? null,
            room: sure?.room.number ?? null,
          };
        });
        await db.run(
          sql`update space.geocode_job set answers = answers || ${json(short)}::text::jsonb where id = ${id}::uuid`,
        );
        return true;
      });
      if (!more) return;
      await heartbeat();
    }
  },
};
