import { openAreaLocator } from '#platform/geo/area-locator.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';
import { inGrid, storeParts } from '#apps/governance/grid/parts/part-row.ts';
import { openTask } from '#apps/governance/grid/parts/register-tasks.ts';
import { loadTextModel, SAMPLE_COVER } from '#districts/huangpu/load-parts.ts';

/** The sample's cover, two tasks for covers that nobody has registered, and a model of text to class. */
export async function fixtureParts(house: TestHouse): Promise<Record<string, unknown>> {
  const { services } = house;
  const where = (await openAreaLocator(services)).whereabouts(SAMPLE_COVER.lon, SAMPLE_COVER.lat);
  if (!where) throw new Error('the sample’s cover lies outside of the district');
  const at = services.clock.now();
  const tasks = await inGrid(
    services,
    async (db) => {
      const parts = [{ ...SAMPLE_COVER, source: 'fixture', sample: true, where }];
      await storeParts(db, { parts, at, by: { name: '样例', unit: null } });
      for (const told of ['3101010101000701', '3101010101000702']) await openTask(db, { no: 'AJ-fixture', told, at });
      return db.rows<{ id: string }>(sql`select id from grid.part_task where case_no = 'AJ-fixture' order by told`);
    },
    false,
  );
  await loadTextModel(services);
  return {
    'grid-part': SAMPLE_COVER.code,
    'grid-new-code': '3101010101000777',
    'grid-next-code': '3101010101000778',
    'grid-lon': SAMPLE_COVER.lon,
    'grid-lat': SAMPLE_COVER.lat,
    'grid-task-to-register': tasks[0]?.id,
    'grid-task-to-drop': tasks[1]?.id,
  };
}
