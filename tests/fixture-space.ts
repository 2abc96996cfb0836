import { sendClaims } from '#platform/basedata/shared/fixtures/send-claims.ts';
import { buildingTarget } from '#platform/basedata/space/load-buildings.ts';
import { outlineTarget } from '#platform/basedata/space/load-outlines.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { uuidv7 } from '#platform/kernel/ids.ts';
import { authenticator } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import { signIn } from '#platform/identity/testing.ts';
import type { TestHouse } from '#platform/kernel/testing.ts';

/** A building that may be demolished and an outline that is nobody's, for the examples of routes. */
export async function fixtureSpace({ house }: { house: TestHouse }): Promise<Record<string, unknown>> {
  const [code, other] = ['310101999B00001', '310101999B00002'];
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
    rows: [
      { buildingCode: code, name: '样例旧屋', address: '样例旧路1号' },
      { buildingCode: other, name: '样例旧屋二', address: '样例旧路2号' },
    ],
  });
  const outline = JSON.stringify({ type: 'Polygon', coordinates: [ring] });
  const far = JSON.stringify({ type: 'Polygon', coordinates: [ring.map(([lon = 0, lat = 0]) => [lon, lat + 0.01])] });
  await sendClaims({
    ...common,
    target: outlineTarget,
    dataset: 'fixture-outlines',
    unit: 'planning',
    rows: [
      { surveyId: 'F1', outline },
      { surveyId: 'F2', outline: far },
    ],
  });
  const conflict = async (outline: string) => {
    const { id } = await house.services.database.tx(
      { module: 'space', actor: systemActor({ name: 'fixture' }) },
      (db) =>
        db.one<{ id: string }>(sql`select id from space.conflict where outline_id = ${`fixture-outlines:${outline}`}`),
    );
    return id;
  };
  const { services } = house;
  const actor = await services.registry
    .provided(authenticator)[0]
    ?.value.authenticate({ cookie: await signIn(house, 'street-clerk'), trace: 'fixture', services });
  const clerk = actor?.account ?? '';
  const [own, foreign] = [uuidv7(), uuidv7()];
  await house.services.database.tx({ module: 'space', actor: systemActor({ name: 'fixture' }) }, (db) =>
    db.run(sql`insert into space.geocode_job (id, account, asked, created_at) values
      (${own}::uuid, ${clerk}, '["瑞金二路118弄12号"]', kernel.now()), (${foreign}::uuid, 'somebody-else', '["瑞金二路118弄12号"]', kernel.now())`),
  );
  return {
    'old-building': code,
    'other-old-building': other,
    'space-conflict': await conflict('F1'),
    'other-space-conflict': await conflict('F2'),
    'geocode-job': own,
    'foreign-geocode-job': foreign,
  };
}
