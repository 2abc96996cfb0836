import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import '#web/entrances/entrances.css';
import './organisation.css';
import { useOrganisationTexts } from './texts.ts';

/** My posts (我的岗位): those I hold, held and shall hold; who holds several chooses here. */
export default function MyPostsPage() {
  const { t, language } = useOrganisationTexts();
  const { me, reload } = useSession();
  const state = useApi(me.signedIn ? `my-posts ${me.assignment}` : null, (signal) =>
    call<Reply<'/api/identity/assignments'>>('/api/identity/assignments', { signal }),
  );
  const choice = useSubmit((assignment: string) =>
    call('/api/identity/assignment', { method: 'PUT', body: { assignment } }),
  );
  const choose = async (id: string) => {
    if (await choice.submit(id)) reload();
  };
  const all = state.data?.assignments ?? [];
  const moment = (at: string | null) => (at === null ? t('begin') : formatMoment(at, { language }));
  const problem = choice.problem ?? state.problem;
  return (
    <article className="reading org-page" aria-busy={state.loading}>
      <header>
        <h1>{t('myPosts')}</h1>
        <p className="soft">{t('myPostsLead')}</p>
      </header>
      {problem && <RefusalPanel problem={problem} onRetry={state.reload} />}
      {state.data && all.length === 0 && <EmptyState title={t('noMine')} text={t('noMineText')} />}
      <ul className="org-posts">
        {all.map((one) => (
          <li key={one.id} data-when={one.when}>
            <b>{t(`whens.${one.when}`)}</b>
            <div>
              <p className="org-line">
                <b>
                  {language === 'en' ? one.unit.nameEn : one.unit.name} · {one.post[language]}
                </b>
                {one.acting && <span className="badge">{t('acting')}</span>}
                {one.current && <span className="badge">{t('current')}</span>}
                {one.when === 'now' && !one.current && (
                  <span className="acts">
                    <button type="button" disabled={choice.busy} onClick={() => void choose(one.id)}>
                      {t('work')}
                    </button>
                  </span>
                )}
              </p>
              <p className="soft">
                {one.to === null
                  ? one.from === null
                    ? t('sinceBegin')
                    : t('since', { from: moment(one.from) })
                  : t('until', { from: moment(one.from), to: moment(one.to) })}
                {one.order && ` · ${t('byOrder', { no: one.order })}`}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </article>
  );
}
