import { describe, expect, it } from 'vitest';
import type { Page } from './page.ts';
import { navigationOf } from './sections.ts';

const page = (path: string, section?: string): Page => ({
  path,
  entrance: 'data',
  title: { zh: path, en: path },
  load: () => Promise.reject(new Error('not loaded here')),
  nav: { order: 1 },
  section,
});
const many = [
  page('/data'),
  page('/data/requests', 'catalogue'),
  page('/data/grants', 'catalogue'),
  page('/data/imports', 'exchange'),
  page('/data/feeds', 'exchange'),
  page('/data/people', 'bases'),
  page('/data/links', 'bases'),
  page('/data/rules', 'rules'),
];

describe('the navigation of an entrance', () => {
  it('is one bar where few pages are', () => {
    const few = many.slice(0, 7);
    expect(navigationOf({ entrance: 'data', items: few, here: few[0] })).toEqual({ sections: [], entries: few });
    expect(navigationOf({ entrance: 'citizen', items: many, here: undefined }).sections).toEqual([]);
  });

  it('shows the sections that hold something and the pages of the open one', () => {
    const { sections, entries } = navigationOf({ entrance: 'data', items: many, here: many[4] });
    expect(sections.map(({ section, to, current }) => `${section.id} ${to} ${current}`)).toEqual([
      'catalogue /data false',
      'exchange /data/imports true',
      'bases /data/people false',
      'rules /data/rules false',
    ]);
    expect(entries.map(({ path }) => path)).toEqual(['/data/imports', '/data/feeds']);
  });

  it('opens the section of a page that has no entry of its own, and the first where it names none', () => {
    const card = { ...page('/data/people/:id', 'bases'), nav: undefined };
    expect(navigationOf({ entrance: 'data', items: many, here: card }).entries[0]?.path).toBe('/data/people');
    expect(navigationOf({ entrance: 'data', items: many, here: page('/data/items/:id') }).entries[0]?.path).toBe(
      '/data',
    );
  });

  it('is one bar where all that a person sees stands in one section', () => {
    const items = Array.from({ length: 9 }, (_, at) => page(`/data/${at}`, 'bases'));
    expect(navigationOf({ entrance: 'data', items, here: items[0] })).toEqual({ sections: [], entries: items });
  });
});
