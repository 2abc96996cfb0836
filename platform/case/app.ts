import { app, type Services } from '#platform/kernel/app.ts';
import { liveKind } from '#platform/kernel/live-kind.ts';
import { clockKind } from '#platform/calendar/clock-kind.ts';
import { fileKind } from '#platform/document/file-kinds.ts';
import { documentReader } from '#platform/document/read-rights.ts';
import { listApiKeys, makeApiKey, revokeApiKey } from './api-keys.ts';
import { archiveCase, callBack, closeCase, reworkCase, verifyCase } from './check.ts';
import { storeClasses } from './classes.ts';
import { decideCooling, listCoolings, objectCooling, proposeCooling, reviewCooling } from './cooling.ts';
import { INCIDENT_CLOCKS } from './clocks.ts';
import { caseSource, entitySource, linkCase, showTimeline } from './entity-timeline.ts';
import { contactContext } from './file-report.ts';
import { followClock, handleDueSoon, stepDue } from './follow-clocks.ts';
import { geoReport } from './georeport/mount.ts';
import {
  allowAsked,
  askExtend,
  askSuspend,
  denyAsked,
  feedbackCase,
  resumeCase,
  returnCase,
  secureCase,
  takeCase,
} from './handle.ts';
import { listHeld, refuseHeld, takeHeldIn } from './held-reports.ts';
import { listCases } from './list-cases.ts';
import { listClasses } from './list-classes.ts';
import { listOrphans } from './list-orphans.ts';
import { listReported } from './list-reported.ts';
import { liveCase } from './live-case.ts';
import { listReporters } from './list-reporters.ts';
import { listDuplicates, mergeCase } from './merge-case.ts';
import {
  acceptCase,
  askFacts,
  cancelCase,
  dispatchCase,
  establishCase,
  reassignCase,
  referCase,
  rejectCase,
  ruleCase,
} from './operate.ts';
import { noticeSource } from '#platform/signal/tell/notice-source.ts';
import { classCorrections, reportFacts, stepFacts } from './hooks.ts';
import { finishedSteps } from './step-facts.ts';
import { correctedClasses } from './class-corrections.ts';
import { joinCase, listNear } from './near.ts';
import { caseNotices } from './notices/case-notices.ts';
import { caseReports } from './report-facts.ts';
import { handOver, listOutside } from './outside-reports.ts';
import { answerFacts, listOwnReports, rateReport, showOwnReport, withdrawReport } from './own-reports.ts';
import { partsNear } from './parts-near.ts';
import { photoKind, photoReader } from './photos.ts';
import { reportCase } from './report-case.ts';
import { heldReport, incidentCase, incidentClass, incidentReport, outsideReport, responsibility } from './resources.ts';
import { decideLine, listResponsibility, proposeLine } from './responsibility-table.ts';
import { showCase } from './show-case.ts';
import { remindSilent } from './silence.ts';
import { sweepHeld } from './sweep-held.ts';

const PUBLIC = ['citizen', 'enterprise-agent'] as const;
const DESK = ['duty-officer', 'street-clerk'] as const;

/** A timer that fails is told and tried again: it must not stop those of the other modules. */
const guarded =
  (name: string, work: (services: Services) => Promise<unknown>) =>
  async ({ services }: { services: Services }): Promise<void> => {
    try {
      await work(services);
    } catch (error) {
      services.log.warn({ err: error instanceof Error ? error.message : String(error) }, `incident/${name} failed`);
    }
  };

