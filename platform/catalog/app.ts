import { app } from '#platform/kernel/app.ts';
import { grantExplainer } from '#platform/kernel/ports.ts';
import { clockKind } from '#platform/calendar/clock-kind.ts';
import { approveGrant } from './approve-grant.ts';
import { dcatExport } from './dcat/mount.ts';
import { grantRefusal } from './explain-grant.ts';
import { getGrant } from './get-grant.ts';
import { getItem } from './get-item.ts';
import { indexItems } from './index-items.ts';
import { listFlows } from './list-flows.ts';
import { listGrants } from './list-grants.ts';
import { listQuality } from './quality/list-quality.ts';
import { addRule, measureNow, retireRule } from './quality/keep-rules.ts';
import { measureDaily, measureJob } from './quality/measure.ts';
import { showQuality } from './quality/show-quality.ts';
import { exportPack } from './report/export-pack.ts';
import { fillPack } from './report/fill-pack.ts';
import { listReports, mapCell, registerForm, showReport } from './report/forms.ts';
import { reviewPack, showPack, submitPack, typeCell } from './report/work-pack.ts';
import { listClasses, dropProposal, draftEntry, editEntry, listEntries, showEntry } from './register/entries.ts';
import { seedClasses } from './register/class-codes.ts';
import { registerClocks } from './register/clocks.ts';
import { importRegister } from './register/import-register.ts';
import { addToList, answerDemand, demand, endLine, showLists } from './register/lists.ts';
import { announceChange, reviewEntry, submitEntry, withdrawEntry } from './register/review.ts';
import { registerDue } from './register/watch-register.ts';
import { refuseGrant } from './refuse-grant.ts';
import { addField } from './form/add-field.ts';
import { checkField } from './form/check-field.ts';
import { createForm } from './form/create-form.ts';
import { decideException } from './form/decide-exception.ts';
import { listForms } from './form/list-forms.ts';
import { obtainField } from './form/obtain-field.ts';
import { removeField } from './form/remove-field.ts';
import { showForm } from './form/show-form.ts';
import { getAgreement } from './request/agreement.ts';
import { answerSupplement } from './request/answer-supplement.ts';
import { askSupplement } from './request/ask-supplement.ts';
import { requestClocks } from './request/clocks.ts';
import { deliverRequest } from './request/deliver.ts';
import { getRequest } from './request/get-request.ts';
import { listRequests } from './request/list-requests.ts';
import { takeBackRequest } from './request/take-back.ts';
import { escalate, noteAmber } from './request/watch-clocks.ts';
import { requestForUnit } from './request-for-unit.ts';
import { requestGrant } from './request-grant.ts';
import { revokeGrant } from './revoke-grant.ts';
import { searchItems } from './search-items.ts';
import { showUsage } from './show-usage.ts';

/** Catalogue (政务信息资源目录): register, find, request, grant. The grants *are* the access control. */
export const catalog = app({
  id: 'catalog',
  kind: 'capability',
  folder: 'platform/catalog',
  title: { zh: '信息资源目录', en: 'Catalogue' },
  uses: ['search', 'calendar'],
  actions: {
    'catalog.grant.read': {
      title: { zh: '查看共享授权', en: 'See grants' },
    },
    'catalog.grant.request': {
      title: { zh: '申请共享授权', en: 'Ask for a grant' },
    },
    'catalog.grant.request-for-unit': {
      title: { zh: '为本单位的外部系统申请共享授权', en: 'Ask for a grant for outside systems of the own unit' },
      posts: ['data-officer'],
    },
    'catalog.form.read': {
      title: { zh: '查看业务表单', en: 'See forms' },
    },
    'catalog.form.design': {
      title: { zh: '设计本单位的业务表单', en: 'Design the own unit’s forms' },
    },
    'catalog.grant.decide': {
      title: { zh: '审批本单位数据的共享授权', en: 'Decide on grants of the own unit’s data' },
    },
    'catalog.quality.read': {
      title: { zh: '查看数据质量', en: 'See the quality of data' },
      posts: ['data-officer', 'duty-officer', 'security-auditor', 'street-clerk', 'committee-worker', 'unit-head'],
    },
    'catalog.quality.keep': {
      title: { zh: '维护本单位数据的质量规则', en: 'Keep the quality rules of the own unit’s data' },
      posts: ['data-officer'],
    },
    'catalog.report.read': {
      title: { zh: '查看上级报表', en: 'See forms of upper levels' },
      posts: ['data-officer', 'unit-head', 'security-auditor'],
    },
    'catalog.report.fill': {
      title: { zh: '填报上级报表', en: 'Fill in forms of upper levels' },
      posts: ['data-officer'],
    },
    'catalog.report.review': {
      title: { zh: '复核本单位报表', en: 'Review reports of the own unit' },
      posts: ['data-officer', 'unit-head'],
    },
    'catalog.register.read': {
      title: { zh: '查看目录办理与清单', en: 'See the register in work and its lists' },
      posts: ['data-officer', 'unit-head', 'duty-officer', 'security-auditor', 'street-clerk', 'committee-worker'],
    },
    'catalog.register.keep': {
      title: { zh: '编制本单位的资源目录', en: 'Keep the register of the own unit' },
      posts: ['data-officer'],
    },
    'catalog.register.review': {
      title: { zh: '审核目录项', en: 'Review items of the register' },
      posts: ['data-officer', 'unit-head'],
    },
    'catalog.demand.make': {
      title: { zh: '提出数据需求', en: 'Tell a need that no item serves' },
      posts: ['data-officer', 'street-clerk', 'committee-worker', 'duty-officer', 'unit-head'],
    },
  },
  routes: [
    searchItems,
    getItem,
    listGrants,
    getGrant,
    showUsage,
    requestGrant,
    requestForUnit,
    listRequests,
    getRequest,
    askSupplement,
    answerSupplement,
    takeBackRequest,
    deliverRequest,
    getAgreement,
    approveGrant,
    revokeGrant,
    refuseGrant,
    listFlows,
    listQuality,
    showQuality,
    addRule,
    retireRule,
    measureNow,
    listReports,
    showReport,
    registerForm,
    mapCell,
    fillPack,
    showPack,
    typeCell,
    submitPack,
    reviewPack,
    listClasses,
    listEntries,
    showEntry,
    draftEntry,
    editEntry,
    dropProposal,
    submitEntry,
    withdrawEntry,
    announceChange,
    reviewEntry,
    importRegister,
    showLists,
    addToList,
    endLine,
    demand,
    answerDemand,
    listForms,
    showForm,
    checkField,
    createForm,
    addField,
    obtainField,
    removeField,
    decideException,
  ],
  jobs: [measureJob],
  timers: [measureDaily],
  consumers: [noteAmber, escalate, registerDue],
  mounts: [dcatExport, exportPack],
  provides: [
    grantExplainer.provide(grantRefusal),
    ...[...requestClocks, ...registerClocks].map((kind) => clockKind.provide(kind)),
  ],
  seed: async ({ db }) => {
    await seedClasses(db);
    await indexItems(db);
  },
});
