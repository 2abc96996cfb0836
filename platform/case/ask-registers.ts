import type { Services } from '#platform/kernel/app.ts';
import { type ClassProposer, classProposer, type PartFound, partRegister } from './hooks.ts';

/** A part stands this close to the pin of who reports it, in metres; a phone's position is not better. */
const PART_WITHIN_M = 30;
/** A named part that stands farther from the pin than this is not the one that was meant, in metres. */
export const PART_FAR_M = 200;
const MOST_NEAR = 5;

export type Asked = {
  /** The part that was named; null where the register does not hold it, undefined where none was named or nobody keeps a register. */
  part: PartFound | null | undefined;
  /** Parts of the class near the pin, for the sender and the operator to choose from; none is chosen by itself. */
  near: readonly PartFound[];
  proposed: Awaited<ReturnType<ClassProposer['propose']>>;
};

/**
 * What the register of parts and the proposer of classes say of a report. Both belong to modules above and open transactions of their own, so they
 * are asked before the report's begins. Without such modules a report goes on with what its sender said.
 */
export async function askRegisters(
  services: Services,
  of: { lon: number; lat: number; text: string; class?: string; part?: string },
): Promise<Asked> {
  const [register] = services.registry.provided(partRegister).map(({ value }) => value);
  const [proposer] = services.registry.provided(classProposer).map(({ value }) => value);
  const proposed =
    of.class === undefined && proposer
      ? await proposer.propose({ services, text: of.text })
      : { proposals: [], sure: false };
  const meant = of.class ?? (proposed.sure ? proposed.proposals[0]?.class : undefined);
  const found = register && of.part !== undefined ? await register.find({ services, code: of.part }) : undefined;
  const part = found && { ...found, distanceM: metresBetween(found, of) };
  const near =
    register && of.part === undefined && meant?.startsWith('P')
      ? await register.near({
          services,
          lon: of.lon,
          lat: of.lat,
          withinM: PART_WITHIN_M,
          class: meant,
          limit: MOST_NEAR,
        })
      : [];
  return { part: register && of.part !== undefined ? (part ?? null) : undefined, near, proposed };
}

const METRES_A_DEGREE = 111_320;

/** Distance of two places of one district in metres; the curve of the earth does not matter there. */
function metresBetween(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const x = (a.lon - b.lon) * Math.cos(((a.lat + b.lat) / 2) * (Math.PI / 180));
  return Math.hypot(x, a.lat - b.lat) * METRES_A_DEGREE;
}
