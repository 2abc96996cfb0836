import { sendClaims } from '#platform/basedata/shared/fixtures/send-claims.ts';
import { buildingTarget } from '#platform/basedata/space/load-buildings.ts';
import { outlineTarget } from '#platform/basedata/space/load-outlines.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';

/** A building that may be demolished and an outline that is nobody's, for the examples of routes. */
export async function fixtureSpace({ house }: { house: TestHouse }): Promise<Record<string, unknown>> {
  const code = '310101999B00001';
  const ring = [
    [121.3, 31.3],
    [121.3001, 31.3],
    [121.3001, 31.3001],
    [121.3, 31.3],
  ];
  const common = { house, module: 'space' };
  await sendClaims({
    ...common,
    target: buildingTarget,
    dataset: 'fixture-old-buildings',
    unit: 'housing',
    rows: [{ buildingCode: code, name: '样例旧屋', address: '样例旧路1号' }],
  });
  const outline = JSON.stringify({ type: 'Polygon', coordinates: [ring] });
  await sendClaims({
    ...common,
    target: outlineTarget,
    dataset: 'fixture-outlines',
    unit: 'planning',
    rows: [{ surveyId: 'F1', outline }],
  });
  const { id } = await house.services.database.tx({ module: 'space', actor: systemActor({ name: 'fixture' }) }, (db) =>
    db.one<{ id: string }>(sql`select id from space.conflict where outline_id = 'fixture-outlines:F1'`),
  );
  return { 'old-building': code, 'space-conflict': id };
}
