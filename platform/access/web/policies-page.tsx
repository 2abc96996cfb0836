import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { CaseList, Field, PolicyItem, RightsPage } from './rights-parts.tsx';
import { useRightsTexts } from './rights-texts.ts';

type Policies = Reply<'/api/access/policies'>;
type Answers = Reply<'/api/access/decide', 'post'>;

/** Policies in force (现行策略) with the results of their cases, and a question to try. */
export default function PoliciesPage() {
  const { t, language, say } = useRightsTexts();
  const state = useApi('policies', (signal) => call<Policies>('/api/access/policies', { signal }));
  const { data } = state;
  const titles = new Map(
    data?.actions.flatMap((a) => [[a.id, a.title] as const, ...a.holders.map((h) => [h.post, h.title] as const)]),
  );
  const titleOf = (id: string) => titles.get(id)?.[language] ?? id;
  return (
    <RightsPage title={t('policies.title')} lead={t('policies.lead')} problem={state.problem} onRetry={state.reload}>
      {data && (
        <>
          <p>
            {t('policies.counts', data.counts)}{' '}
            {data.counts.failed === 0 && <span className="tone-done">✓ {t('policies.allPass')}</span>}{' '}
            <Link to="/gov/admin/district-policies">{t('policies.district')}</Link>
          </p>
          <Try actions={data.actions} />
          {data.files.map((file) => (
            <section key={file.path}>
              <h2>{say(file.moduleTitle)}</h2>
              <p className="soft">{file.path.startsWith('manifest of ') ? t('policies.manifest') : file.path}</p>
              <ul className="rights-list">
                {file.policies.map((policy) => (
                  <PolicyItem key={policy.id} policy={policy} />
                ))}
              </ul>
              {file.cases.length > 0 && (
                <details>
                  <summary>
                    {t('policies.cases')} {file.cases.filter((one) => one.passed).length}/{file.cases.length}
                  </summary>
                  <CaseList cases={file.cases} titleOf={titleOf} />
                </details>
              )}
            </section>
          ))}
          <details>
            <summary>{t('policies.vocabulary')}</summary>
            <pre>{data.vocabulary}</pre>
          </details>
        </>
      )}
    </RightsPage>
  );
}

/** “Why allowed?” for any post and action, without being that person. */
function Try({ actions }: { actions: Policies['actions'] }) {
  const { t, language, say } = useRightsTexts();
  const [answer, setAnswer] = useState<Answers>();
  const purposes = useApi('purposes of all', (signal) =>
    call<Reply<'/api/access/purposes'>>('/api/access/purposes?all=1', { signal }),
  );
  const posts = new Map(actions.flatMap((a) => a.holders.map((h) => [h.post, h.title] as const)));
  const { busy, problem, submit } = useSubmit((body: object) =>
    call<Answers>('/api/access/decide', { method: 'POST', body }),
  );
  const ask = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const of = (name: string) => String(form.get(name) ?? '').trim() || undefined;
    const numbers = { level: Number(of('level')), assurance: Number(of('assurance')) };
    const question = {
      post: of('post'),
      action: of('action'),
      with: { ...numbers, unit: of('unit'), purpose: of('purpose') },
    };
    setAnswer(await submit({ questions: [question] }));
  };
  const [decided] = answer?.answers ?? [];
  return (
    <section>
      <h2>{t('why.title')}</h2>
      <form className="rights-form" onSubmit={(event) => void ask(event)}>
        <div className="rights-grid">
          <Field label={t('why.post')}>
            {(id) => (
              <select id={id} name="post">
                {[...posts].map(([post, title]) => (
                  <option key={post} value={post}>
                    {title[language]}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t('why.action')}>
            {(id) => (
              <select id={id} name="action">
                {actions.map((action) => (
                  <option key={action.id} value={action.id}>
                    {say(action.title)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t('why.level')}>
            {(id) => (
              <select id={id} name="level" defaultValue="1">
                {[1, 2, 3, 4].map((n) => (
                  <option key={n} value={n}>
                    L{n}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t('why.assurance')}>
            {(id) => (
              <select id={id} name="assurance" defaultValue="1">
                {[1, 2, 3, 4].map((n) => (
                  <option key={n} value={n}>
                    {n === 1 || n === 2 ? t(`why.assurances.${n}`) : n}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t('why.purpose')}>
            {(id) => (
              <select id={id} name="purpose">
                <option value="">—</option>
                {purposes.data?.purposes.map(({ code, title }) => (
                  <option key={code} value={code}>
                    {say(title)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label={t('why.unit')}>{(id) => <input id={id} name="unit" autoComplete="off" />}</Field>
        </div>
        <div className="acts">
          <button type="submit" className="primary" disabled={busy}>
            {t('why.ask')}
          </button>
        </div>
      </form>
      {problem && <RefusalPanel problem={problem} />}
      {decided && (
        <div role="status">
          <p className={decided.allowed ? 'tone-done' : 'tone-now'}>
            {decided.allowed ? `✓ ${t('why.yes')}` : `✗ ${t('why.no')}`}
          </p>
          {decided.reasons.length === 0 && <p>{t('why.none')}</p>}
          <ul className="rights-list">
            {answer?.policies.map((policy) => (
              <PolicyItem key={policy.id} policy={policy} />
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
