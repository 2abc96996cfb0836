import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import { decide } from '#platform/rulebook/decide.ts';
import { levelOfColour } from './alert-record.ts';
import { type Raise, raiseAll } from './raise.ts';
import { LEVEL_DECISION } from './report-alert.ts';
import { readSettings } from './settings.ts';

/**
 * Raises an alert of another module (系统预警): what it has found out by itself. The level follows from how grave it is, by the same decision as that of a
 * person. Opens a transaction of its own; gives the alert's id, that of the standing one where it is the same.
 */
export function raiseAlert(
  services: Services,
  alert: Omit<Raise, 'level' | 'decided'> & { severity: 'minor' | 'moderate' | 'severe' | 'extreme' },
): Promise<string> {
  const { severity, ...raise } = alert;
  return services.database.tx({ module: 'signal', actor: systemActor({ name: raise.source }) }, async (db) => {
    const decided = await decide(db, { decision: LEVEL_DECISION, input: { severity, excess: 1 } });
    const level = levelOfColour(String(decided.value));
    const [id] = await raiseAll(
      db,
      [{ ...raise, level, decided: { entry: decided.entry, version: decided.version } }],
      await readSettings(db, services.clock.now()),
    );
    if (!id) throw new Error('no alert was raised');
    return id;
  });
}
