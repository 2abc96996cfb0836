import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { certificateTypeOf, writeCertificate } from '#platform/service/certificate-issue.ts';
import { makeCertificate } from '#platform/service/certificate-make.ts';
import { recordUse } from '#platform/service/certificate-record.ts';
import { CERTIFICATE_ACTS } from '#platform/service/certificate-state.ts';

/** Certificates that the examples of routes name: of the first citizen and of another person, by civil affairs and by another unit. */
export async function fixtureCertificates(options: {
  house: TestHouse;
  own: string;
  foreign: string;
  /** Cases of civil affairs: one that is handled, one that has been decided. */
  cases: { handled: string; decided: string; foreign: string };
}): Promise<Record<string, unknown>> {
  const { house, own, foreign, cases } = options;
  const { services } = house;
  const inService = <T>(work: (db: Db) => Promise<T>) =>
    services.database.tx({ module: 'service', actor: systemActor({ name: 'fixture' }) }, work);
  const { code: type } = await inService((db) =>
    db.one<{ code: string }>(
      sql`select code from service.certificate_type where issuer = 'civil-affairs' and holder = 'person' order by code limit 1`,
    ),
  );
  const issue = async (person: string, unit: string): Promise<string> => {
    const id = await inService(async (db) => {
      const found = await certificateTypeOf(db, type, unit);
      if (!found) throw new Error('no such type');
      return writeCertificate({
        db,
        services,
        now: services.clock.now(),
        type: found,
        unit,
        holder: { person, entity: null, key: null },
        face: { name: '样例持证人', code: null, fields: [] },
        sample: true,
      });
    });
    await makeCertificate(services, id);
    return id;
  };
  const mine = await issue(own, 'civil-affairs');
  const used = await issue(own, 'market-supervision');
  const other = await issue(foreign, 'market-supervision');
  const renewed = await issue(own, 'civil-affairs');
  const acts: Record<string, string> = {};
  for (const act of Object.keys(CERTIFICATE_ACTS)) acts[`certificate-to-${act}`] = await issue(own, 'civil-affairs');
  return inService(async (db) => {
    await db.run(
      sql`update service.certificate set state = 'suspended' where id = ${acts['certificate-to-resume'] ?? ''}::uuid`,
    );
    await recordUse(db, {
      certificate: used,
      at: services.clock.now(),
      kind: 'material',
      unit: 'civil-affairs',
      caseCode: cases.handled,
    });
    // The case of the example ends in a certificate.
    await db.run(sql`
      update service.sub_case s set terms = s.terms || jsonb_build_object('certificateType', ${type}::text) from service.case_file c
      where c.id = s.case_id and c.code = ${cases.decided}`);
    const row = await db.one<{ identifier: string; number: string }>(
      sql`select identifier, number from service.certificate where id = ${mine}::uuid`,
    );
    return {
      ...acts,
      'certificate-own': mine,
      'certificate-foreign': other,
      'certificate-desk': mine,
      'certificate-elsewhere': other,
      'certificate-used': used,
      'certificate-case': cases.handled,
      'certificate-type': type,
      'certificate-identifier': row.identifier,
      'certificate-number': row.number,
      'certificate-to-renew': renewed,
      'certificate-to-issue': { code: cases.decided, no: 1 },
      'certificate-not-to-issue': { code: cases.foreign, no: 1 },
    };
  });
}
