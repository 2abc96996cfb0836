import { useState } from 'react';
import { asProblem, call, type Problem, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useAuditTexts } from './texts.ts';

type Verdict = Reply<'/api/audit/verify', 'post'>;

/** State of the chain (封存状态) with a button that verifies the newest seals. */
export function ChainPanel() {
  const { t, language } = useAuditTexts();
  const state = useApi('audit-chain', (signal) => call<Reply<'/api/audit/chain'>>('/api/audit/chain', { signal }), {
    refreshMs: 5_000,
  });
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const verify = async () => {
    setBusy(true);
    setProblem(null);
    try {
      setVerdict(await call<Verdict>('/api/audit/verify', { method: 'POST' }));
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  const failed = problem ?? state.problem;
  const last = state.data?.last;
  return (
    <section className="audit-chain" aria-label={t('chain')}>
      {failed && <RefusalPanel problem={failed} onRetry={state.reload} />}
      {state.data && (
        <dl>
          <div>
            <dt>{t('lastSeal')}</dt>
            <dd>{last ? t('seal', { seq: last.seq, when: formatMoment(last.at, { language }) }) : t('none')}</dd>
          </div>
          <div>
            <dt>{t('waiting')}</dt>
            <dd>{t('rows', { count: state.data.waiting })}</dd>
          </div>
          {last && (
            <div>
              <dt>{t('key')}</dt>
              <dd>{last.key ?? t('unsigned')}</dd>
            </div>
          )}
        </dl>
      )}
      <button type="button" disabled={busy} onClick={() => void verify()}>
        {busy ? t('verifying') : t('verify')}
      </button>
      <p role="status">
        {verdict?.ok && t('sound', { from: verdict.from, to: verdict.to, count: formatNumber(verdict.rows) as never })}
        {verdict?.fault && (
          <strong className="is-refused">
            {t('broken', { why: t(`reason.${verdict.fault.reason}` as never), seal: verdict.fault.seal })}{' '}
            {verdict.fault.row && t('brokenRow', { row: verdict.fault.row })}
          </strong>
        )}
      </p>
    </section>
  );
}
