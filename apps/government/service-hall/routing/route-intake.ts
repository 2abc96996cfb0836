/**
 * Where what was handed in goes (收件分派). Two modes, as in Shanghai: accepted where it is handed in (直接受理), or received here and
 * accepted by the centre that is competent by place (收受分离).
 */
export type Principle = 'anywhere' | 'residence' | 'registration' | 'business';
export const PRINCIPLES: readonly Principle[] = ['anywhere', 'residence', 'registration', 'business'];

/** Rule of an item (属地规则). */
export type RoutingRule = { principle: Principle };

/** Streets (GB/T 10114) in which an address may lie; none = unknown, several = it is not clear which. */
export type Streets = readonly string[];

export type Route =
  | { to: 'here' }
  | { to: 'centre'; centre: string }
  /** A person decides: it never goes to nobody. */
  | { to: 'dispatcher'; why: 'no-rule' | 'unknown-address' | 'several-places' | 'no-centre' };

export type RoutedCentre = { code: string; area: string };

export function routeIntake(options: {
  rule: RoutingRule | undefined;
  streets: Streets;
  here: RoutedCentre;
  centres: readonly RoutedCentre[];
}): Route {
  const { rule, here, centres } = options;
  if (!rule) return { to: 'dispatcher', why: 'no-rule' };
  if (rule.principle === 'anywhere') return { to: 'here' };
  const streets = [...new Set(options.streets)];
  const [street] = streets;
  if (street === undefined) return { to: 'dispatcher', why: 'unknown-address' };
  if (streets.length > 1) return { to: 'dispatcher', why: 'several-places' };
  if (here.area === street) return { to: 'here' };
  const competent = centres.filter(({ area }) => area === street);
  const [centre] = competent;
  if (!centre || competent.length > 1) return { to: 'dispatcher', why: 'no-centre' };
  return { to: 'centre', centre: centre.code };
}
