import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { Clock } from '#web/design/clock.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { addTexts } from '#web/i18n/index.ts';
import { draftKey } from '#web/shell/drafts.ts';
import { useDraft } from '#web/shell/use-draft.ts';
import { useSession } from '#web/shell/session.tsx';
import { valueText } from './value-text.ts';

const zh = {
  title: '数据异议',
  disputed: '争议中',
  wrong: '不对？',
  wrongOf: '“{{name}}”不对？',
  claimed: '正确的内容是',
  claimedHelp: '不知道正确内容、或者根本没有这回事，可以留空。',
  reason: '哪里不对、为什么',
  reasonHelp: '用自己的话写。提供这项数据的部门须在规定时限内答复您，提交后可以看到截止日期。',
  evidence: '能证明的材料（选填）',
  evidenceHelp: '例如：户口簿首页、租赁合同。先写材料名称，核对时再出示。',
  send: '提交异议',
  cancel: '不提了',
  sent: '已提交，来源部门会在规定时间内答复；期间这一项标为“争议中”。',
  state: { open: '办理中', accepted: '已采纳', refused: '未采纳', withdrawn: '已撤回' },
  item: '{{attribute}}：登记为“{{from}}”，主张“{{to}}”',
  empty: '（空）',
  none: '不成立',
  toUnit: '由{{unit}}答复',
  toCentre: '由区大数据中心复核',
  late: '来源部门超期未答，区大数据中心也可以办理',
  reasonOf: '理由：{{text}}',
  answer: '答复：{{text}}',
  by: '{{unit}} {{name}}，{{when}}',
  withdraw: '撤回',
  appeal: '不同意，申请复核',
  appealWhy: '为什么不同意',
  appealSend: '提交复核申请',
  last: '不服区大数据中心决定的，可依法申请行政复议或提起诉讼。',
  filedBy: '由{{unit}}提出',
};
const en: typeof zh = {
  title: 'Disputes',
  disputed: 'Disputed',
  wrong: 'Not right?',
  wrongOf: '“{{name}}” not right?',
  claimed: 'It should say',
  claimedHelp: 'Leave it empty if you do not know, or if there is no such thing.',
  reason: 'What is wrong, and why',
  reasonHelp:
    'In your own words. The department that gave this value must answer in a set time; the last day is shown once it is sent.',
  evidence: 'What proves it (optional)',
  evidenceHelp: 'For example: first page of the household register, tenancy contract. Name it; you show it when asked.',
  send: 'Send the dispute',
  cancel: 'Do not dispute',
  sent: 'Sent. The department answers in time; until then the item is marked as disputed.',
  state: { open: 'In hand', accepted: 'Accepted', refused: 'Refused', withdrawn: 'Withdrawn' },
  item: '{{attribute}}: on record “{{from}}”, claimed “{{to}}”',
  empty: '(empty)',
  none: 'does not hold',
  toUnit: 'to be answered by {{unit}}',
  toCentre: 'under review by the district’s data centre',
  late: 'The department is late; the data centre may answer as well',
  reasonOf: 'Reason: {{text}}',
  answer: 'Answer: {{text}}',
  by: '{{name}}, {{unit}}, {{when}}',
  withdraw: 'Withdraw',
  appeal: 'I do not agree: ask for a review',
  appealWhy: 'Why you do not agree',
  appealSend: 'Ask for a review',
  last: 'Against what the data centre has decided the law offers administrative reconsideration and the courts.',
  filedBy: 'filed by {{unit}}',
};
addTexts('disputes', { zh, en });

export type OwnDispute = Reply<'/api/dispute/disputes/own'>['disputes'][number];

export const useDisputeTexts = () => {
  const { t, i18n } = useTranslation('disputes');
  return { t, language: i18n.language === 'en' ? ('en' as const) : ('zh' as const) };
};

/** Whose value is disputed, and how: one's own, or of a subject that an official sees, with the purpose of the look. */
export type Disputing = {
  base: 'population' | 'legal-entity';
  subject?: string;
  headers?: Record<string, string>;
  onFiled: () => void;
};

