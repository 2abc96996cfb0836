import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call, useSubmit } from '#web/client/index.ts';
import { useSession } from './session.tsx';

/** What an order has changed for the person who is at work (岗位变动), and that nobody can work without a post. */
export function PostNotice() {
  const { t, i18n } = useTranslation();
  const { me, change, seen } = useSession();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const moved = change?.shown === true;
  if (!me.withoutPost && !moved) return null;
  return (
    <section className="post-notice" aria-label={t('posts.label')}>
      <p role="status">
        {me.withoutPost
          ? t('posts.none')
          : t('posts.changed', { from: change?.from[language], to: change?.to[language] })}
      </p>
      <Link to="/gov/posts">{t('posts.mine')}</Link>
      {moved && !me.withoutPost && (
        <button type="button" onClick={seen}>
          {t('posts.seen')}
        </button>
      )}
    </section>
  );
}

/** Chooses the post under which this session works (切换岗位), for those who hold several. */
export function PostSwitch({ onDone }: { onDone: () => void }) {
  const { t, i18n } = useTranslation();
  const { me, choose, busy } = usePostChoice(onDone);
  const language = i18n.language === 'en' ? 'en' : 'zh';
  if (me.assignments.length < 2) return null;
  return (
    <fieldset className="post-switch" disabled={busy}>
      <legend>{t('posts.switch')}</legend>
      {me.assignments.map(({ id, post, unit, caretaker }) => (
        <label key={id}>
          <input type="radio" name="post" checked={id === me.assignment} onChange={() => void choose(id)} />
          <span>
            {unit[language]} · {post[language]} {caretaker && <span className="badge">{t('posts.caretaker')}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function usePostChoice(onDone: () => void) {
  const { me, reload } = useSession();
  const { busy, submit } = useSubmit((assignment: string) =>
    call('/api/identity/assignment', { method: 'PUT', body: { assignment } }),
  );
  const choose = async (id: string) => {
    if (!(await submit(id))) return;
    reload();
    onDone();
  };
  return { me, choose, busy };
}
