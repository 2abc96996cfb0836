import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Services } from '#platform/kernel/app.ts';
import { parseCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { maskCitizenId } from '#platform/kernel/mask.ts';
import { sql } from '#platform/kernel/sql.ts';
import { attributeViews } from '#platform/access/attributes/view.ts';
import type { BreakGlassTarget } from '#platform/access/break-glass/target.ts';
import { ID_NUMBER_LOOKUP } from '#platform/identity/subjects.ts';
import { CardSchema, readCard } from './read-card.ts';
import { resident } from './resources.ts';
import { resolvePerson } from './resolve-person.ts';

/** The card of a person may be opened in an emergency, by identity number. */
export const openedPerson: BreakGlassTarget = {
  action: 'population.person.read',
  kind: 'person',
  title: { zh: '人员卡片', en: 'Card of a person' },
  resource: 'population.resident',
  level: 4,
  page: '/gov/opened/:id/:no',
  find: ({ number, services }) => findPerson(number, services),
};

async function findPerson(number: string, services: Services): Promise<{ subject: string; label: string } | undefined> {
  const parsed = parseCitizenId(number, { allowSample: services.config.sample });
  if (!parsed.ok) return undefined;
  const hash = services.keyring.lookup(ID_NUMBER_LOOKUP, parsed.id.number);
  const subject = await resolvePerson.personOf({ hash, services });
  return subject === undefined ? undefined : { subject, label: maskCitizenId(parsed.id.number) };
}

/** One person of a break-glass of the caller (紧急调阅的人员卡片): masked as always, without household, while it is open. */
export const showOpened = route({
  method: 'GET',
  path: '/api/population/opened/:id/:no',
  summary: { zh: '紧急调阅：一人一档', en: 'Break-glass: the card of a person' },
  allow: 'population.person.open',
  params: Type.Object({
    id: Type.String({ format: 'uuid', pattern: '^[0-9a-f-]{36}$' }),
    no: Type.Integer({ minimum: 1, maximum: 20 }),
  }),
  reply: CardSchema,
  errors: [NotFound],
  examples: {
    own: { as: 'street-clerk', params: { id: 'fixture:break-glass', no: '1' }, purpose: 'emergency' },
    foreign: { as: 'street-clerk', params: { id: 'fixture:foreign-break-glass', no: '1' }, purpose: 'emergency' },
  },
  handler: async ({ db, params: { id, no }, services, actor }) => {
    const { pid } = await db.one<{ pid: string | null }>(
      sql`select access.opened_at(${id}::uuid, ${no}::int, ${openedPerson.action}) as pid`,
    );
    if (pid === null) throw NotFound.with();
    return readCard({ db, pid, opened: true, viewOf: attributeViews({ services, actor, resource: resident.id }) });
  },
});
