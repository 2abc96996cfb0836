import type { ClassProposer } from '#platform/case/hooks.ts';
import { readClasses } from '#platform/case/classes.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import { classifyText } from '#platform/search/classify/classify-text.ts';
import { currentModel } from './keep-model.ts';

const MOST = 3;

/** What words may mean, with the version of the model that says so; nothing where there is no model yet. */
export async function proposeClasses(
  services: Services,
  text: string,
): Promise<{
  proposals: { class: string; confidence: number }[];
  sure: boolean;
  /** From which confidence no person is asked. */
  sureFrom: number;
  version: number | null;
}> {
  const inForce = new Set((await readClasses(services)).map(({ code }) => code));
  return services.database.tx(
    { module: 'grid', actor: systemActor({ name: 'classify' }), readOnly: true },
    async (db) => {
      const current = await currentModel(services, db);
      const { amount: sureFrom } = await amountAt(db, 'grid.classify.sure', services.clock.now());
      if (!current) return { proposals: [], sure: false, sureFrom, version: null };
      // A class that has ended since is left out, and what it was sure of goes to nobody.
      const proposals = classifyText(current.model, text, current.model.labels.length)
        .filter(({ label }) => inForce.has(label))
        .slice(0, MOST)
        .map(({ label, confidence }) => ({ class: label, confidence }));
      return { proposals, sure: (proposals[0]?.confidence ?? 0) >= sureFrom, sureFrom, version: current.version };
    },
  );
}

/** Text to class for whoever files cases (文本归类). */
export const gridClassProposer: ClassProposer = {
  async propose({ services, text }) {
    const { proposals, sure } = await proposeClasses(services, text);
    return { proposals, sure };
  },
};
