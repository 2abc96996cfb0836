import './desk.css';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { AsOfBar } from '#web/design/as-of-bar.tsx';
import { SampleBadge } from '#web/design/badges.tsx';
import { PurposeGate, PurposeLine, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { HouseholdPanel } from './household-panel.tsx';
import { ResidentList } from './resident-list.tsx';
import { useDeskTexts } from './texts.ts';

/** What the grants of this app name; the server refuses any other. */
const PURPOSES = ['community-care', 'verify-application', 'emergency'];

type Committees = Reply<'/api/community/committees'>;
export type Purpose = ReturnType<typeof usePurpose>;

/** Street desk (街道工作台): committees, their residents and one household side by side; keyboard first. */
export default function DeskPage() {
  const t = useDeskTexts();
  const purpose = usePurpose('desk', t('subject'), PURPOSES);
  if (!purpose.code) return <PurposeGate purpose={purpose} text={t('gate')} />;
  return <Desk purpose={purpose} />;
}

function Desk({ purpose }: { purpose: Purpose }) {
  const t = useDeskTexts();
  const { me } = useSession();
  const [search, setSearch] = useSearchParams();
  const committee = search.get('committee');
  const household = search.get('household');
  const state = useApi(`desk ${purpose.code}`, (signal) =>
    call<Committees>('/api/community/committees', { signal, headers: purpose.headers }),
  );
  const choose = (code: string) => setSearch({ committee: code });
  const set = (name: string, value: string | null) =>
    setSearch((old) => {
      if (value) old.set(name, value);
      else old.delete(name);
      return old;
    });
  // Whoever has one committee only need not choose it.
  const only = state.data?.committees.length === 1 ? state.data.committees[0]?.code : undefined;
  useEffect(() => {
    if (only && !committee) choose(only);
  }, [only, committee]);
  return (
    <div className="desk">
      <header className="desk-head">
        <h1>
          {t('title')} {me.sample && <SampleBadge />}
        </h1>
        <PurposeLine purpose={purpose} />
        {state.data && <AsOfBar at={state.data.asOf} history={false} />}
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data && (
        <div className="desk-panes" data-committee={committee !== null} data-household={household !== null}>
          <CommitteeList committees={state.data.committees} chosen={committee} onChoose={choose} />
          {committee ? (
            <ResidentList
              key={committee}
              committee={committee}
              purpose={purpose}
              onHousehold={(no) => set('household', no)}
              chosen={household}
              onBack={() => setSearch({})}
            />
          ) : (
            <section className="empty">
              <h2>{t('pick')}</h2>
              <p>{t('pickText')}</p>
            </section>
          )}
          {household && (
            <HouseholdPanel householdNo={household} purpose={purpose} onClose={() => set('household', null)} />
          )}
        </div>
      )}
    </div>
  );
}

function CommitteeList({
  committees,
  chosen,
  onChoose,
}: {
  committees: Committees['committees'];
  chosen: string | null;
  onChoose: (code: string) => void;
}) {
  const t = useDeskTexts();
  const { i18n } = useTranslation();
  const sum = (name: 'households' | 'residents' | 'over60' | 'over80Alone') =>
    committees.reduce((total, committee) => total + committee[name], 0);
  const figures = (of: { households: number; residents: number; over60: number; over80Alone: number }) => (
    <span className="desk-figures">
      <span>{`${of.households} ${t('households')} · ${of.residents} ${t('residents')}`}</span>
      <span>{`${t('over60')} ${of.over60} · ${t('alone')} ${of.over80Alone}`}</span>
    </span>
  );
  return (
    <nav className="desk-committees" aria-label={t('committees')} lang={i18n.language === 'en' ? 'en' : undefined}>
      <p className="desk-total">
        <b>{committees[0]?.street ?? t('total')}</b>
        {figures({
          households: sum('households'),
          residents: sum('residents'),
          over60: sum('over60'),
          over80Alone: sum('over80Alone'),
        })}
      </p>
      <ul>
        {committees.map((committee) => (
          <li key={committee.code}>
            <button type="button" aria-current={committee.code === chosen} onClick={() => onChoose(committee.code)}>
              <b lang="zh-CN">{committee.name}</b>
              {figures(committee)}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}
