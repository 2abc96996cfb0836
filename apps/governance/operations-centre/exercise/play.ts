import { systemActor } from '#platform/kernel/actor.ts';
import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { readRules } from '../incident/correlation-rules.ts';
import { takeSeen } from '../incident/take-seen.ts';
import { writeOptionSet } from '../options/option-record.ts';
import { type Scenario, scenariosOf } from './scenario.ts';

const actor = systemActor({ name: 'exercise' });
type Run = {
  id: string;
  scenario: string;
  speed: number;
  position: number;
  next: number;
  startedAt: Date;
  elapsed: number;
};

/**
 * Plays what is due of the exercises that run (推演): the place in the script is committed with what it brings, so a restart goes on where it was
 * and nothing happens twice. Times are the scenario's own, so that a replay at any speed makes the same incidents. What is played stands in tables of
 * this module only: no case, no alert and no public warning comes of it. Says how many steps were played.
 */
export async function playExercises(services: Services): Promise<number> {
  const tx = <T>(work: (db: Db) => Promise<T>) => services.database.tx({ module: 'ops', actor }, work);
  const running = await tx((db) =>
    db.rows<{ id: string }>(sql`select id from ops.exercise where state = 'running' order by started_at`),
  );
  let played = 0;
  for (const { id } of running) played += await tx((db) => playOne(db, services, id));
  return played;
}

async function playOne(db: Db, services: Services, id: string): Promise<number> {
  const run = await db.first<Run>(sql`
    select id, scenario, speed, position_s as position, next, started_at as "startedAt", greatest(0, extract(epoch from kernel.now() - as_of))::float8 as elapsed
    from ops.exercise where id = ${id}::uuid and state = 'running' for update skip locked`);
  if (!run) return 0;
  const scenario = scenariosOf(services).get(run.scenario);
  if (!scenario) {
    await db.run(sql`update ops.exercise set state = 'stopped', ended_at = kernel.now() where id = ${id}::uuid`);
    return 0;
  }
  const position = run.position + run.elapsed * run.speed;
  const rules = await readRules(db, services.clock.now());
  let next = run.next;
  for (; next < scenario.steps.length; next += 1) {
    const step = scenario.steps[next];
    if (!step || step.at > position) break;
    const incident = await takeSeen(
      db,
      {
        source: 'exercise',
        ref: `${scenario.id}:${String(next).padStart(3, '0')}`,
        class: step.class,
        title: step.title,
        level: step.level,
        lon: step.lon,
        lat: step.lat,
        at: new Date(run.startedAt.getTime() + step.at * 1000),
        exercise: { id, scenario: scenario.id },
      },
      rules,
    );
    if (incident) await offerPlan(db, { scenario, incident, exercise: id });
  }
  const over = next >= scenario.steps.length;
  await db.run(sql`
    update ops.exercise set position_s = ${position}::float8, as_of = kernel.now(), next = ${next}::int, state = ${over ? 'finished' : 'running'},
      ended_at = case when ${over}::boolean then kernel.now() end where id = ${id}::uuid`);
  return next - run.next;
}

/** Lays the plan's options before the leader once the incident has grown: once an exercise. */
async function offerPlan(db: Db, options: { scenario: Scenario; incident: string; exercise: string }): Promise<void> {
  const { scenario, incident, exercise } = options;
  const { plan } = scenario;
  if (!plan) return;
  const due = await db.first(sql`
    select from ops.incident i where i.id = ${incident}::uuid and i.family = ${plan.family}
      and (select count(*) from ops.member m where m.incident = i.id) >= ${plan.after}::int
      and not exists (select from ops.option_set s where s.exercise = ${exercise}::uuid)`);
  if (due) await writeOptionSet(db, { id: incident, exercise }, plan);
}
