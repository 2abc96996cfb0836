import { app } from '#platform/kernel/app.ts';
import { grantExplainer } from '#platform/kernel/ports.ts';
import { grantRefusal } from './explain-grant.ts';

/** Catalogue (政务信息资源目录): register, find, request, grant. The grants *are* the access control. */
export const catalog = app({
  id: 'catalog',
  kind: 'capability',
  folder: 'platform/catalog',
  title: { zh: '信息资源目录', en: 'Catalogue' },
  provides: [grantExplainer.provide(grantRefusal)],
});
