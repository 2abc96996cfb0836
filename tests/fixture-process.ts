import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { readDefinition } from '#platform/workflow/bpmn/read-definition.ts';
import { startProcess } from '#platform/workflow/process/start-process.ts';
import { firstDrawing } from '#platform/workflow/studio/first-drawing.ts';
import { keepProcess } from '#platform/workflow/studio/keep-process.ts';
import { publishVersion } from '#platform/workflow/studio/published-versions.ts';

/** Processes that the examples of routes name: of civil affairs, and of another unit. */
export async function fixtureProcess(house: TestHouse): Promise<Record<string, unknown>> {
  const draw = (id: string) => firstDrawing({ id, name: '店招设置许可' });
  await house.services.database.tx({ module: 'workflow', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    await keepProcess(db, { xml: draw('shop-sign'), unit: 'civil-affairs' });
    await keepProcess(db, { xml: draw('shop-sign-new'), unit: 'civil-affairs', published: false });
    await keepProcess(db, { xml: draw('foreign-sign'), unit: 'public-security' });
  });
  return {
    'process-xml': draw('shop-sign'),
    'foreign-process-xml': draw('foreign-sign'),
    ...(await fixtureMoves(house, draw('moving-sign'))),
  };
}

/** A process of civil affairs in two versions, with cases on the first and requests to move them. */
async function fixtureMoves(house: TestHouse, xml: string): Promise<Record<string, string>> {
  const { services } = house;
  return services.database.tx({ module: 'workflow', actor: systemActor({ name: 'fixture' }) }, async (db) => {
    await keepProcess(db, { xml, unit: 'civil-affairs' });
    const begin = async (key: string): Promise<string> =>
      (await startProcess(db, { services, process: 'moving-sign', key, unit: 'civil-affairs' })).instance;
    const [first, second, third] = [await begin('M-1'), await begin('M-2'), await begin('M-3')];
    const next = xml.replace('name="办理"', 'name="决定"');
    await publishVersion(db, { app: 'workflow', xml: next, definition: await readDefinition(next) });
    const ask = async (instance: string): Promise<string> => {
      const { id } = await db.one<{ id: string }>(sql`
        insert into workflow.move (app, process, from_version, to_version, map, instances, reason, asked_by, asked_by_name)
        values ('workflow', 'moving-sign', 1, 2, '{}', ${[instance]}::uuid[], '新版本改了步骤名称', 'fixture', '样例同事') returning id`);
      return id;
    };
    return { 'moving-instance': first, 'move-to-approve': await ask(second), 'move-to-decline': await ask(third) };
  });
}
