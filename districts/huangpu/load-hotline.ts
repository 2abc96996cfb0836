import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { sql } from '#platform/kernel/sql.ts';
import { fingerprintOf, keyIdOf, readPublicKey } from '#platform/exchange/gateway/algorithms.ts';
import { handleMessage } from '#platform/exchange/gateway/handle-message.ts';
import { followOrder } from '#apps/governance/grid/hotline/follow-case.ts';
import { inHotline } from '#apps/governance/grid/hotline/order-row.ts';
import { bringCase, type IncidentEnd } from './load-incidents.ts';
import { type Pushing, pushTo } from './partners/hotline/server.ts';
import { sampleKey } from './partners/hotline/sample.ts';

const SYSTEM = 'sample-hotline';
const HOUR_MS = 3_600_000;

type Sample = {
  hours: number;
  end?: IncidentEnd;
  evaluation?: { solved: boolean; satisfied: boolean; opinion?: string };
  order: Record<string, unknown>;
  files?: { id: string; kind: 'photo' | 'recording' | 'document'; name: string }[];
};
const at = (lon: number, lat: number) => ({ lon, lat });
const caller = (n: number, name: string) => ({ name, phone: `1380000${String(n).padStart(4, '0')}` });

/** Made up; of each state one, so that a visitor sees what the page is for. */
const ORDERS: readonly Sample[] = [
  {
    hours: 2,
    order: {
      kind: 'help',
      title: '弄堂路灯不亮',
      content: '弄堂口两盏路灯连续三天不亮，老人夜里不敢出门',
      class: 'P0102',
      address: '瑞金二路118弄',
      ...at(121.4642, 31.2132),
      caller: caller(1, '陈样例'),
    },
    files: [
      { id: 'FJ-0001', kind: 'photo', name: '路灯照片.jpg' },
      { id: 'FJ-0002', kind: 'recording', name: '来电录音.wav' },
      { id: 'FJ-0003', kind: 'document', name: '示意图.svg' },
    ],
  },
  {
    hours: 5,
    end: 'accepted',
    order: {
      kind: 'complaint',
      title: '摊贩占道',
      content: '水果摊占了盲道，行人只能走车道',
      class: 'E0501',
      address: '雁荡路南昌路口',
      ...at(121.4684, 31.2185),
      caller: caller(2, '李样例'),
    },
  },
  {
    hours: 20,
    end: 'handling',
    order: {
      kind: 'help',
      title: '井盖松动',
      content: '人行道井盖松动，车辆经过有响声',
      class: 'P0101',
      ...at(121.4751, 31.2201),
      caller: caller(3, '王样例'),
    },
  },
  {
    hours: 30,
    end: 'handled',
    order: {
      kind: 'complaint',
      title: '垃圾堆放',
      content: '建筑垃圾堆在弄堂口，两天没有人清理',
      class: 'E0101',
      ...at(121.4832, 31.2102),
      confidential: true,
    },
  },
  {
    hours: 60,
    end: 'closed',
    order: {
      kind: 'complaint',
      title: '工地夜间施工',
      content: '工地夜里十一点还在施工，噪声很大',
      class: 'E0301',
      ...at(121.4921, 31.2053),
      caller: caller(5, '赵样例'),
    },
  },
  {
    hours: 90,
    end: 'closed',
    evaluation: { solved: true, satisfied: true },
    order: {
      kind: 'help',
      title: '行道树支架倒了',
      content: '行道树支架倒在人行道上',
      class: 'P0401',
      ...at(121.4702, 31.2262),
      caller: caller(6, '钱样例'),
    },
  },
  {
    hours: 100,
    end: 'closed',
    evaluation: { solved: false, satisfied: false, opinion: '坑洼只填了一半，下雨仍然积水' },
    order: {
      kind: 'complaint',
      title: '路面坑洼',
      content: '路面有坑，骑车容易摔倒',
      class: 'P0201',
      ...at(121.4861, 31.2231),
      caller: caller(7, '孙样例'),
    },
  },
  {
    hours: 3,
    order: {
      kind: 'consultation',
      title: '居住证在哪里办',
      content: '想问居住证续签要带什么材料，在哪里办',
      caller: caller(8, '周样例'),
    },
  },
  {
    hours: 26,
    order: {
      kind: 'praise',
      title: '表扬网格员',
      content: '网格员帮助老人找到走失的小狗，特此表扬',
      caller: caller(9, '吴样例'),
    },
  },
  {
    hours: 4,
    order: {
      kind: 'help',
      title: '下水道堵塞',
      content: '小区门口下水道堵了，说不清具体门牌',
      address: '老西门附近',
      caller: caller(10, '郑样例'),
    },
  },
  {
    hours: 6,
    order: {
      kind: 'help',
      title: '路边护栏损坏',
      content: '路边护栏被撞断，钢筋外露',
      ...at(121.4401, 31.2302),
      address: '静安区样例路1号',
      caller: caller(11, '冯样例'),
    },
  },
];

