import { searchError } from './answer.ts';
import type { Package } from './package.ts';

/** What a package may be narrowed by (fq), under CKAN's names. */
export const valuesOf = (found: Package): Record<string, string[]> => ({
  id: [found.id],
  name: [found.name],
  title: [found.title],
  organization: [found.organization.name],
  owner_org: [found.owner_org],
  groups: found.groups.map(({ name }) => name),
  tags: found.tags.map(({ name }) => name),
  res_format: [...new Set(found.resources.map(({ format }) => format))],
  license_id: [found.license_id],
  isopen: [String(found.isopen)],
  state: ['active'],
  type: ['dataset'],
  dataset_type: ['dataset'],
  private: ['false'],
  capacity: ['public'],
  metadata_modified: [found.metadata_modified],
  metadata_created: [found.metadata_created],
});

/** The parts of Solr's syntax that clients of CKAN send as `fq`: `[+-]field:value`, quoted, a choice in brackets, a range, joined by AND or a space. */
export function filterOf(fq: string): (found: Package) => boolean {
  const tests: ((values: Record<string, string[]>) => boolean)[] = [];
  let rest = fq.trim();
  while (rest !== '') {
    const found =
      /^(?:AND\s+)?([+-]?|NOT\s+)(\w+):(?:"((?:[^"\\]|\\.)*)"|\(([^)]*)\)|[[{]\s*(\S+)\s+TO\s+(\S+?)\s*[\]}]|([^\s"()[\]]+))\s*/.exec(
        rest,
      );
    if (!found || found[0] === '') throw searchError(`fq at “${rest.slice(0, 40)}”`);
    rest = rest.slice(found[0].length);
    const [, sign = '', field = '', quoted, choice, from, to, plain] = found;
    const negative = sign === '-' || sign.startsWith('NOT');
    const holds = (values: Record<string, string[]>): boolean => {
      const has = values[field] ?? [];
      if (from !== undefined && to !== undefined)
        return has.some(
          (value) => (from === '*' || value >= from.replace(/"/g, '')) && (to === '*' || value <= to.replace(/"/g, '')),
        );
      const wanted =
        choice === undefined
          ? [quoted?.replaceAll(/\\(.)/g, '$1') ?? plain ?? '']
          : choice.split(/\s+OR\s+/).map((one) => one.trim().replace(/^"|"$/g, ''));
      return wanted.some((value) =>
        value === '*'
          ? has.length > 0
          : value.endsWith('*')
            ? has.some((one) => one.startsWith(value.slice(0, -1)))
            : has.includes(value),
      );
    };
    tests.push((values) => holds(values) !== negative);
  }
  return (found) => {
    const values = valuesOf(found);
    return tests.every((test) => test(values));
  };
}

/** Order by `field asc|desc`, several with commas; the score is the order in which the search found them. */
export function sorted(packages: Package[], sort: string): Package[] {
  const rules = sort
    .split(',')
    .map((rule) => rule.trim().split(/\s+/))
    .filter(([field]) => field !== undefined && field !== '' && field !== 'score');
  if (rules.length === 0) return packages;
  const key = (found: Package, field: string): string => {
    if (field === 'title_string' || field === 'title') return found.title;
    if (field === 'name' || field === 'metadata_modified' || field === 'metadata_created') return found[field];
    throw searchError(`sort by ${field}`);
  };
  return [...packages].sort((a, b) => {
    for (const [field = '', way = 'asc'] of rules) {
      const [x, y] = [key(a, field), key(b, field)];
      if (x !== y) return (x < y ? -1 : 1) * (way.toLowerCase() === 'desc' ? -1 : 1);
    }
    return 0;
  });
}
