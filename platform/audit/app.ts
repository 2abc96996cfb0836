import { app } from '#platform/kernel/app.ts';
import { auditTrail } from '#platform/kernel/ports.ts';
import { exportAudit } from './export-audit.ts';
import { trail } from './record.ts';
import { accessLog } from './resources.ts';
import { searchEntries } from './search-entries.ts';
import { showChain, verifyNow } from './show-chain.ts';
import { sealAccess } from './seal.ts';
import { sealKeyContext } from './seal-key.ts';

/** Audit (审计): who read or changed what, under which purpose, about whom. */
export const audit = app({
  id: 'audit',
  kind: 'capability',
  folder: 'platform/audit',
  title: { zh: '审计', en: 'Audit' },
  actions: {
    'audit.read': { title: { zh: '查看审计日志', en: 'See the audit log' } },
    'audit.export': { title: { zh: '导出审计日志', en: 'Export the audit log' }, posts: ['security-auditor'] },
  },
  resources: [accessLog],
  routes: [searchEntries, showChain, verifyNow],
  pages: [
    {
      path: '/data/audit',
      entrance: 'data',
      section: 'rules',
      title: { zh: '审计日志', en: 'Audit log' },
      module: '#platform/audit/web/audit-page.tsx',
      order: 60,
      posts: ['security-auditor'],
    },
  ],
  sealed: [
    {
      table: 'audit.seal_key',
      column: 'private',
      key: { id: 'text' },
      context: ({ id }) => sealKeyContext(id ?? ''),
    },
  ],
  mounts: [exportAudit],
  provides: [auditTrail.provide(trail)],
  timers: [{ name: 'seal', everyMs: 1000, run: async ({ services }) => void (await sealAccess(services)) }],
});
