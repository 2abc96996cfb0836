import type { PersonFact, PersonFacts } from '#platform/access/person-facts.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { DelegationScope } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';

/** Tells delegation what it must know of residents: age, whether they live, and the name and phone that an offer is addressed by. */
export const factsOfPersons: PersonFacts = {
  factsOf: ({ persons, services }) =>
    services.database.tx(
      { module: 'population', actor: systemActor({ name: 'person-facts' }), readOnly: true },
      async (db) => {
        const rows = await db.rows<PersonFact & { pid: string }>(sql`
          select pid, name, phone, birth_date as "birthDate", death_date as "deathDate" from population.person where pid = any(${[...persons]}::uuid[])`);
        return new Map(rows.map(({ pid, ...fact }) => [pid, fact]));
      },
    ),
};

/** Reading one's own record, for somebody else. */
export const ownRecordRead: DelegationScope = {
  id: 'own-record-read',
  title: { zh: '查看个人登记信息', en: 'See what is on record about me' },
  text: {
    zh: '可以看到政府部门登记的您的姓名、住址、电话、参保等信息；不能修改。',
    en: 'May see your name, address, phone, insurance and what else the departments hold about you; may change nothing.',
  },
  givers: ['person'],
  page: '/citizen/me',
};
