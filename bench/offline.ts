/**
 * `offline`: a window that was cut off for eight hours comes back with its intakes. They are sent by the window's own outbox, and every
 * tenth answer is lost on the way, so that it is sent again; at the end there is one case for each, with the code that stands on its
 * receipt. Reference is the minute that P04 allows. Usage: offline [intakes]
 */
import { caseManifests } from '#platform/service/fixtures/case-house.ts';
import {
  addCodes,
  type Answer,
  emptyOutbox,
  takeIn,
  upload,
} from '#apps/government/service-hall/web/offline-outbox.ts';
import { openBenchHouse } from './lib/bench-house.ts';
import { report } from './lib/figure.ts';

const [intakes = 400] = process.argv.slice(2).map(Number);
const LIMIT_S = 60;
const LOST_EVERY = 10;
/** The reserved block is a little too small: the last ones have a paper receipt only. */
const WITHOUT_CODE = 5;
/** As many codes as are reserved at once. */
const BLOCK = 50;

const house = await openBenchHouse({ name: 'offline', manifests: caseManifests });
const post = (url: string, payload: object, key: string = crypto.randomUUID()) =>
  house.server.fastify.inject({
    method: 'POST',
    url,
    headers: { cookie: 'sid=window', 'idempotency-key': key },
    payload,
  });

try {
  let outbox = emptyOutbox('');
  for (let left = intakes - WITHOUT_CODE; left > 0; left -= BLOCK) {
    const reply = await post('/api/service/code-blocks', { count: Math.min(BLOCK, left) });
    if (reply.statusCode !== 201) throw new Error(reply.body);
    outbox = addCodes(outbox, reply.json<{ id: string; codes: string[] }>());
  }
  for (let n = 0; n < intakes; n += 1)
    outbox = takeIn(outbox, {
      id: crypto.randomUUID(),
      takenAt: new Date().toISOString(),
      item: { code: 'food-licence', version: 1 },
      answers: { 'shop-name': `石库门面馆${n}`, 'floor-area': 60 },
      contact: { name: '沈若水', phone: '13812345678' },
      idNumber: '11010519491231002X',
    });
  let sent = 0;
  let lost = 0;
  const send = async (body: object, key: string): Promise<Answer> => {
    const reply = await post('/api/service/cases', body, key);
    sent += 1;
    if (sent % LOST_EVERY === 0) {
      lost += 1;
      return 'away';
    }
    if (reply.statusCode === 201) return { filed: reply.json<{ code: string }>().code };
    return { refused: { code: reply.json<{ code: string }>().code, title: reply.body } };
  };
  const begun = performance.now();
  while (outbox.intakes.some(({ filed }) => filed === null)) {
    outbox = await upload(outbox, send, () => undefined);
    const refused = outbox.intakes.find((each) => each.refused !== null);
    if (refused) throw new Error(refused.refused?.title);
  }
  const seconds = (performance.now() - begun) / 1000;
  const { rows } = await house.client.query<{ n: number }>('select count(*)::int as n from service.case_file');
  const wrong = outbox.intakes.filter(({ code, filed }) => code !== null && code !== filed).length;
  if (rows[0]?.n !== intakes || wrong > 0)
    throw new Error(`${rows[0]?.n} cases of ${intakes}, ${wrong} with another code`);
  report({
    name: 'offline',
    ours: seconds,
    reference: LIMIT_S,
    ratio: LIMIT_S / seconds,
    unit: 's',
    wanted: 1,
    note: `PostgreSQL, ${intakes} intakes sent one after the other, ${lost} answers lost and sent again: ${rows[0]?.n} cases, no duplicate, each with the code of its receipt, ${WITHOUT_CODE} that had a paper receipt only with a new one; limit ${LIMIT_S} s`,
  });
} finally {
  await house.close();
}
