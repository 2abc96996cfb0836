import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { CardFacts } from '#apps/government/service-hall/peripherals/card-reading.ts';
import { deskOf, keepCard } from './partners/peripherals/desk.ts';
import { BASE } from './partners/peripherals/mount.ts';

const actor = { ...systemActor({ name: 'sample' }), name: '样例窗口' };
/** Windows of the demo accounts with devices on the desk: the first two of each of these centres wait for those who try the house. */
const STREETS = ['310101021', '310101018', '310101023'] as const;
const WINDOWS = [1, 2] as const;
/** Exams of the clerks of the windows: one can do what the other cannot. */
const SKILLS: Readonly<Record<string, { street: string; families: string[] }>> = {
  'clerk.dapuqiao': { street: '310101021', families: ['civil', 'insurance', 'residence'] },
  'clerk.dapuqiao.second': { street: '310101021', families: ['civil', 'housing', 'health', 'education'] },
  'clerk.yuyuan': { street: '310101018', families: ['civil', 'residence'] },
};
/**
 * Small relief is decided by the street on behalf of civil affairs (《社会救助暂行办法》第四十八条: 救助金额较小的，可以委托乡镇人民政府、街道办事处审批); 特困 by the street as
 * 民发〔2021〕43号 lets a county delegate it.
 */
const DECIDED_BY_STREET = ['临时救助', '特困人员救助供养'] as const;

/** Somebody whose card lies beside the reader: as the generator's `demo.json` has them. */
type CardHolder = {
  name: string;
  idNumber: string;
  sex?: string;
  birthDate?: string;
  nation?: string;
  hukouAddress?: string;
  household?: { address?: string; members?: unknown };
};

/** Puts devices, cards and exams at the windows of the sample. Repeatable. */
export async function loadCounter(
  services: Services,
  cards: Readonly<Record<string, CardHolder | null | undefined>>,
): Promise<void> {
  const modules = new Set(services.registry.modules.map(({ id }) => id));
  if (!modules.has('service-hall') || !modules.has('peripherals-simulator')) return;
  for (const [key, holder] of Object.entries(cards))
    if (holder) await keepCard(services, { key, title: holder.name, facts: factsOf(holder) });
  for (const street of STREETS)
    for (const no of WINDOWS) await putDevice(services, { centre: `affairs-centre-${street}`, no });
  const items = await services.database.tx({ module: 'service', actor, readOnly: true }, (db) =>
    db.rows<{ code: string }>(sql`
      select i.code from service.item i join service.item_version v on v.item = i.code and v.version = i.version
      where v.definition->'title'->>'zh' = any(${[...DECIDED_BY_STREET]}::text[])`),
  );
  await services.database.tx({ module: 'service-hall', actor }, async (db) => {
    for (const [account, { street, families }] of Object.entries(SKILLS))
      for (const family of families)
        await db.run(sql`
          insert into service_hall.clerk_skill (account, family, centre, passed_on, entered_by)
          values (${account}, ${family}, ${`affairs-centre-${street}`}, '2026-01-15', 'system:sample') on conflict do nothing`);
    // Where the street decides, the street of the home is the one that accepts.
    await db.run(sql`
      update service_hall.routing_rule set decides = 'street', principle = 'residence' where item = any(${items.map(({ code }) => code)}::text[])`);
  });
}

async function putDevice(services: Services, place: { centre: string; no: number }): Promise<void> {
  const { publicKey } = await deskOf(services, place);
  await services.database.tx({ module: 'service-hall', actor }, (db) =>
    db.run(sql`
      insert into service_hall.device (id, centre, window_no, agent, model, public_key, simulated, registered_by, registered_at)
      values (${uuidv7()}::uuid, ${place.centre}, ${place.no}::int, ${`${BASE}/${place.centre}/${place.no}`}, '样例读卡器（模拟）', ${publicKey}, true, 'system:sample', kernel.now())
      on conflict (centre, window_no) where ended_at is null do nothing`),
  );
}

function factsOf({
  name,
  idNumber,
  sex = '2',
  birthDate,
  nation = '汉族',
  hukouAddress,
  household,
}: CardHolder): CardFacts {
  return {
    name,
    sex: sex === '1' ? '1' : '2',
    nation,
    birthDate: birthDate ?? `${idNumber.slice(6, 10)}-${idNumber.slice(10, 12)}-${idNumber.slice(12, 14)}`,
    address: hukouAddress ?? household?.address ?? '上海市黄浦区样例路 1 号',
    number: idNumber,
    issuer: '样例公安局',
    validFrom: '2019-03-01',
    validTo: '2039-03-01',
  };
}
