import { describe, expect, it } from 'vitest';
import { generatePages, type ManifestPage } from './generate-pages.ts';

const page = (path: string, more: Partial<ManifestPage> = {}): ManifestPage => ({
  path,
  entrance: 'gov',
  title: { zh: '居民', en: 'Residents' },
  module: '#apps/livelihood/community/web/residents.tsx',
  ...more,
});

describe('generatePages', () => {
  it('orders by entrance and place in navigation, and loads each page lazily', () => {
    const text = generatePages([
      page('/gov/b'),
      page('/gov/a', { nav: { order: 2 } }),
      page('/citizen/me', { entrance: 'citizen' }),
    ]);
    expect([...text.matchAll(/path: "([^"]+)"/g)].map((match) => match[1])).toEqual([
      '/citizen/me',
      '/gov/a',
      '/gov/b',
    ]);
    expect(text).toContain('load: () => import("#apps/livelihood/community/web/residents.tsx")');
  });

  it('writes an empty list for no pages', () => {
    expect(generatePages([])).toContain('pages: Page[] = [];');
  });

  it.each([
    ['outside its entrance', [page('/data/x')]],
    ['claim', [page('/gov/x'), page('/gov/x')]],
    ['no section', [page('/gov/x', { section: 'attic' })]],
    ['no page module', [page('/gov/x', { module: '../secret.ts' })]],
  ])('refuses a page that is %s', (reason, pages) => {
    expect(() => generatePages(pages)).toThrow(reason);
  });
});
