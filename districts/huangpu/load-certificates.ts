import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { addDays, shanghaiDate, shanghaiMidnight } from '#platform/kernel/dates.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { DemoSubjects } from '#platform/identity/demo-accounts.ts';
import { ID_NUMBER_LOOKUP, personResolver } from '#platform/identity/subjects.ts';
import { certificateTypeOf, writeCertificate } from '#platform/service/certificate-issue.ts';
import { makeCertificate } from '#platform/service/certificate-make.ts';
import { type Face, recordAct } from '#platform/service/certificate-record.ts';

/** Licences hold for years, confirmations without end. Ours, for the sample only: each type's own rule says it in a real district. */
const LICENCE_MONTHS = 60;
const HOUR_MS = 3_600_000;
/** Whole days before the day of loading on which each was issued. */
const AGES = [20, 200, 420];
const CANCELLED = {
  basis: '《中华人民共和国行政许可法》第七十条',
  reason: '样例：持证人申请注销。',
  by: { account: 'sample.approver', name: '样例审批人', unit: null },
};
const actor = { ...systemActor({ name: 'sample' }), name: '样例证照' };

/**
 * Certificates of the demo accounts (样例证照), generated apart from the cases: three of the citizen, three of the enterprise, one of each cancelled.
 * The house signs, seals and makes them like any other. Repeatable: once there are some, nothing is added.
 */
export async function loadCertificates(services: Services, subjects: DemoSubjects): Promise<void> {
  const { citizen, enterprise } = subjects;
  const inService = <T>(work: (db: Db) => Promise<T>): Promise<T> =>
    services.database.tx({ module: 'service', actor }, work);
  const types = await inService(async (db) => {
    if (await db.first(sql`select from service.certificate where sample limit 1`)) return [];
    await db.run(sql`
      update service.certificate_type set months = ${LICENCE_MONTHS}::int where months is null and issuer is not null and title ->> 'zh' like '%许可%'`);
    return db.rows<{ code: string; issuer: string; holder: string }>(sql`
      select t.code, t.issuer, t.holder from service.certificate_type t join service.unit_code u on u.unit = t.issuer order by t.issuer <> 'civil-affairs', t.title ->> 'zh' not like '%许可%', t.issuer, t.code`);
  });
  const key = services.keyring.lookup(ID_NUMBER_LOOKUP, citizen.idNumber);
  const person = await services.registry.provided(personResolver)[0]?.value.personOf({ hash: key, services });
  const mine = { person: person ?? null, entity: null, key };
  await issue('person', mine, { name: citizen.name, code: citizen.idNumber, fields: [] });
  if (enterprise) {
    const firm = await services.database.tx({ module: 'legal-entity', actor, readOnly: true }, (db) =>
      db.first<{ name: string }>(sql`select name from legal_entity.entity where uscc = ${enterprise.uscc}`),
    );
    const face = { name: firm?.name ?? enterprise.uscc, code: enterprise.uscc };
    const fields = [
      { title: { zh: '法定代表人', en: 'Legal representative' }, value: enterprise.legalRepresentative.name },
    ];
    await issue('entity', { person: null, entity: enterprise.uscc, key: null }, { ...face, fields });
  }

  async function issue(
    kind: string,
    holder: Parameters<typeof writeCertificate>[0]['holder'],
    face: Face,
  ): Promise<void> {
    const chosen = differentUnits(types.filter((type) => type.holder === kind)).slice(0, AGES.length);
    for (const [at, { code, issuer }] of chosen.entries()) {
      const day = addDays(shanghaiDate(services.clock.now()), -(AGES[at] ?? 0));
      const now = new Date(shanghaiMidnight(day).getTime() + 10 * HOUR_MS);
      const id = await inService(async (db) => {
        const type = await certificateTypeOf(db, code, issuer);
        return type && writeCertificate({ db, services, now, type, unit: issuer, holder, face, sample: true });
      });
      if (id === undefined || at < AGES.length - 1) continue;
      // The last one was made and then cancelled; the others are made by the job, like any certificate.
      await makeCertificate(services, id);
      await inService(async (db) => {
        await db.run(sql`update service.certificate set state = 'cancelled' where id = ${id}::uuid`);
        await recordAct(db, { certificate: id, at: services.clock.now(), act: 'cancel', ...CANCELLED });
      });
    }
  }
}

/** The first type of each unit: a wallet with certificates of different units. */
function differentUnits<T extends { issuer: string }>(types: readonly T[]): T[] {
  const seen = new Set<string>();
  return types.filter(({ issuer }) => !seen.has(issuer) && seen.add(issuer));
}
