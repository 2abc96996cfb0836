import type { FormEvent } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { Field, RightsPage } from './rights-parts.tsx';
import { useRightsTexts } from './rights-texts.ts';

type Purpose = Reply<'/api/access/purpose-register'>['purposes'][number];
type Choices = Reply<'/api/access/policies'>;

/** Register of purposes (使用目的登记册): legal basis, posts, 待核, and what was retired. */
export default function PurposesPage() {
  const { t } = useRightsTexts();
  const { me } = useSession();
  const state = useApi('purpose-register', (signal) =>
    call<{ purposes: Purpose[] }>('/api/access/purpose-register', { signal }),
  );
  return (
    <RightsPage title={t('purposes.title')} lead={t('purposes.lead')} problem={state.problem} onRetry={state.reload}>
      <ul className="rights-list">
        {state.data?.purposes.map((purpose) => (
          <Entry key={purpose.code} purpose={purpose} onChanged={state.reload} />
        ))}
      </ul>
      {me.kind === 'security-administrator' && <Add onAdded={state.reload} />}
    </RightsPage>
  );
}

function Entry({ purpose, onChanged }: { purpose: Purpose; onChanged: () => void }) {
  const { t, language, say } = useRightsTexts();
  const { me } = useSession();
  const administrator = me.kind === 'security-administrator';
  const act = useSubmit(({ what, body }: { what: string; body?: object }, headers) =>
    call(`/api/access/purpose-register/${purpose.code}/${what}`, { method: 'POST', body, headers }),
  );
  const retire = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get('reason'));
    if (await act.submit({ what: 'retire', body: { reason } })) onChanged();
  };
  return (
    <li>
      <h3>
        {say(purpose.title)} <code>{purpose.code}</code>{' '}
        {!purpose.verified && <span className="badge">{t('purposes.unverified')}</span>}
      </h3>
      <p>
        {language === 'en' ? purpose.basis.en : `${purpose.basis.source} ${purpose.basis.article}`}
        {purpose.verifiedName && ` · ${t('purposes.verifiedBy', { name: purpose.verifiedName })}`}
      </p>
      <p className="soft">{purpose.posts.map((one) => say(one.title)).join(' · ')}</p>
      {purpose.retiredAt && (
        <p className="tone-now">
          {t('purposes.retiredWhy', {
            at: formatMoment(purpose.retiredAt, { language }),
            name: purpose.retiredName ?? '',
            why: purpose.retiredWhy ?? '',
          })}
        </p>
      )}
      {!purpose.retiredAt && (administrator || me.kind === 'unit-head') && (
        <div className="acts">
          {!purpose.verified && (
            <button
              type="button"
              disabled={act.busy}
              onClick={() => void act.submit({ what: 'verify' }).then((done) => done && onChanged())}
            >
              {t('purposes.verify')}
            </button>
          )}
        </div>
      )}
      {!purpose.retiredAt && administrator && (
        <details>
          <summary>{t('purposes.retire')}</summary>
          <form className="rights-form" onSubmit={(event) => void retire(event)}>
            <Field label={t('purposes.why')}>{(id) => <input id={id} name="reason" required minLength={5} />}</Field>
            <div className="acts">
              <button type="submit" disabled={act.busy}>
                {t('purposes.retire')}
              </button>
            </div>
          </form>
        </details>
      )}
      {act.problem && <RefusalPanel problem={act.problem} />}
    </li>
  );
}

function Add({ onAdded }: { onAdded: () => void }) {
  const { t, language } = useRightsTexts();
  const known = useApi('policies', (signal) => call<Choices>('/api/access/policies', { signal }));
  const posts = new Map(known.data?.actions.flatMap((a) => a.holders.map((h) => [h.post, h.title] as const)));
  const { busy, problem, submit } = useSubmit((body: object, headers) =>
    call('/api/access/purpose-register', { method: 'POST', body, headers }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const target = event.currentTarget;
    const form = new FormData(target);
    const of = (name: string) => String(form.get(name) ?? '').trim();
    const made = await submit({
      code: of('code'),
      title: { zh: of('zh'), en: of('en') },
      basis: { source: of('source'), article: of('article'), en: of('basisEn') },
      posts: form.getAll('posts').map(String),
      reason: of('reason'),
    });
    if (!made) return;
    target.reset();
    onAdded();
  };
  const names = ['code', 'zh', 'en', 'source', 'article', 'basisEn', 'reason'] as const;
  return (
    <section>
      <h2>{t('purposes.add')}</h2>
      <form className="rights-form" onSubmit={(event) => void send(event)}>
        <div className="rights-grid">
          {names.map((name) => (
            <Field key={name} label={t(`purposes.${name}`)}>
              {(id) => <input id={id} name={name} required autoComplete="off" />}
            </Field>
          ))}
        </div>
        <fieldset>
          <legend>{t('purposes.posts')}</legend>
          {[...posts].map(([post, title]) => (
            <label key={post}>
              <input type="checkbox" name="posts" value={post} /> {title[language]}
            </label>
          ))}
        </fieldset>
        {problem && <RefusalPanel problem={problem} />}
        <div className="acts">
          <button type="submit" className="primary" disabled={busy}>
            {t('purposes.save')}
          </button>
        </div>
      </form>
    </section>
  );
}
