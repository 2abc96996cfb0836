/** The five entrances (五个入口), in the order in which they are offered. */
export const ENTRANCES = ['citizen', 'business', 'gov', 'ops', 'data'] as const;

export type Entrance = (typeof ENTRANCES)[number];

/** The entrance that an address belongs to, if any. */
export function entranceOf(pathname: string): Entrance | null {
  const first = pathname.split('/')[1];
  return ENTRANCES.find((entrance) => entrance === first) ?? null;
}
