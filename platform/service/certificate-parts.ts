import type { Action, JobHandler, Page, Provided, Route, SealedColumn } from '#platform/kernel/app.ts';
import { fileKind } from '#platform/document/file-kinds.ts';
import { documentReader } from '#platform/document/read-rights.ts';
import {
  certificateActRoutes,
  issueCertificate,
  listCertificates,
  listCertificateTypes,
  renewCertificate,
  searchCertificates,
  showCertificate,
} from './certificate-desk.ts';
import { certificateFile, certificateReader, makeJob } from './certificate-make.ts';
import { listOwnCertificates, presentCertificate, showOwnCertificate, showOwnFace } from './certificate-own.ts';
import { certificateContext } from './certificate-record.ts';
import { offerCertificates, showUsedCertificate } from './certificate-use.ts';
import { offlineLists, verifyCertificate, verifyShownCertificate } from './certificate-verify.ts';

/** The part of this module that handles certificates (电子证照), for its manifest. */
const DESK = ['street-clerk', 'data-officer', 'unit-head'] as const;

export const certificateActions: Record<string, Action> = {
  'service.certificate.own': {
    title: { zh: '查看和出示本人证照', en: 'One’s own certificates' },
    posts: ['citizen', 'enterprise-agent'],
  },
  'service.certificate.read': {
    title: { zh: '查看本单位颁发的证照', en: 'See certificates of the unit' },
    posts: DESK,
  },
  'service.certificate.issue': {
    title: { zh: '制证、补发、变更', en: 'Issue, reissue, change' },
    posts: ['street-clerk', 'data-officer'],
  },
  'service.certificate.revoke': {
    title: { zh: '暂扣、吊销、撤销、注销证照', en: 'Suspend and end certificates' },
    posts: ['unit-head'],
  },
};

export const certificateRoutes: readonly Route[] = [
  listCertificateTypes,
  listOwnCertificates,
  showOwnCertificate,
  showOwnFace,
  presentCertificate,
  offerCertificates,
  showUsedCertificate,
  verifyCertificate,
  verifyShownCertificate,
  offlineLists,
  listCertificates,
  searchCertificates,
  showCertificate,
  issueCertificate,
  renewCertificate,
  ...certificateActRoutes,
];

export const certificateJobs: readonly JobHandler[] = [makeJob];
export const certificateProvides: readonly Provided[] = [
  fileKind.provide(certificateFile),
  documentReader.provide(certificateReader),
];
export const certificateSealed: readonly SealedColumn[] = [
  {
    table: 'service.certificate',
    column: 'content',
    key: { id: 'uuid' },
    context: ({ id }) => certificateContext(id ?? ''),
  },
];

const ENTRANCES = ['citizen', 'business'] as const;
export const certificatePages: readonly Page[] = [
  ...ENTRANCES.flatMap((entrance): Page[] => [
    {
      path: `/${entrance}/wallet`,
      entrance,
      title: { zh: '我的证照', en: 'My certificates' },
      module: '#platform/service/web/wallet.tsx',
      order: 16,
    },
    {
      path: `/${entrance}/wallet/:id`,
      entrance,
      title: { zh: '证照', en: 'Certificate' },
      module: '#platform/service/web/wallet-certificate.tsx',
    },
  ]),
  {
    path: '/gov/certificates',
    entrance: 'gov',
    section: 'work',
    title: { zh: '证照', en: 'Certificates' },
    module: '#platform/service/web/certificates.tsx',
    order: 16,
    posts: DESK,
  },
  {
    path: '/gov/certificates/:id',
    entrance: 'gov',
    section: 'work',
    title: { zh: '证照详情', en: 'Certificate' },
    module: '#platform/service/web/gov-certificate.tsx',
  },
  {
    path: '/gov/cases/:code/certificates/:id',
    entrance: 'gov',
    section: 'work',
    title: { zh: '办件所用证照', en: 'Certificate of a case' },
    module: '#platform/service/web/gov-certificate.tsx',
  },
  {
    path: '/citizen/certificate-check',
    entrance: 'citizen',
    title: { zh: '证照核验', en: 'Check a certificate' },
    module: '#platform/service/web/certificate-check.tsx',
    order: 61,
  },
];
