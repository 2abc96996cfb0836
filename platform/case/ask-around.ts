import type { Services } from '#platform/kernel/app.ts';
import { classProposer, partRegister, type PartFound } from './hooks.ts';
import { NEAR_M } from './parts-near.ts';

/** What others know of a report: the part that it names, parts that it may mean, and the class that its words mean. */
export type Known = {
  part: PartFound | undefined;
  /** A part was named, and the register does not hold it (部件未入库). */
  missing: boolean;
  near: readonly PartFound[];
  proposed: string | undefined;
};

/**
 * Asks the register of parts and the proposer of classes before the transaction of the case begins. Without a register nothing is called
 * missing: a district that registers no parts has none to miss. A proposal that is not sure is none, a person chooses.
 */
export async function askAround(
  services: Services,
  of: { part?: string; class?: string; text: string; lon: number; lat: number },
): Promise<Known> {
  const register = services.registry.provided(partRegister)[0]?.value;
  const proposer = services.registry.provided(classProposer)[0]?.value;
  const part = of.part === undefined ? undefined : await register?.find({ services, code: of.part });
  const guess = of.class === undefined && !part ? await proposer?.propose({ services, text: of.text }) : undefined;
  const proposed = guess?.sure ? guess.proposals[0]?.class : undefined;
  const about = of.class ?? proposed;
  const near =
    register && of.part === undefined && about?.startsWith('P')
      ? await register.near({ services, lon: of.lon, lat: of.lat, withinM: NEAR_M, class: about, limit: 5 })
      : [];
  return { part, missing: register !== undefined && of.part !== undefined && !part, near, proposed };
}
