import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useCentreTexts } from './centre-texts.ts';
import { useRunTexts } from './run-texts.ts';
import './centres.css';

type Links = Reply<'/api/service-hall/links'>;
const MODES = ['api', 'exchange', 'assisted'] as const;
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

/** Links to vertical systems (系统对接): what is typed twice stands first, with the plan that ends it. */
export default function LinksPage() {
  const { t, say } = useCentreTexts();
  const { t: run } = useRunTexts();
  const unitName = useUnitName();
  const { me } = useSession();
  const list = useApi('links', (signal) => call<Links>('/api/service-hall/links', { signal }));
  const { links = [], doubleEntryRate = null } = list.data ?? {};
  return (
    <div className="hall-page" aria-busy={list.loading && !list.data}>
      <header className="dc-head">
        <h1>
          {t('links')} {me.sample && <SampleBadge />}
        </h1>
        <p className="soft">{t('linksLead')}</p>
      </header>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {doubleEntryRate !== null && (
        <p>
          <b>{t('rate', { rate: percent(doubleEntryRate) })}</b>
        </p>
      )}
      <div className="hall-split">
        <section aria-label={t('links')}>
          {list.data && links.length === 0 && <EmptyState title={t('noLinks')} text={t('noLinksText')} />}
          <ul className="hall-list">
            {links.map(({ code, title, unit, mode, plan, planUntil, entries, typed, open, late }) => (
              <li key={code}>
                <h2>
                  {say(title)} <span className="badge">{t(`modes.${mode}`)}</span>
                </h2>
                <p className="soft">
                  {unitName(unit)} · {t('entries', { all: entries, typed, open })} ·{' '}
                  {run('linkRate', { rate: percent(entries === 0 ? 0 : typed / entries) })}
                </p>
                {mode === 'assisted' && (
                  <p>
                    {t('planOf', { plan, until: planUntil })} {late && <b className="hall-late">{t('planLate')}</b>}{' '}
                    {me.kind !== 'unit-head' && <Link to={`/gov/copy-sheet?link=${code}`}>{run('linkToSheet')}</Link>}
                  </p>
                )}
              </li>
            ))}
          </ul>
        </section>
        {me.kind === 'data-officer' && <LinkForm onDone={list.reload} />}
      </div>
    </div>
  );
}

function LinkForm({ onDone }: { onDone: () => void }) {
  const { t } = useCentreTexts();
  const [mode, setMode] = useState<(typeof MODES)[number]>('api');
  const { busy, problem, submit } = useSubmit(({ code, body }: { code: string; body: object }) =>
    call<object>(`/api/service-hall/links/${code}`, { method: 'PUT', body }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const value = (name: string) => String(form.get(name) ?? '').trim();
    const plan = mode === 'assisted' && { plan: value('plan'), planUntil: value('until') };
    const body = { title: { zh: value('zh'), en: value('en') }, mode, ...plan };
    if ((await submit({ code: value('code'), body })) !== undefined) onDone();
  };
  return (
    <section aria-labelledby="hall-link">
      <h2 id="hall-link">{t('linkNew')}</h2>
      <form onSubmit={(event) => void send(event)}>
        <label>
          {t('linkCode')}
          <input name="code" pattern="[a-z][a-z0-9\-]{2,60}" autoComplete="off" required />
        </label>
        <label>
          {t('linkTitle')}
          <input name="zh" maxLength={80} required />
        </label>
        <label>
          {t('linkTitleEn')}
          <input name="en" maxLength={80} required />
        </label>
        <label>
          {t('linkMode')}
          <select value={mode} onChange={(event) => setMode(event.target.value as (typeof MODES)[number])}>
            {MODES.map((each) => (
              <option key={each} value={each}>
                {t(`modes.${each}`)}
              </option>
            ))}
          </select>
        </label>
        {mode === 'assisted' && (
          <>
            <label>
              {t('linkPlan')}
              <textarea name="plan" rows={3} minLength={4} maxLength={500} required />
            </label>
            <label>
              {t('linkUntil')}
              <input name="until" type="date" required />
            </label>
          </>
        )}
        {problem && <RefusalPanel problem={problem} />}
        <button type="submit" className="primary" disabled={busy}>
          {t('linkSave')}
        </button>
      </form>
    </section>
  );
}
