import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { Clock } from '#web/design/clock.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { addTexts } from '#web/i18n/index.ts';

const zh = {
  title: '我的异议',
  object: '提出异议',
  why: '您认为哪里不对？',
  whyHelp: '用自己的话写，例如：我没有办过这件事，为什么要查看？查看的单位须在规定时间内答复您。',
  send: '提交异议',
  cancel: '不提了',
  withdraw: '撤回异议',
  look: '{{when}}，{{unit}}{{name}}查看了您的资料',
  toUnit: '由 {{unit}} 答复，查看人本人不参与',
  toAuditor: '由安全审计员答复',
  state: { open: '办理中', answered: '已答复', withdrawn: '已撤回' },
  mine: '您的异议：{{text}}',
  finding: { justified: '答复：查看属于工作需要', 'not-justified': '答复：这次查看不应当发生' },
  by: '{{name}}，{{when}}',
  appeal: '不同意答复，可以向网信部门投诉，或依法向人民法院起诉（个人信息保护法第五十条、第六十五条）。',
};
const en: typeof zh = {
  title: 'My objections',
  object: 'Object',
  why: 'What is wrong with it?',
  whyHelp:
    'In your own words, for example: I never applied for anything, why did you look? The unit that looked must answer in time.',
  send: 'Send objection',
  cancel: 'Do not object',
  withdraw: 'Withdraw',
  look: '{{when}}: {{name}}, {{unit}}, looked at your data',
  toUnit: 'to be answered by {{unit}}, not by the one who looked',
  toAuditor: 'to be answered by the security auditor',
  state: { open: 'in hand', answered: 'answered', withdrawn: 'withdrawn' },
  mine: 'You wrote: {{text}}',
  finding: {
    justified: 'Answer: the look was needed for work',
    'not-justified': 'Answer: this look should not have happened',
  },
  by: '{{name}}, {{when}}',
  appeal:
    'If you do not agree: complain to the cyberspace authority or go to court (Personal Information Protection Law art. 50, 65).',
};
addTexts('objections', { zh, en });

export type OwnObjection = Reply<'/api/objection/objections/own'>['objections'][number];

const useTexts = () => {
  const { t, i18n } = useTranslation('objections');
  return { t, language: i18n.language === 'en' ? ('en' as const) : ('zh' as const) };
};

/** What the signed-in person or enterprise has objected to. */
export function useOwnObjections() {
  return useApi('own objections', (signal) =>
    call<Reply<'/api/objection/objections/own'>>('/api/objection/objections/own', { signal }),
  );
}

/** The form below an entry (提出异议). What was typed stays when the server refuses. */
export function ObjectionForm({ entry, onDone }: { entry: string; onDone: () => void }) {
  const { t } = useTexts();
  const id = useId();
  const [open, setOpen] = useState(false);
  const { busy, problem, submit } = useSubmit((text: string, key) =>
    call('/api/objection/objections', { method: 'POST', body: { entry, text }, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const text = new FormData(event.currentTarget).get('text');
    if ((await submit(typeof text === 'string' ? text : '')) === undefined) return;
    setOpen(false);
    onDone();
  };
  if (!open)
    return (
      <button type="button" className="link" onClick={() => setOpen(true)}>
        {t('object')}
      </button>
    );
  return (
    <form className="objection-form" onSubmit={(event) => void send(event)}>
      <label htmlFor={id}>{t('why')}</label>
      <small className="soft" id={`${id}-help`}>
        {t('whyHelp')}
      </small>
      <textarea id={id} name="text" aria-describedby={`${id}-help`} minLength={4} maxLength={1000} rows={3} required />
      {problem && <RefusalPanel problem={problem} />}
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t('send')}
        </button>
        <button type="button" onClick={() => setOpen(false)}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

/** My objections (我的异议): state, who answers until when, and the answer in words. */
export function OwnObjections({ objections, onChange }: { objections: readonly OwnObjection[]; onChange: () => void }) {
  const { t } = useTexts();
  if (objections.length === 0) return null;
  return (
    <section className="objections" aria-label={t('title')}>
      <h2>{t('title')}</h2>
      <ul>
        {objections.map((objection) => (
          <OwnObjectionItem key={objection.id} objection={objection} onChange={onChange} />
        ))}
      </ul>
    </section>
  );
}

function OwnObjectionItem({ objection, onChange }: { objection: OwnObjection; onChange: () => void }) {
  const { t, language } = useTexts();
  const unitName = useUnitName();
  const { busy, problem, submit } = useSubmit((id: string, key) =>
    call(`/api/objection/objections/${id}/withdraw`, { method: 'POST', headers: key }),
  );
  const withdraw = async () => {
    if ((await submit(objection.id)) !== undefined) onChange();
  };
  const unit = unitName(objection.lookerUnit);
  const when = (moment: string | null) => formatMoment(moment, { language });
  return (
    <li>
      <p>
        <span className="badge">{t(`state.${objection.state as 'open'}`)}</span>{' '}
        {t('look', {
          when: when(objection.lookedAt),
          unit: language === 'zh' && unit ? `${unit}的` : unit,
          name: objection.lookerName,
        })}
      </p>
      <p className="soft">{t('mine', { text: objection.text })}</p>
      {objection.state === 'open' && (
        <>
          <p className="soft">{objection.addressee === 'unit' ? t('toUnit', { unit }) : t('toAuditor')}</p>
          <Clock clock={objection.clock} />
          <button type="button" className="link" disabled={busy} onClick={() => void withdraw()}>
            {t('withdraw')}
          </button>
        </>
      )}
      {objection.state === 'answered' && (
        <div className="objection-answer">
          <b>{t(`finding.${objection.finding as 'justified'}`)}</b>
          <p>{objection.answer}</p>
          <small className="soft">{t('by', { name: objection.answeredName, when: when(objection.closedAt) })}</small>
          <small className="soft">{t('appeal')}</small>
        </div>
      )}
      {problem && <RefusalPanel problem={problem} />}
    </li>
  );
}
