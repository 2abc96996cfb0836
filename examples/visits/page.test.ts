import i18next from 'i18next';
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { initReactI18next } from 'react-i18next';
import { expect, it } from 'vitest';
import { generatePages } from '#web/shell/generate-pages.ts';
import { manifests } from '#manifests';
import { generated } from '../../tools/gen.ts';
import { visits } from './app.ts';

it('asks the purpose before it shows the form', async () => {
  await i18next.use(initReactI18next).init({ lng: 'zh', resources: {} });
  const { default: RecordVisitPage } = await import('./web/record-visit-page.tsx');
  expect(renderToString(createElement(RecordVisitPage))).toContain('走访记录是个人信息');
});

it('is reached from the navigation of its entrance, and its operation is in the generated client', () => {
  const [page] = visits.pages ?? [];
  expect(page && generatePages([{ ...page, posts: undefined }])).toContain('path: "/gov/visits"');
  const texts = generated([...manifests, visits]).map(({ text }) => text);
  expect(texts.join('')).toContain('/api/visits/visits');
});
