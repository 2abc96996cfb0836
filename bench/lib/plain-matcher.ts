import { type PersonClaim, usableId } from './person-claims.ts';

/**
 * The matcher that is written when there is none: two claims are one person if one valid identity number stands on both, or the
 * same name and birth date with the same telephone or address, letter by letter. Returns a cluster for each claim.
 */
export function plainMatcher(claims: readonly PersonClaim[]): Int32Array {
  const parent = Int32Array.from(claims, (_, i) => i);
  const find = (node: number): number => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] as number] as number;
      at = parent[at] as number;
    }
    return at;
  };
  const first = new Map<string, number>();
  const join = (key: string, i: number): void => {
    const other = first.get(key);
    if (other === undefined) first.set(key, i);
    else parent[find(i)] = find(other);
  };
  claims.forEach(({ idNumber, stated: { name, birth, phone, home } }, i) => {
    const id = usableId(idNumber);
    if (id !== undefined) join(`id ${id}`, i);
    const [y = '', m = '', d = ''] = birth.match(/^\d{8}$/)
      ? [birth.slice(0, 4), birth.slice(4, 6), birth.slice(6)]
      : birth.split(/\D+/);
    if (y === '') return;
    const who = `${name.trim()} ${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
    if (phone !== '') join(`${who} phone ${phone.replaceAll('-', '')}`, i);
    if (home !== '') join(`${who} home ${home}`, i);
  });
  return parent.map((_, i) => find(i));
}
