import { app } from '#platform/kernel/app.ts';
import { listKinds } from './list-kinds.ts';
import { listRefused } from './list-refused.ts';
import { documentFile } from './resources.ts';
import { listSeals, makeUnitSeal, revokeSeal } from './seal/manage-seals.ts';
import { approveSealUse, askSealUse } from './seal/use-seal.ts';
import { fileContent, showFile } from './show-file.ts';
import { signKeyContext } from './sign/keys.ts';
import { listKeys, replaceKey, revokeKey } from './sign/manage-keys.ts';
import { contentContext } from './store/spool.ts';
import { sweepFiles } from './sweep.ts';
import { uploadFile } from './upload-file.ts';
import { uploadPhotos } from './upload-photos.ts';
import { showSigned, verifyFile } from './verify/verify-route.ts';

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
    'document.key.manage': {
      title: { zh: '更换与吊销签名密钥', en: 'Replace and revoke signing keys' },
      posts: ['security-administrator'],
    },
    'document.seal.manage': {
      title: { zh: '制作与注销印章', en: 'Make and revoke seals' },
      posts: ['security-administrator'],
    },
    'document.seal.ask': {
      title: { zh: '申请用印', en: 'Ask for the use of a seal' },
      posts: ['data-officer', 'street-clerk', 'unit-head'],
    },
    'document.seal.approve': {
      title: { zh: '批准用印', en: 'Approve the use of a seal' },
      posts: ['unit-head'],
    },
  },
  routes: [
    listKinds,
    uploadFile,
    uploadPhotos,
    showFile,
    listRefused,
    verifyFile,
    showSigned,
    listKeys,
    replaceKey,
    revokeKey,
    listSeals,
    makeUnitSeal,
    revokeSeal,
    askSealUse,
    approveSealUse,
  ],
  pages: [
    {
      path: '/citizen/verify',
      entrance: 'citizen',
      title: { zh: '文件核验', en: 'Check a document' },
      module: '#platform/document/web/verify-page.tsx',
      order: 60,
    },
  ],
  mounts: [fileContent],
  timers: [{ name: 'sweep', everyMs: 60_000, run: async ({ services }) => void (await sweepFiles(services)) }],
  sealed: [
    {
      table: 'document.content',
      column: 'key',
      key: { id: 'uuid' },
      context: ({ id }) => contentContext(id ?? ''),
    },
    {
      table: 'document.sign_key',
      column: 'private',
      key: { id: 'text' },
      context: ({ id }) => signKeyContext(id ?? ''),
    },
  ],
});
