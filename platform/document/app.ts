import { app } from '#platform/kernel/app.ts';
import { listRefused } from './list-refused.ts';
import { documentFile } from './resources.ts';
import { fileContent, showFile } from './show-file.ts';
import { contentContext } from './store/spool.ts';
import { sweepFiles } from './sweep.ts';
import { uploadFile } from './upload-file.ts';

/** Documents (文件与签章): files with their guards, SM2 signatures and seals, OFD. */
export const document = app({
  id: 'document',
  kind: 'capability',
  folder: 'platform/document',
  title: { zh: '文件与签章', en: 'Documents and seals' },
  resources: [documentFile],
  perApp: ['attachment'],
  actions: {
    'document.classified.read': {
      title: { zh: '查看文件涉密拒收记录', en: 'See files refused as classified' },
      posts: ['security-administrator', 'security-auditor'],
    },
  },
  routes: [uploadFile, showFile, listRefused],
  mounts: [fileContent],
  timers: [{ name: 'sweep', everyMs: 60_000, run: async ({ services }) => void (await sweepFiles(services)) }],
  sealed: [
    {
      table: 'document.content',
      column: 'key',
      key: { id: 'uuid' },
      context: ({ id }) => contentContext(id ?? ''),
    },
  ],
});
