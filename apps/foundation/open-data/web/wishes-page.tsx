import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { api, call, read, useApi, useSubmit } from '#web/client/index.ts';
import { Clock } from '#web/design/clock.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { OpenNav, SignInFirst } from './parts.tsx';
import { useTexts } from './texts.ts';
import './open-data.css';

/** Units that own most of what people ask for; any other is found by the portal's own unit. */
const UNITS = [
  'construction-transport',
  'housing',
  'civil-affairs',
  'public-security',
  'ecology-environment',
  'culture-tourism',
  'health',
  'education',
  'market-supervision',
  'statistics',
];

/** Wishes for data (开放需求): what waits for an answer and how long it may, what was answered and with which article. */
export default function WishesPage() {
  const { t, language } = useTexts();
  const unit = useUnitName();
  const { me } = useSession();
  const state = useApi('wishes', (signal) => read(api.GET('/api/open-data/wishes', { signal })));
  const vote = useSubmit((id: string, key) =>
    call(`/api/open-data/wishes/${id}/vote`, { method: 'POST', body: {}, headers: key }),
  );
  return (
    <div className="od">
      <header className="od-head">
        <h1>{t('wishes.title')}</h1>
        <p className="soft">{t('wishes.lead')}</p>
        <OpenNav />
      </header>
      {me.signedIn ? <MakeWish onDone={state.reload} /> : <SignInFirst text={t('wishes.signIn')} />}
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {vote.problem && <RefusalPanel problem={vote.problem} />}
      {state.data?.wishes.length === 0 && <EmptyState title={t('wishes.none')} text={t('wishes.noneText')} />}
      <ol className="od-list-plain">
        {state.data?.wishes.map((wish) => (
          <li key={wish.id} className="od-wish">
            <div>
              <span>
                <b>{wish.votes}</b> {t('wishes.votes', { n: '' })}
              </span>
              {['open', 'accepted'].includes(wish.state) && me.signedIn && (
                <button
                  type="button"
                  disabled={wish.voted || vote.busy}
                  aria-label={`${t(wish.voted ? 'wishes.voted' : 'wishes.vote')} ${wish.title}`}
                  onClick={async () => {
                    await vote.submit(wish.id);
                    state.reload();
                  }}
                >
                  {t(wish.voted ? 'wishes.voted' : 'wishes.vote')}
                </button>
              )}
            </div>
            <div className="od-head">
              <h2>{wish.title}</h2>
              <p>{wish.text}</p>
              <p className="od-meta">
                <span>{unit(wish.owner)}</span>
                <span>{formatMoment(wish.askedAt, { language })}</span>
                <span className="od-mark">{t(`wishes.state.${wish.state}`)}</span>
                {wish.escalated && <span className="od-late">{t('wishes.late')}</span>}
              </p>
              {wish.clock && <Clock clock={wish.clock} />}
              {wish.reply && (
                <div className="od-answer">
                  <p>{wish.reply}</p>
                  <p className="od-meta">
                    <span>{unit(wish.repliedUnit)}</span>
                    {wish.repliedAt && <span>{formatMoment(wish.repliedAt, { language })}</span>}
                    {wish.basis && (
                      <span>
                        {t('wishes.basis')}：{wish.basis}
                      </span>
                    )}
                  </p>
                  {wish.dataset && <Link to={`/data/open/${wish.dataset}`}>{t('wishes.see')}</Link>}
                </div>
              )}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

function MakeWish({ onDone }: { onDone: () => void }) {
  const { t } = useTexts();
  const unit = useUnitName();
  const [done, setDone] = useState<string>();
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call<{ state: string }>('/api/open-data/wishes', { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const owner = String(data.get('owner'));
    const made = await submit({
      title: String(data.get('title')),
      text: String(data.get('text')),
      ...(owner ? { owner } : {}),
    });
    if (!made) return;
    setDone(made.state);
    form.reset();
    onDone();
  };
  return (
    <details className="od-make">
      <summary>{t('wishes.make')}</summary>
      <form className="od-form" onSubmit={send} aria-label={t('wishes.make')}>
        {problem && <RefusalPanel problem={problem} />}
        <label>
          {t('wishes.name')}
          <input name="title" minLength={4} maxLength={80} required />
        </label>
        <label>
          {t('wishes.text')}
          <textarea name="text" rows={4} minLength={10} maxLength={1000} required />
        </label>
        <label>
          {t('wishes.owner')}
          <select name="owner">
            <option value="">{t('wishes.any')}</option>
            {UNITS.map((code) => (
              <option key={code} value={code}>
                {unit(code)}
              </option>
            ))}
          </select>
        </label>
        <p className="soft">{t('wishes.own')}</p>
        <button type="submit" className="primary" disabled={busy}>
          {t('wishes.send')}
        </button>
      </form>
      {done && (
        <p role="status" className="od-done">
          {t(done === 'held' ? 'wishes.held' : 'wishes.sent')}
        </p>
      )}
    </details>
  );
}
