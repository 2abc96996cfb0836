import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useEvaluationTexts } from './texts.ts';

type Hook = Reply<'/api/evaluation/hook'>['hook'];

/** Where the unit's own system is told of signals (推送地址). The key of the signatures is shown once, after it was made. */
export function HookPart() {
  const { t, language } = useEvaluationTexts();
  const found = useApi('hook', (signal) => call<{ hook: Hook }>('/api/evaluation/hook', { signal }));
  const [secret, setSecret] = useState<string | null>(null);
  const { busy, problem, submit } = useSubmit((body: { url: string }) =>
    call<{ secret: string }>('/api/evaluation/hook', { method: 'PUT', body }),
  );
  const ending = useSubmit(() => call('/api/evaluation/hook', { method: 'DELETE' }));
  const hook = found.data?.hook ?? null;
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const url = new FormData(event.currentTarget).get('url');
    const made = await submit({ url: typeof url === 'string' ? url.trim() : '' });
    if (made === undefined) return;
    setSecret(made.secret);
    found.reload();
  };
  const end = async () => {
    if ((await ending.submit(undefined)) === undefined) return;
    setSecret(null);
    found.reload();
  };
  const when = (moment: string) => formatMoment(moment, { language });
  return (
    <section className="supervision-hook" aria-labelledby="supervision-hook">
      <h2 id="supervision-hook">{t('hook')}</h2>
      <p className="soft">{t('hookLead')}</p>
      {found.problem && <RefusalPanel problem={found.problem} onRetry={found.reload} />}
      {hook && (
        <p>
          <b>{hook.url}</b>
          <span className="soft">{t('hookSet', { name: hook.setName, when: when(hook.setAt) })}</span>
          <span className="soft">{hook.takenAt ? t('hookTaken', { when: when(hook.takenAt) }) : t('hookNever')}</span>
          {hook.failures > 0 && <strong>{t('hookFails', { n: hook.failures, why: hook.lastError ?? '' })}</strong>}
        </p>
      )}
      {secret !== null && (
        <p role="status">
          {t('hookSecret')} <code>{secret}</code>
        </p>
      )}
      <form onSubmit={(event) => void send(event)}>
        {problem && <RefusalPanel problem={problem} />}
        <label htmlFor="hook-url">{t('hookUrl')}</label>
        <input
          id="hook-url"
          name="url"
          type="url"
          maxLength={1000}
          required
          defaultValue={hook?.url ?? ''}
          key={hook?.url}
        />
        <div className="acts">
          <button type="submit" className="primary" disabled={busy}>
            {t(hook ? 'hookChange' : 'hookBegin')}
          </button>
          {hook && (
            <button type="button" disabled={ending.busy} onClick={() => void end()}>
              {t('hookEnd')}
            </button>
          )}
        </div>
      </form>
    </section>
  );
}
