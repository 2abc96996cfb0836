import { ENTRANCES, type Entrance } from './entrances.ts';
import { SECTIONS } from './sections.ts';

/** A page as a manifest names it: `module` is the import of its file, such as `#apps/livelihood/community/web/desk.tsx`. */
export type ManifestPage = {
  path: string;
  entrance: Entrance;
  title: { zh: string; en: string };
  module: string;
  nav?: { order: number; icon?: string };
  section?: string;
  posts?: string[];
};

const check = (page: ManifestPage): void => {
  if (!ENTRANCES.includes(page.entrance)) throw new Error(`page ${page.path}: no entrance ${page.entrance}`);
  if (page.path !== `/${page.entrance}` && !page.path.startsWith(`/${page.entrance}/`)) {
    throw new Error(`page ${page.path} lies outside its entrance /${page.entrance}`);
  }
  if (!/^#(apps|platform|examples|web\/entrances)\/[\w/.-]+\.tsx$/.test(page.module))
    throw new Error(`page ${page.path}: no page module ${page.module}`);
};

const checkSection = ({ path, entrance, section }: ManifestPage): void => {
  if (section !== undefined && !SECTIONS[entrance]?.some(({ id }) => id === section))
    throw new Error(`page ${path}: /${entrance} has no section ${section}`);
};

const write = (page: ManifestPage): string => {
  const { module, ...rest } = page;
  const fields = Object.entries(rest).filter(([, value]) => value !== undefined);
  const lines = fields.map(([name, value]) => `    ${name}: ${JSON.stringify(value)},\n`);
  return `  {\n${lines.join('')}    load: () => import(${JSON.stringify(module)}),\n  },\n`;
};

/**
 * The text of `pages.gen.ts` for the pages of all manifests, ordered by entrance, place in navigation and path.
 * Throws on a path outside its entrance or taken twice.
 */
export function generatePages(pages: readonly ManifestPage[]): string {
  pages.forEach(check);
  pages.forEach(checkSection);
  const paths = new Set<string>();
  for (const { path } of pages) {
    if (paths.has(path)) throw new Error(`two pages claim ${path}`);
    paths.add(path);
  }
  const rank = (page: ManifestPage): number => page.nav?.order ?? Number.MAX_SAFE_INTEGER;
  const sorted = [...pages].sort(
    (a, b) =>
      ENTRANCES.indexOf(a.entrance) - ENTRANCES.indexOf(b.entrance) ||
      rank(a) - rank(b) ||
      (a.path < b.path ? -1 : a.path > b.path ? 1 : 0),
  );
  const list = sorted.length > 0 ? `[\n${sorted.map(write).join('')}]` : '[]';
  return `// Generated from the manifests. Do not edit.\nimport type { Page } from './page.ts';\n\nexport const pages: Page[] = ${list};\n`;
}
