import { port, type Services } from '#platform/kernel/app.ts';
import type { Text } from '#platform/kernel/text.ts';

/** A part (部件) of the register: what stands in the street, who owns it and who keeps it. */
export type PartFound = {
  /** 16 digits: district, major and minor class, number. */
  code: string;
  /** Class of cases about such a part, e.g. `P0101`. */
  classes: readonly string[];
  name: Text;
  lon: number;
  lat: number;
  /** Unit that owns it (权属单位) and unit that keeps it (养护单位), where they are known. */
  owner: string | null;
  keeper: string | null;
  distanceM: number;
};

/** Where parts are registered. It opens its own transaction: asked for before that of a case begins. */
export type PartRegister = {
  find(options: { services: Services; code: string }): Promise<PartFound | undefined>;
  /** The nearest first. */
  near(options: {
    services: Services;
    lon: number;
    lat: number;
    withinM: number;
    class?: string;
    limit?: number;
  }): Promise<readonly PartFound[]>;
};
export const partRegister = port<PartRegister>('incident.part-register');

/** Classes that words may mean, the likeliest first; below `sure` a person chooses. */
export type ClassProposer = {
  propose(options: { services: Services; text: string }): Promise<{
    proposals: readonly { class: string; confidence: number }[];
    sure: boolean;
  }>;
};
export const classProposer = port<ClassProposer>('incident.class-proposer');

/** A report as points are counted by it (上报与积分): ids and what became of it, no words. */
export type ReportFact = {
  report: string;
  /** Null for an anonymous report. */
  person: string | null;
  /** The earliest report of its case, whoever sent it. */
  first: boolean;
  /** The case has been accepted, and was neither refused nor cancelled since. */
  accepted: boolean;
  /** The case was refused (不予受理). */
  rejected: boolean;
  street: string;
};
/** Reports of a case, or the one report. It opens its own transaction: asked for outside one. Provided by `incident` itself. */
export type ReportFacts = {
  of(options: { services: Services; case?: string; report?: string }): Promise<readonly ReportFact[]>;
};
export const reportFacts = port<ReportFacts>('incident.report-facts');
