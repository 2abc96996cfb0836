import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { DemoSubjects } from '#platform/identity/demo-accounts.ts';
import { ID_NUMBER_LOOKUP } from '#platform/identity/subjects.ts';
import { resolvePerson } from '#platform/basedata/population/resolve-person.ts';
import { createOrder, type Payer } from '#platform/ledger/order.ts';

const DAY_MS = 86_400_000;
const BASIS = '发改价格规〔2016〕2559号（样例）';
const UNIT = 'street-310101023';

/** One payment order for the first resident and one for the enterprise of the demo accounts, so that paying can be tried. */
export async function loadFees({ services, subjects }: { services: Services; subjects: DemoSubjects }): Promise<void> {
  if (!services.registry.modules.some(({ id }) => id === 'ledger')) return;
  const hash = services.keyring.lookup(ID_NUMBER_LOOKUP, subjects.citizen.idNumber);
  const person = await resolvePerson.personOf({ hash, services });
  if (person) await give(services, { payer: { person }, kind: 'home', fen: 8_000n });
  if (subjects.enterprise)
    await give(services, { payer: { entity: subjects.enterprise.uscc }, kind: 'business', fen: 55_000n });
}

async function give(
  services: Services,
  order: { payer: Payer; kind: 'home' | 'business'; fen: bigint },
): Promise<void> {
  const { payer, kind, fen } = order;
  const title =
    kind === 'home'
      ? { zh: '不动产登记费（住宅，窗口代收，样例）', en: 'Registration of a home (collected at the window, sample)' }
      : {
          zh: '不动产登记费（非住宅，窗口代收，样例）',
          en: 'Registration of business premises (collected at the window, sample)',
        };
  await services.database.tx({ module: 'ledger', actor: systemActor({ name: 'sample' }) }, (db) =>
    createOrder(db, {
      subject: `sample-registration-${kind}`,
      unit: UNIT,
      title,
      payer,
      lines: [{ item: '103042702', title, amount: fen, basis: BASIS }],
      expiresAt: new Date(services.clock.now().getTime() + 30 * DAY_MS),
    }),
  );
}
