import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, useSubmit } from '#web/client/index.ts';
import { PurposeGate, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { addTexts } from '#web/i18n/index.ts';

const zh = {
  title: '登记走访',
  gate: '走访记录是个人信息，请先说明用途。',
  subject: '走访记录',
  household: '户编号',
  on: '走访日期',
  note: '走访情况',
  save: '登记',
  saved: '已登记',
};
const en: typeof zh = {
  title: 'Record a visit',
  gate: 'Visits are personal data: state a purpose first.',
  subject: 'Visits',
  household: 'Household number',
  on: 'Visited on',
  note: 'What was found',
  save: 'Record',
  saved: 'Recorded',
};
addTexts('visits', { zh, en });

type Input = { householdNo: string; visitedOn: string; note: string };

/** The form of a visit (登记走访). What was typed stays when the server refuses; a second click cannot record twice. */
export default function RecordVisitPage() {
  const { t } = useTranslation('visits');
  const purpose = usePurpose('visits', t('subject'));
  const [saved, setSaved] = useState(false);
  const { busy, problem, submit } = useSubmit((body: Input, key) =>
    call<Input>('/api/visits/visits', { method: 'POST', body, headers: { ...purpose.headers, ...key } }),
  );
  if (!purpose.code) return <PurposeGate purpose={purpose} text={t('gate')} />;
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: keyof Input) => String(form.get(name) ?? '');
    const made = await submit({
      householdNo: field('householdNo'),
      visitedOn: field('visitedOn'),
      note: field('note'),
    });
    setSaved(made !== undefined);
  };
  return (
    <form onSubmit={send}>
      <h1>{t('title')}</h1>
      {problem && <RefusalPanel problem={problem} />}
      <label>
        {t('household')} <input name="householdNo" required />
      </label>
      <label>
        {t('on')} <input name="visitedOn" type="date" required />
      </label>
      <label>
        {t('note')} <textarea name="note" minLength={2} maxLength={500} required />
      </label>
      <button type="submit" disabled={busy}>
        {t('save')}
      </button>
      {saved && <p role="status">{t('saved')}</p>}
    </form>
  );
}
