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
  /** The case has been accepted, and neither it nor this report was lost since. */
  accepted: boolean;
  /** Why it does not count any more: refused (不予受理), taken off the list by the centre (撤销), or withdrawn by who sent it (撤回). */
  lost: 'rejected' | 'cancelled' | 'withdrawn' | null;
  /** The words that the reporter was told with it; null for what they withdrew themselves. */
  why: string | null;
  street: string;
};
/** A report whose case was refused or cancelled: by the number of the case, with the words that the reporter was told. */
export type LostReport = { report: string; no: string; class: string; at: Date; why: string };
/** Reports of a case, or the one report. It opens its own transaction: asked for outside one. Provided by `incident` itself. */
export type ReportFacts = {
  of(options: { services: Services; case?: string; report?: string }): Promise<readonly ReportFact[]>;
  /** Named reports whose cases were refused or cancelled, the newest first: what a person may look into. No names. */
  lost(options: { services: Services; limit: number }): Promise<readonly LostReport[]>;
};
export const reportFacts = port<ReportFacts>('incident.report-facts');

/** A place that an address names (地址库): degrees, CGCS2000. */
export type AddressFound = { lon: number; lat: number; address: string };
/** Where addresses are registered: by the words of an address, or by the code of a building. Never a guess. It opens its own transaction. */
export type AddressFinder = {
  find(options: { services: Services; text?: string; id?: string }): Promise<AddressFound | undefined>;
};
export const addressFinder = port<AddressFinder>('incident.address-finder');
/** A class that a person put right (人工改类): from which to which, when, and the words of the report, masked. */
export type ClassCorrection = { caseId: string; no: string; before: string; class: string; at: Date; text: string };
/** Corrections of classes, the newest first. It opens its own transaction: asked for outside one. Provided by `incident` itself. */
export type ClassCorrections = {
  since(options: { services: Services; since: Date; limit: number }): Promise<readonly ClassCorrection[]>;
};
export const classCorrections = port<ClassCorrections>('incident.class-corrections');

/** A step of a case that somebody finished (办完的环节), with its limit. Who did it is only a number within one answer: enough to count how many there were. */
export type StepFact = {
  caseId: string;
  no: string;
  class: string;
  street: string;
  step: 'accept' | 'establish' | 'dispatch' | 'verify';
  /** Unit of whoever did it; null where the platform did. */
  unit: string | null;
  dueAt: Date;
  doneAt: Date;
  doer: number;
};
/** Steps finished in [from, to). It opens its own transaction: asked for outside one. Provided by `incident` itself. */
export type StepFacts = {
  between(options: { services: Services; from: Date; to: Date }): Promise<readonly StepFact[]>;
};
export const stepFacts = port<StepFacts>('incident.step-facts');

/**
 * Limits that somebody outside has set on a case (外部时限), e.g. the city's hotline: more time is then not the unit's leader's to give, but is asked for outside. It
 * opens its own transaction: asked for outside one.
 */
export type OutsideLimits = { bound(options: { services: Services; no: string }): Promise<boolean> };
export const outsideLimits = port<OutsideLimits>('incident.outside-limits');
