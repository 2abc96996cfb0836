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
    'catalog.form.read': {
      title: { zh: '查看业务表单', en: 'See forms' },
    },
    'catalog.form.design': {
      title: { zh: '设计本单位的业务表单', en: 'Design the own unit’s forms' },
    },
    'catalog.grant.decide': {
      title: { zh: '审批本单位数据的共享授权', en: 'Decide on grants of the own unit’s data' },
    },
  },
  routes: [
    searchItems,
    getItem,
    listGrants,
    getGrant,
    showUsage,
    requestGrant,
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
    listForms,
    showForm,
    checkField,
    createForm,
    addField,
    obtainField,
    removeField,
    decideException,
  ],
  consumers: [noteAmber, escalate],
  mounts: [dcatExport],
  provides: [grantExplainer.provide(grantRefusal), ...requestClocks.map((kind) => clockKind.provide(kind))],
  seed: ({ db }) => indexItems(db),
});
