import type { Entrance } from './entrances.ts';
import type { Page } from './page.ts';

/** A section of an entrance (栏目): its pages stand in a bar of their own. */
export type Section = { id: string; title: { zh: string; en: string } };

/** Sections of the entrances that have many pages, in their order. A page that names none stands in the first. */
export const SECTIONS: Partial<Record<Entrance, readonly Section[]>> = {
  data: [
    { id: 'catalogue', title: { zh: '目录与共享', en: 'Catalogue' } },
    { id: 'exchange', title: { zh: '归集与交换', en: 'Exchange' } },
    { id: 'bases', title: { zh: '基础数据库', en: 'Base databases' } },
    { id: 'quality', title: { zh: '质量与报表', en: 'Quality and reports' } },
    { id: 'open', title: { zh: '数据开放', en: 'Open data' } },
    { id: 'rules', title: { zh: '规则与审计', en: 'Rules and audit' } },
  ],
  gov: [
    { id: 'work', title: { zh: '我的工作', en: 'My work' } },
    { id: 'window', title: { zh: '窗口与收件', en: 'Windows' } },
    { id: 'services', title: { zh: '事项与流程', en: 'Services' } },
    { id: 'city', title: { zh: '城市治理', en: 'City' } },
    { id: 'supervision', title: { zh: '效能监察', en: 'Supervision' } },
    { id: 'records', title: { zh: '档案与核验', en: 'Records' } },
    { id: 'rights', title: { zh: '岗位与权限', en: 'Posts and rights' } },
    { id: 'administration', title: { zh: '系统管理', en: 'Administration' } },
  ],
};

/** Up to this many entries stand in one bar, without sections. */
const FLAT = 7;

export type Navigation = {
  /** Sections that hold something for this person; none where one bar is enough. */
  sections: { section: Section; to: string; current: boolean }[];
  /** Entries of the section that is open. */
  entries: Page[];
};

/** What the navigation of an entrance shows on a page: `items` are the entries that this person may see, `here` any page of the entrance. */
export function navigationOf({
  entrance,
  items,
  here,
}: {
  entrance: Entrance;
  items: readonly Page[];
  here: Page | undefined;
}): Navigation {
  const known = SECTIONS[entrance];
  if (!known || items.length <= FLAT) return { sections: [], entries: [...items] };
  const first = known[0]?.id;
  const sectionOf = (page: Page | undefined) => page?.section ?? first;
  const filled = known.flatMap((section) => {
    const own = items.filter((page) => sectionOf(page) === section.id);
    return own[0] ? [{ section, own, to: own[0].path }] : [];
  });
  const open = filled.find(({ section }) => section.id === sectionOf(here)) ?? filled[0];
  if (filled.length < 2 || !open) return { sections: [], entries: [...items] };
  return {
    sections: filled.map(({ section, to }) => ({ section, to, current: section.id === open.section.id })),
    entries: open.own,
  };
}
