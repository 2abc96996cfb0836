import { shanghaiDate } from '#platform/kernel/dates.ts';
import { type Source, sourceOf, standing, type Statement } from '#platform/basedata/shared/survivorship.ts';
import { addressForm } from '#platform/basedata/shared/text-forms.ts';

/** What a fresh piece of evidence of a unit is worth (0–1), and after how many days it is worth half (rulebook). */
export type EvidenceRule = { weights: ReadonlyMap<string, number>; halfLifeDays: number };

export type Evidence = {
  unit: string;
  address: string;
  /** The day that it speaks for. */
  on: string;
  /** What it is worth on the day of the question. */
  weight: number;
  source: Source;
};

/** What an official has found at the door (走访确认): it wins, and evidence of later days that says otherwise is shown beside it. */
export type Confirmation = { address: string; on: string; by: string; unit: string | null; note: string };

export type Whereabouts = {
  /** Where the person really lives (实际居住), as far as can be said; null without evidence. */
  address: string | null;
  /** 0–1. Evidence that agrees adds up as independent witnesses do. */
  confidence: number;
  confirmed: Confirmation | null;
  /** The registered address is another (人户分离); null where either is unknown. */
  separated: boolean | null;
  /** For the address, the strongest first. */
  evidence: Evidence[];
  /** For other addresses. */
  against: Evidence[];
};

const DAY = 86_400_000;

/**
 * Where somebody really lives (人户分离). Each source's last word about a home is evidence of the day on which it was given, and loses half
 * of its worth every so many days; employers and deliveries are no evidence, so units without a weight are left out.
 */
export function whereabouts(options: {
  statements: Iterable<Statement>;
  hukou: string | undefined;
  confirmation?: Confirmation;
  rule: EvidenceRule;
  today: string;
}): Whereabouts {
  const { statements, hukou, confirmation, rule, today } = options;
  const evidence = standing(statements).flatMap((s): Evidence[] => {
    const address = s.values.residenceAddress;
    const worth = rule.weights.get(s.unit);
    if (address === undefined || worth === undefined) return [];
    const on = [s.values.residenceFrom ?? '', s.values.seenOn ?? '', shanghaiDate(new Date(s.receivedAt))]
      .filter((day) => day <= today)
      .reduce((a, b) => (a > b ? a : b), '');
    return [{ unit: s.unit, address, on, weight: worth * decay({ on, today, rule }), source: sourceOf(s) }];
  });
  const homes = new Map<string, Evidence[]>();
  for (const one of evidence) {
    const key = addressForm(one.address);
    homes.set(key, [...(homes.get(key) ?? []), one]);
  }
  const confirmedKey = confirmation && addressForm(confirmation.address);
  const best =
    confirmedKey ??
    [...homes].sort(([, a], [, b]) => together(b) - together(a) || (newest(b) > newest(a) ? 1 : -1))[0]?.[0];
  const strongest = (all: Evidence[]): Evidence[] =>
    all.sort((a, b) => b.weight - a.weight || (a.unit < b.unit ? -1 : 1));
  const [first] = best === undefined ? [] : (homes.get(best) ?? []);
  const address = confirmation?.address ?? first?.address ?? null;
  return {
    address,
    confidence: confirmation ? 1 : best === undefined ? 0 : together(homes.get(best) ?? []),
    confirmed: confirmation ?? null,
    separated: address === null || hukou === undefined ? null : addressForm(address) !== addressForm(hukou),
    evidence: strongest(evidence.filter((e) => addressForm(e.address) === best)),
    against: strongest(evidence.filter((e) => addressForm(e.address) !== best)),
  };
}

function decay({ on, today, rule }: { on: string; today: string; rule: EvidenceRule }): number {
  const days = Math.max(0, (Date.parse(today) - Date.parse(on)) / DAY);
  return 0.5 ** (days / rule.halfLifeDays);
}

const together = (all: readonly Evidence[]): number => 1 - all.reduce((none, { weight }) => none * (1 - weight), 1);
const newest = (all: readonly Evidence[]): string => all.reduce((last, { on }) => (on > last ? on : last), '');
