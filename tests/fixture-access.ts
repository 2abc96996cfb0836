import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { consentKey } from '#platform/access/consent/consent-key.ts';

/** Policies, refusals, break-glass, consents and certifications that the examples of platform/access address. */
export async function fixtureAccess(options: {
  house: TestHouse;
  /** A resident whom the first street clerk may not see, and the identity number of another. */
  foreign: string;
  foreignNumber: string;
  citizen: string;
}): Promise<Record<string, unknown>> {
  const { house, foreign, foreignNumber, citizen } = options;
  const id = Object.fromEntries(
    [
      'district-policy',
      'district-draft',
      'nothing',
      'refusal',
      'foreign-refusal',
      'break-glass',
      'break-glass-list',
      'foreign-break-glass',
      'consent',
      'foreign-consent',
      'certification',
      'foreign-certification',
    ].map((name) => [name, uuidv7()]),
  ) as Record<string, string>;
  const { services } = house;
  await services.database.tx({ module: 'access', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    for (const name of ['district-policy', 'district-draft'])
      await db.run(sql`insert into access.district_policy (id, slug, version, text, cases, reason, state, drafted_by, drafted_name, drafted_at, valid_from)
        values (${id[name]}::uuid, ${`example-${name}`}, 1, '', '[]', 'fixture', 'draft', 'somebody.else', '某安全管理员', now(), now())`);
    for (const [name, account] of [
      ['refusal', 'clerk.ruijin'],
      ['foreign-refusal', 'clerk.bund'],
    ] as const)
      await db.run(sql`insert into access.refusal (trace, at, account, post, route, action, code, reasons)
        values (${id[name]}, now(), ${account}, 'street-clerk', 'GET /api/audit/entries', 'audit.read', 'FORBIDDEN', '{}')`);
    for (const [name, account, unit, state] of [
      ['break-glass', 'clerk.ruijin', 'street-310101023', 'open'],
      ['break-glass-list', 'clerk.ruijin', 'street-310101023', 'waiting'],
      ['foreign-break-glass', 'clerk.bund', 'street-310101013', 'open'],
    ] as const) {
      const open = state === 'open';
      await db.run(sql`insert into access.break_glass (id, number, account, name, post, unit, action, kind, reason, level, owner_unit, subjects, needs_second, state, asked_at, opened_at,
          expires_at, review_due)
        values (${id[name]}::uuid, ${`fixture ${name}`}, ${account}, '经办人', 'street-clerk', ${unit}, 'population.person.read', 'person', '独居老人失联，需联系家属', 4, 'public-security', 1,
          ${!open}::boolean, ${state}, now(), case when ${open}::boolean then now() end, case when ${open}::boolean then now() + interval '4 hours' end, now() + interval '3 days')`);
      await db.run(
        sql`insert into access.break_glass_subject (break_glass, no, subject, label) values (${id[name]}::uuid, 1, ${foreign}, '310***')`,
      );
    }
    await db.run(sql`insert into access.purpose (code, title, basis, posts)
      values ('fixture-purpose', '{"zh":"测试目的","en":"Test"}', '{"source":"测试","article":"一","en":"Test"}', '{duty-officer}') on conflict do nothing`);
    const key = await consentKey(db, services);
    for (const [name, person] of [
      ['consent', citizen],
      ['foreign-consent', foreign],
    ] as const)
      await db.run(sql`insert into access.consent (id, number, subject_person, subject_name, recipient, recipient_name, items, purpose, mode, valid_from, valid_to, given_by, given_at, statement,
          signature, key_id)
        values (${id[name]}::uuid, ${`fixture ${name}`}, ${person}::uuid, '样例', '91310000MA1FP0009R', '样例银行', '{population.resident.name}', 'loan', 'once', now(), now() + interval '9 days',
          'fixture', now(), 'fixture', ${key.sign('fixture')}, ${key.id})`);
    for (const [name, unit, account] of [
      ['certification', 'street-310101023', 'clerk.ruijin'],
      ['foreign-certification', 'street-310101013', 'clerk.bund'],
    ] as const)
      await db.run(sql`insert into access.certification (id, quarter, unit, account, name, post, due, by_staffing, state)
        values (${id[name]}::uuid, '2020-Q1', ${unit}, ${account}, '经办人', 'street-clerk', now() + interval '9 days', false, 'open')`);
  });
  return { ...id, purpose: 'fixture-purpose', 'no-purpose': 'no-such-purpose', 'foreign-id-number': foreignNumber };
}
