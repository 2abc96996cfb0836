import { app } from '#platform/kernel/app.ts';
import { cellProtection } from '#platform/catalog/report/cell-protection.ts';
import { protectForm } from './protect-form.ts';

/** Indicators (指标): what every published number must keep to. Its rules stand in `rulebook.json`. */
export const indicator = app({
  id: 'indicator',
  kind: 'capability',
  folder: 'platform/indicator',
  title: { zh: '指标与统计', en: 'Indicators and statistics' },
  provides: [cellProtection.provide(protectForm)],
});