/** The sample's hotline: the city is registered with its key, and pushes its orders signed, through the gateway, like a real one. Repeatable. */
export async function loadHotline(services: Services): Promise<void> {
  if (await inHotline(services, (db) => db.first(sql`select 1 as there from grid.hotline_order limit 1`))) return;
  const key = sampleKey(services);
  await registerHotline(services, { system: SYSTEM, pem: key.pem });
  const now = services.clock.now();
  const day = now.toISOString().slice(0, 10).replaceAll('-', '');
  await withGateway(services, async (origin) => {
    const push = async (what: Pushing, body: object) => {
      const pushed = await pushTo({ origin, key, what, body, at: services.clock.now() });
      if (pushed.status !== 200) throw new Error(`hotline sample: ${pushed.status} ${JSON.stringify(pushed.json)}`);
    };
    for (const [n, { hours, end, evaluation, order, files }] of ORDERS.entries()) {
      const no = `SH${day}-${String(n + 1).padStart(4, '0')}`;
      const received = new Date(now.getTime() - hours * HOUR_MS);
      const attachments = files?.map((file) => ({ ...file, url: `/simulator/hotline/files/${file.id}` }));
      await push('order', {
        no,
        confidential: false,
        receivedAt: received.toISOString(),
        ...order,
        ...(attachments && { attachments }),
      });
      if (end) await bring(services, no, end);
      if (evaluation)
        await push('evaluation', { no, id: `HF-${no}`, at: services.clock.now().toISOString(), ...evaluation });
    }
  });
}

/** Brings the case of an order on, and queues what the city is to be told of it. */
async function bring(services: Services, no: string, end: IncidentEnd): Promise<void> {
  const order = await inHotline(services, (db) =>
    db.one<{ id: string; case_no: string }>(sql`select id, case_no from grid.hotline_order where no = ${no}`),
  );
  await services.database.tx(
    { module: 'incident', actor: { ...systemActor({ name: 'sample' }), name: '样例经办' } },
    (db) => bringCase(db, { services, no: order.case_no, unit: 'urban-management', end, at: services.clock.now() }),
  );
  await followOrder(services, order.id);
}

/** Registers the city's system with its key and what it may push. */
export async function registerHotline(services: Services, of: { system: string; pem: string }): Promise<void> {
  const key = readPublicKey(of.pem);
  if (!key) throw new Error('the key of the hotline cannot be read');
  const id = keyIdOf(key);
  await services.database.tx({ module: 'gateway', actor: systemActor({ name: 'sample' }) }, async (db) => {
    await db.run(sql`
      insert into gateway.system (id, name, name_en, unit, contact, created_at, created_by, changed_at)
      values (${of.system}, '市民服务热线（样例）', 'City hotline (sample)', 'operations-centre', '12345', kernel.now(), 'system:sample', kernel.now())
      on conflict (id) do nothing`);
    await db.run(sql`
      insert into gateway.system_key (id, system, algorithm, public_key, fingerprint, valid_from, valid_until, created_at, created_by)
      values (${id}, ${of.system}, ${key.algorithm}, ${of.pem}, ${fingerprintOf(key)}, kernel.now() - interval '1 day', kernel.now() + interval '1 year', kernel.now(), 'system:sample')
      on conflict (id) do nothing`);
    for (const [service, fields] of [
      ['take.hotline-order', ['content', 'caller', 'attachments']],
      ['take.hotline-evaluation', ['opinion']],
      ['take.hotline-extension', ['reason']],
    ] as const)
      await db.run(sql`
        insert into gateway.permit (system, service, purposes, fields) values (${of.system}, ${service}, '{contact-reporter}', ${[...fields]}::text[]) on conflict do nothing`);
  });
}

/** The gateway on a socket of its own, for as long as the work lasts: the sample is loaded before anybody is let in. */
async function withGateway(services: Services, work: (origin: string) => Promise<void>): Promise<void> {
  const server = createServer((request, reply) => {
    void handleMessage({ services, request, address: '127.0.0.1', origins: [origin], certificate: undefined })
      .then(({ status, headers, body }) => reply.writeHead(status, headers).end(body))
      .catch(() => reply.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await work(origin);
  } finally {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}
