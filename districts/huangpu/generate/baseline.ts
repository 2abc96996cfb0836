/** Volumes, profiles and rates of the generator: `baseline.json`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of the district. */
export const HERE = join(import.meta.dirname, '..');

export type Profile = 'small' | 'full' | 'million';
interface Volume {
  value: number;
  unit: string;
  scales: 'persons' | 'firms' | 'buildings' | null;
  source: string;
  note: string;
}
export interface Baseline {
  seed: number;
  asOf: string;
  profiles: Record<Profile, { persons: number; firms: number; buildings: number }>;
  volumes: Record<string, Volume>;
  rates: Record<string, number>;
}

export function readBaseline(): Baseline {
  return JSON.parse(readFileSync(join(HERE, 'baseline.json'), 'utf8')) as Baseline;
}

/** A volume of the baseline under a profile. */
export function volume({ baseline, profile, name }: { baseline: Baseline; profile: Profile; name: string }): number {
  const entry = baseline.volumes[name];
  if (entry === undefined) throw new RangeError(`no volume ${name}`);
  return entry.scales === null ? entry.value : Math.round(entry.value * baseline.profiles[profile][entry.scales]);
}
