import type { Static } from 'typebox';
import type { Actor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Applicant } from './case-applicant.ts';
import { findOffer, type KnownValues } from './case-offer.ts';
import { type CaseForm, fileForm, type SubmittedSchema } from './submit-case.ts';

/**
 * Files a form for whoever stands at a window (代为录入), by the same intake as everybody else's. What the district knows is read in the person's
 * name (`asPerson`), so that what is on record is verified and not typed; `shown` is what the window itself has verified, such as the card.
 * `decider` names the unit that decides an item in place of the department that owns it (委托街道审批). It is filed by `actor`, who then decides nothing
 * of it. Opens transactions of its own; a form becomes one case ever, so it may be called again.
 */
export async function submitFor(of: {
  services: Services;
  actor: Actor;
  asPerson: Actor | undefined;
  applicant: Applicant;
  form: CaseForm;
  shown: KnownValues;
  decider(item: { code: string; unit: string }): string;
}): Promise<Static<typeof SubmittedSchema>> {
  const { services, actor, asPerson, applicant, form, shown, decider } = of;
  const offered = await services.database.tx({ module: 'service', actor, readOnly: true }, (db) =>
    findOffer({
      db,
      services,
      actor: asPerson ?? actor,
      items: form.items.map(({ code }) => code),
      bundle: form.bundle,
      situations: form.situations ?? {},
    }),
  );
  const offer = offered && {
    ...offered,
    items: offered.items.map((item) => ({ ...item, terms: { ...item.terms, unit: decider(item.terms) } })),
  };
  const known = { ...shown, ...(await offered?.known()) };
  const prepared = { applicant, offer, known };
  const filed = await services.database.tx({ module: 'service', actor }, (db) =>
    fileForm({ db, services, now: services.clock.now(), body: form, prepared }),
  );
  services.wake();
  return filed;
}
