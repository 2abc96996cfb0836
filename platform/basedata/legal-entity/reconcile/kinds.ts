import type { Text } from '#platform/kernel/text.ts';
import type { ClockKind } from '#platform/calendar/clock-kind.ts';

/** What two registers can say differently (户管比对差异), who has to answer for it, and what each side says. */
export const FINDING_KINDS = [
  'not-taxed',
  'not-registered',
  'cancelled-invoicing',
  'foreign-filing-missing',
  'not-registered-here',
  'taxed-elsewhere',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export const FINDING_TITLES: Record<FindingKind, Text> = {
  'not-taxed': { zh: '已登记未税务登记', en: 'Registered, not taxed' },
  'not-registered': { zh: '已纳税未登记', en: 'Taxed, not registered' },
  'cancelled-invoicing': { zh: '已注销仍开票', en: 'Cancelled, still invoicing' },
  'foreign-filing-missing': { zh: '外资信息未报告', en: 'Foreign investment not reported' },
  'not-registered-here': { zh: '在此经营未在此登记', en: 'Here, but not registered here' },
  'taxed-elsewhere': { zh: '登记在区、税在区外', en: 'Registered here, taxed elsewhere' },
};

/** Unit that answers; undefined = the street in whose area the building lies. */
export const OWNERS: Record<FindingKind, string | undefined> = {
  'not-taxed': 'tax',
  'not-registered': 'market-supervision',
  'cancelled-invoicing': 'tax',
  'foreign-filing-missing': 'commerce',
  'not-registered-here': undefined,
  'taxed-elsewhere': 'tax',
};
/** Who answers for a place of which no street is known. */
export const OWNER_WITHOUT_PLACE = 'market-supervision';

/** In which time the owner of a finding says what is true. */
export const findingClock: ClockKind = {
  id: 'legal-entity.finding',
  title: { zh: '户管比对差异核实', en: 'Answer to a finding of the reconciliation' },
  basis: 'legal-entity.finding.answer',
  stops: [],
  step: 'answer',
};

/** In which time a street makes the visit that it has ordered. */
export const visitClock: ClockKind = {
  id: 'legal-entity.visit',
  title: { zh: '企业服务走访', en: 'Service visit' },
  basis: 'legal-entity.visit.within',
  stops: [],
  step: 'visit',
};

/** What the owner says became of it. */
export const RESULTS = ['source-wrong', 'firm-notified', 'legitimate', 'not-found'] as const;
