import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { api, call, read, useApi, useSubmit } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { OpenNav, SignInFirst } from './parts.tsx';
import { useTexts } from './texts.ts';
import './open-data.css';

const KINDS = ['app', 'research', 'story', 'service'] as const;

/** The gallery (应用展示): what was made of open data, with what, and what it gave back. */
export default function ReusesPage() {
  const { t, say } = useTexts();
  const { me } = useSession();
  const state = useApi('reuses', (signal) => read(api.GET('/api/open-data/reuses', { signal })));
  return (
    <div className="od">
      <header className="od-head">
        <h1>{t('reuses.title')}</h1>
        <p className="soft">{t('reuses.lead')}</p>
        <OpenNav />
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data?.reuses.length === 0 && <EmptyState title={t('reuses.none')} text={t('reuses.noneText')} />}
      <ul className="od-list">
        {state.data?.reuses.map((reuse) => (
          <li key={reuse.id}>
            <h2>
              {reuse.url ? (
                <a href={reuse.url} rel="noopener noreferrer nofollow">
                  {reuse.title}
                </a>
              ) : (
                reuse.title
              )}
            </h2>
            <p>{reuse.text}</p>
            <p className="od-meta">
              <span>{t(`reuses.kind.${reuse.kind}`)}</span>
              <span>{reuse.by}</span>
              {reuse.fixes > 0 && <span className="od-done">✓ {t('reuses.fixes', { n: reuse.fixes })}</span>}
              {reuse.datasets.map((set) => (
                <Link key={set.id} to={`/data/open/${set.id}`}>
                  {say(set.title)}
                </Link>
              ))}
            </p>
          </li>
        ))}
      </ul>
      {me.signedIn ? <MakeReuse /> : <SignInFirst text={t('reuses.signIn')} />}
    </div>
  );
}

function MakeReuse() {
  const { t } = useTexts();
  const [done, setDone] = useState(false);
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call('/api/open-data/reuses', { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const datasets = text('datasets')
      .split(/[\s,，]+/)
      .filter(Boolean);
    const made = await submit({
      title: text('title'),
      text: text('text'),
      by: text('by'),
      kind: text('kind'),
      datasets,
      ...(text('url') ? { url: text('url') } : {}),
    });
    if (made === undefined) return;
    setDone(true);
    form.reset();
  };
  return (
    <details className="od-make">
      <summary>{t('reuses.make')}</summary>
      <form className="od-form" onSubmit={send} aria-label={t('reuses.make')}>
        {problem && <RefusalPanel problem={problem} />}
        <label>
          {t('reuses.name')}
          <input name="title" minLength={2} maxLength={80} required />
        </label>
        <label>
          {t('reuses.text')}
          <textarea name="text" rows={3} minLength={10} maxLength={600} required />
        </label>
        <div className="od-two">
          <label>
            {t('reuses.kindLabel')}
            <select name="kind">
              {KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {t(`reuses.kind.${kind}`)}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t('reuses.by')}
            <input name="by" maxLength={60} required />
          </label>
        </div>
        <label>
          {t('reuses.url')}
          <input name="url" type="url" pattern="https?://.+" maxLength={300} />
        </label>
        <label>
          {t('reuses.sets')}
          <input name="datasets" required />
        </label>
        <button type="submit" className="primary" disabled={busy}>
          {t('reuses.send')}
        </button>
        {done && (
          <p role="status" className="od-done">
            {t('reuses.sent')}
          </p>
        )}
      </form>
    </details>
  );
}