/** Posts (岗位) that may dispute what they see of others (`dispute.file`). */
export const mayDispute = (kind: string | null): boolean =>
  kind === 'street-clerk' || kind === 'committee-worker' || kind === 'data-officer';

/** What is disputed of one's own record. */
export function useOwnDisputes(on = true) {
  return useApi(on ? 'own disputes' : null, (signal) =>
    call<Reply<'/api/dispute/disputes/own'>>('/api/dispute/disputes/own', { signal }),
  );
}

type Draft = { claimed: string; reason: string; evidence: string };
const empty = (): Draft => ({ claimed: '', reason: '', evidence: '' });

/** The form beside a value (不对？). */
export function DisputeForm({
  attribute,
  title,
  disputing,
}: {
  attribute: string;
  title: string;
  disputing: Disputing;
}) {
  const { t } = useDisputeTexts();
  const [open, setOpen] = useState(false);
  if (!open)
    return (
      <button type="button" className="link" aria-label={t('wrongOf', { name: title })} onClick={() => setOpen(true)}>
        {t('wrong')}
      </button>
    );
  return <OpenForm attribute={attribute} title={title} disputing={disputing} onClose={() => setOpen(false)} />;
}

function OpenForm(props: { attribute: string; title: string; disputing: Disputing; onClose: () => void }) {
  const { attribute, title, disputing, onClose } = props;
  const { base, subject, headers, onFiled } = disputing;
  const { t } = useDisputeTexts();
  const id = useId();
  const { me } = useSession();
  const [draft, change, forget] = useDraft(draftKey(me.account, 'dispute', base, subject ?? 'own', attribute), empty);
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call(subject === undefined ? '/api/dispute/disputes/own' : '/api/dispute/disputes', {
      method: 'POST',
      body,
      headers: { ...headers, ...key },
    }),
  );
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const optional = (name: 'claimed' | 'evidence') => (draft[name].trim() ? { [name]: draft[name].trim() } : {});
    const body = {
      base,
      attribute,
      reason: draft.reason.trim(),
      ...(subject === undefined ? {} : { subject }),
      ...optional('claimed'),
      ...optional('evidence'),
    };
    if ((await submit(body)) === undefined) return;
    forget();
    onClose();
    onFiled();
  };
  const field = (name: keyof Draft) => ({
    id: `${id}-${name}`,
    name,
    value: draft[name],
    'aria-describedby': `${id}-${name}-help`,
    onChange: (event: { target: { value: string } }) => change((old) => ({ ...old, [name]: event.target.value })),
  });
  const help = (name: keyof Draft) => (
    <small className="soft" id={`${id}-${name}-help`}>
      {t(`${name}Help`)}
    </small>
  );
  return (
    <form
      className="objection-form dispute-form"
      aria-label={t('wrongOf', { name: title })}
      onSubmit={(event) => void send(event)}
    >
      <label htmlFor={`${id}-claimed`}>{t('claimed')}</label>
      {help('claimed')}
      <input {...field('claimed')} maxLength={200} />
      <label htmlFor={`${id}-reason`}>{t('reason')}</label>
      {help('reason')}
      <textarea {...field('reason')} minLength={4} maxLength={1000} rows={3} required />
      <label htmlFor={`${id}-evidence`}>{t('evidence')}</label>
      {help('evidence')}
      <input {...field('evidence')} minLength={2} maxLength={500} />
      {problem && <RefusalPanel problem={problem} />}
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t('send')}
        </button>
        <button type="button" onClick={onClose}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

/** Disputes about my own record (我的异议): state, who answers until when, the answer, and the way on. */
export function OwnDisputes({ disputes, onChange }: { disputes: readonly OwnDispute[]; onChange: () => void }) {
  const { t } = useDisputeTexts();
  if (disputes.length === 0) return null;
  return (
    <section className="objections" id="disputes" aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <ul>
        {disputes.map((dispute) => (
          <OwnDisputeItem key={dispute.id} dispute={dispute} onChange={onChange} />
        ))}
      </ul>
    </section>
  );
}

