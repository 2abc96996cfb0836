import { systemActor } from '#platform/kernel/actor.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { firstDrawing } from '#platform/workflow/studio/first-drawing.ts';
import { keepProcess } from '#platform/workflow/studio/keep-process.ts';

/** Processes that the examples of routes name: of civil affairs, and of another unit. */
export async function fixtureProcess(house: TestHouse): Promise<Record<string, unknown>> {
  const draw = (id: string) => firstDrawing({ id, name: '店招设置许可' });
  await house.services.database.tx({ module: 'workflow', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    await keepProcess(db, { xml: draw('shop-sign'), unit: 'civil-affairs' });
    await keepProcess(db, { xml: draw('shop-sign-new'), unit: 'civil-affairs', published: false });
    await keepProcess(db, { xml: draw('foreign-sign'), unit: 'public-security' });
  });
  return { 'process-xml': draw('shop-sign'), 'foreign-process-xml': draw('foreign-sign') };
}
