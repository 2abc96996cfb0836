import { useState } from 'react';
import { asProblem, call, type Problem, useApi } from '#web/client/index.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import type { Act, Acts } from './shapes.ts';
import { useDelegationTexts } from './texts.ts';

/** An act must be seen within 5 s. */
const REFRESH_MS = 3_000;

/** What others did for me (别人替我办了什么): who, what, when, done or refused; new ones appear by themselves. */
export function ActsList() {
  const { t } = useDelegationTexts();
  const state = useApi('acts', (signal) => call<Acts>('/api/access/delegations/acts', { signal }), {
    refreshMs: REFRESH_MS,
  });
  const [earlier, setEarlier] = useState<Acts | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const next = earlier ? earlier.next : (state.data?.next ?? null);
  const more = async () => {
    try {
      const page = await call<Acts>(`/api/access/delegations/acts?before=${encodeURIComponent(next ?? '')}`);
      setEarlier({ acts: [...(earlier?.acts ?? []), ...page.acts], next: page.next });
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  };
  const latest = state.data?.acts ?? [];
  const known = new Set(latest.map(({ id }) => id));
  const shown = [...latest, ...(earlier?.acts ?? []).filter(({ id }) => !known.has(id))];
  const failed = problem ?? state.problem;
  return (
    <section>
      <h2 id="acts">{t('acts')}</h2>
      {failed && <RefusalPanel problem={failed} onRetry={state.reload} />}
      {state.data && shown.length === 0 && <p className="soft">{t('actsNone')}</p>}
      <ol className="accesses" aria-labelledby="acts" aria-live="polite">
        {shown.map((act) => (
          <Entry key={act.id} act={act} />
        ))}
      </ol>
      {next && (
        <button type="button" onClick={() => void more()}>
          {t('more')}
        </button>
      )}
    </section>
  );
}

const WHY = ['DELEGATION_OUT_OF_SCOPE', 'DELEGATION_ENDED'] as const;

function Entry({ act }: { act: Act }) {
  const { t, i18n } = useDelegationTexts();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const what = act.what[language];
  const why = t(`why.${WHY.find((code) => code === act.code) ?? 'OTHER'}`);
  return (
    <li data-outcome={act.outcome === 'refused' ? 'refused' : 'read'}>
      <time dateTime={act.at}>{formatMoment(act.at, { language })}</time>
      <p>
        <b>{t(act.outcome)}</b>{' '}
        {act.outcome === 'refused'
          ? t('refusedText', { name: act.who, what, why })
          : t('doneText', { name: act.who, what })}
      </p>
    </li>
  );
}