/** Incident cases (案件, G1 and G2): one lifecycle for reports of whatever source. Its schema is `incident`, since `case` is a word of SQL. */
export const incident = app({
  id: 'incident',
  kind: 'capability',
  folder: 'platform/case',
  title: { zh: '案件', en: 'Incident cases' },
  projects: ['P36'],
  uses: ['calendar', 'document'],
  resources: [incidentCase, incidentReport, incidentClass, responsibility, outsideReport, heldReport],
  actions: {
    'incident.report': {
      title: { zh: '上报问题', en: 'Report a problem' },
      posts: [...PUBLIC, ...DESK, 'committee-worker', 'grid-supervisor'],
    },
    'incident.report.own': { title: { zh: '查看本人的上报', en: 'See own reports' }, posts: PUBLIC },
    'incident.case.read': {
      title: { zh: '查看本辖区、本单位的案件', en: 'See cases of the own area or unit' },
      posts: [
        ...DESK,
        'data-officer',
        'committee-worker',
        'unit-head',
        'grid-supervisor',
        'district-leader',
        'unit-liaison',
      ],
    },
    'incident.case.operate': {
      title: { zh: '受理、立案、派遣、并案', en: 'Accept, file, dispatch, merge' },
      posts: DESK,
    },
    'incident.case.handle': {
      title: { zh: '处置本单位的案件', en: 'Handle cases of the own unit' },
      posts: ['street-clerk', 'data-officer'],
    },
    'incident.case.lead': {
      title: { zh: '审批本单位的挂账、延期', en: 'Approve suspensions and extensions' },
      posts: ['unit-head'],
    },
    'incident.case.verify': {
      title: { zh: '现场核查', en: 'Verify on site' },
      posts: ['committee-worker', 'street-clerk', 'grid-supervisor'],
    },
    'incident.case.centre': {
      title: { zh: '裁决、结案、回访', en: 'Rule, close and call back' },
      posts: ['duty-officer'],
    },
    'incident.table.propose': {
      title: { zh: '提请修订权责清单', en: 'Propose lines of the table' },
      posts: ['duty-officer', 'street-clerk'],
    },
    'incident.table.decide': {
      title: { zh: '审批权责清单', en: 'Decide on lines of the table' },
      posts: ['unit-head', 'duty-officer'],
    },
    'incident.key': {
      title: { zh: '管理第三方接口密钥', en: 'Keep keys of third parties' },
      posts: ['system-administrator'],
    },
  },
  routes: [
    reportCase,
    listNear,
    joinCase,
    partsNear,
    listOutside,
    handOver,
    listHeld,
    takeHeldIn,
    refuseHeld,
    proposeCooling,
    listCoolings,
    decideCooling,
    reviewCooling,
    objectCooling,
    listOwnReports,
    showOwnReport,
    answerFacts,
    withdrawReport,
    rateReport,
    listClasses,
    listCases,
    showCase,
    listReported,
    listReporters,
    listDuplicates,
    mergeCase,
    acceptCase,
    rejectCase,
    askFacts,
    establishCase,
    dispatchCase,
    referCase,
    ruleCase,
    reassignCase,
    cancelCase,
    takeCase,
    returnCase,
    secureCase,
    askSuspend,
    askExtend,
    allowAsked,
    denyAsked,
    resumeCase,
    feedbackCase,
    verifyCase,
    reworkCase,
    closeCase,
    callBack,
    archiveCase,
    showTimeline,
    linkCase,
    listOrphans,
    listResponsibility,
    proposeLine,
    decideLine,
    makeApiKey,
    listApiKeys,
    revokeApiKey,
  ],
  mounts: [geoReport],
  consumers: [followClock, handleDueSoon, stepDue],
  sealed: [
    {
      table: 'incident.report',
      column: 'contact',
      key: { id: 'uuid' },
      context: ({ id }) => contactContext(id ?? ''),
    },
    {
      table: 'incident.held_report',
      column: 'contact',
      key: { id: 'uuid' },
      context: ({ id }) => contactContext(id ?? ''),
    },
  ],
  provides: [
    fileKind.provide(photoKind),
    documentReader.provide(photoReader),
    entitySource.provide(caseSource),
    reportFacts.provide(caseReports),
    noticeSource.provide(caseNotices),
    classCorrections.provide(correctedClasses),
    stepFacts.provide(finishedSteps),
    liveKind.provide(liveCase),
    ...INCIDENT_CLOCKS.map((kind) => clockKind.provide(kind)),
  ],
  timers: [
    { name: 'silence', everyMs: 10_000, run: guarded('silence', remindSilent) },
    { name: 'retention', everyMs: 600_000, run: guarded('retention', sweepHeld) },
  ],
  seed: async ({ db }) => storeClasses(db),
});