function OwnDisputeItem({ dispute, onChange }: { dispute: OwnDispute; onChange: () => void }) {
  const { t, language } = useDisputeTexts();
  const unitName = useUnitName();
  const { busy, problem, submit } = useSubmit((act: { path: string; body?: object }, key) =>
    call(`/api/dispute/disputes/${dispute.id}/${act.path}`, { method: 'POST', body: act.body, headers: key }),
  );
  const [appealing, setAppealing] = useState(false);
  const run = async (act: { path: string; body?: object }) => {
    if ((await submit(act)) !== undefined) onChange();
  };
  const appeal = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = new FormData(event.currentTarget).get('reason');
    void run({ path: 'appeal', body: { reason: typeof reason === 'string' ? reason : '' } });
  };
  const unit = unitName(dispute.unit);
  return (
    <li>
      <p>
        <span className="badge">{t(`state.${dispute.state as 'open'}`)}</span> <DisputedText dispute={dispute} />
      </p>
      <p className="soft">
        {dispute.filedUnit !== null && `${t('filedBy', { unit: unitName(dispute.filedUnit) })} · `}
        {t('reasonOf', { text: dispute.reason })}
      </p>
      {dispute.state === 'open' && (
        <>
          <p className="soft">
            {dispute.addressee === 'centre' ? t('toCentre') : t('toUnit', { unit })}
            {dispute.escalatedAt !== null && ` · ${t('late')}`}
          </p>
          <Clock clock={dispute.clock} />
        </>
      )}
      {dispute.answer !== null && (
        <div className="objection-answer">
          <p>{t('answer', { text: dispute.answer })}</p>
          <small className="soft">
            {t('by', {
              unit: unitName(dispute.answeredUnit),
              name: dispute.answeredName,
              when: formatMoment(dispute.closedAt, { language }),
            })}
          </small>
          {dispute.state === 'refused' && byCentre(dispute) && <small className="soft">{t('last')}</small>}
        </div>
      )}
      {dispute.mayWithdraw && (
        <button type="button" className="link" disabled={busy} onClick={() => void run({ path: 'withdraw' })}>
          {t('withdraw')}
        </button>
      )}
      {dispute.mayAppeal && !appealing && (
        <button type="button" className="link" onClick={() => setAppealing(true)}>
          {t('appeal')}
        </button>
      )}
      {dispute.mayAppeal && appealing && (
        <form className="objection-form" onSubmit={appeal}>
          <label htmlFor={`appeal-${dispute.id}`}>{t('appealWhy')}</label>
          <textarea id={`appeal-${dispute.id}`} name="reason" minLength={4} maxLength={1000} rows={3} required />
          <button type="submit" className="primary" disabled={busy}>
            {t('appealSend')}
          </button>
        </form>
      )}
      {problem && <RefusalPanel problem={problem} />}
    </li>
  );
}

/** The centre has decided: under review, or because the source was silent and no review is left. */
const byCentre = ({ appealOf, escalatedAt, mine, mayAppeal }: OwnDispute): boolean =>
  appealOf !== null || (escalatedAt !== null && mine && !mayAppeal);

/** What stands, and what is claimed instead. */
export function DisputedText({
  dispute,
}: {
  dispute: Pick<OwnDispute, 'attribute' | 'attributeTitle' | 'claimed' | 'values'>;
}) {
  const { t, language } = useDisputeTexts();
  const stood = dispute.values.find(({ golden }) => golden)?.value;
  const text = (value: string) => valueText(dispute.attribute, value, language);
  return (
    <>
      {t('item', {
        attribute: dispute.attributeTitle[language],
        from: stood === undefined ? t('empty') : text(stood),
        to: dispute.claimed === null ? t('none') : text(dispute.claimed),
        interpolation: { escapeValue: false },
      })}
    </>
  );
}
