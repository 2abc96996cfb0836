import type { Action, Page, Provided, Route, SealedColumn } from '#platform/kernel/app.ts';
import { openCounterForm } from './counter-form.ts';
import { saveDraft } from './counter-draft.ts';
import { draftContext, holderContext, signatureContext } from './counter-record.ts';
import { comparePhoto, identify } from './identify.ts';
import { chooseMandate, listMandates } from './mandate.ts';
import { endSession, openSession, showCounter } from './open-session.ts';
import { registerDevice } from './register-device.ts';
import {
  confirmOnScreen,
  consentOnScreen,
  disputeOnScreen,
  makeScreenCode,
  pairScreen,
  showScreen,
} from './second-screen.ts';
import { askConfirmation, sendSession } from './send-session.ts';
import { showPresentPerson } from './show-person.ts';
import { signatureKind, signatureReader } from './signature-file.ts';
import { answerStepUpCode, askOfficer, sendStepUpCode, vouch } from './step-up.ts';

/** The comprehensive window (综窗), for the manifest of this module. */
export const counterActions: Record<string, Action> = {
  'service-hall.counter.work': { title: { zh: '综窗收件', en: 'Serve people at a window' }, posts: ['street-clerk'] },
};

export const counterRoutes: readonly Route[] = [
  showCounter,
  openSession,
  endSession,
  identify,
  comparePhoto,
  sendStepUpCode,
  answerStepUpCode,
  askOfficer,
  vouch,
  showPresentPerson,
  listMandates,
  chooseMandate,
  openCounterForm,
  saveDraft,
  askConfirmation,
  sendSession,
  makeScreenCode,
  pairScreen,
  showScreen,
  consentOnScreen,
  disputeOnScreen,
  confirmOnScreen,
  registerDevice,
];

const sealed = (column: string, context: (id: string) => string): SealedColumn => ({
  table: 'service_hall.counter_session',
  column,
  key: { id: 'uuid' },
  context: ({ id }) => context(id ?? ''),
});
export const counterSealed: readonly SealedColumn[] = [
  sealed('holder', holderContext),
  sealed('draft', draftContext),
  sealed('signature', signatureContext),
];

export const counterProvides: readonly Provided[] = [signatureKind, signatureReader];

const web = '#apps/government/service-hall/web/counter';
export const counterPages: readonly Page[] = [
  {
    path: '/gov/counter',
    entrance: 'gov',
    title: { zh: '综合窗口', en: 'Comprehensive window' },
    module: `${web}/counter.tsx`,
    order: 14,
    posts: ['street-clerk'],
  },
  {
    path: '/citizen/second-screen',
    entrance: 'citizen',
    title: { zh: '窗口第二屏', en: 'Second screen' },
    module: `${web}/screen.tsx`,
  },
];
