import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Services } from '#platform/kernel/app.ts';
import type { Text } from '#platform/kernel/text.ts';
import { districtFolder } from '#platform/identity/organisation.ts';
import type { OptionSet } from '../options/option-record.ts';

/** One thing that happens in a scenario, so many seconds after its beginning. Place in degrees. */
export type ScenarioStep = { at: number; class: string; title: Text; level: number; lon: number; lat: number };
/** A scripted scenario (演练脚本): what happens, and what the plan offers once it has grown. */
export type Scenario = {
  id: string;
  title: Text;
  summary: Text;
  steps: readonly ScenarioStep[];
  /** Options of the plan (预案): laid before the leader once an incident of the family has so many members. */
  plan?: OptionSet & { family: string; after: number };
};

const read = new WeakMap<Services, ReadonlyMap<string, Scenario>>();

/** Scenarios of the district, by id; read once. Steps stand in the order of their time. */
export function scenariosOf(services: Services): ReadonlyMap<string, Scenario> {
  const known = read.get(services);
  if (known) return known;
  const folder = join(districtFolder(services.config.root), 'scenarios');
  const files = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.json'))
        .sort()
    : [];
  const all = files.map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Scenario);
  const map = new Map(
    all.map((scenario) => [scenario.id, { ...scenario, steps: [...scenario.steps].sort((a, b) => a.at - b.at) }]),
  );
  read.set(services, map);
  return map;
}
