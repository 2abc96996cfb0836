import '#web/entrances/entrances.css';
import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { FormErrors } from '#web/design/form-errors.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useResetTexts } from './reset-texts.ts';

const PATH = '/api/identity/resets';
type Resets = Reply<'/api/identity/resets'>;
type Reset = Resets['resets'][number];

/** Account resets (账号重置) for the two administrators: the one requests, the other confirms. */
export default function ResetsPage() {
  const { t } = useResetTexts();
  const { me } = useSession();
  const state = useApi('resets', (signal) => call<Resets>(PATH, { signal }));
  const [half, setHalf] = useState<{ text: string; first: boolean } | null>(null);
  const show = (text: string, first: boolean) => {
    setHalf({ text, first });
    state.reload();
  };
  return (
    <article className="reading account" aria-busy={state.loading}>
      <header>
        <h1>{t('title')}</h1>
        <p className="soft">{t('lead')}</p>
      </header>
      {half && (
        <section className="notice" role="status">
          <p>{t(half.first ? 'half' : 'otherHalf')}</p>
          <p>
            <code className="reset-code">{half.text}</code>
          </p>
          <p>{t('halfText')}</p>
        </section>
      )}
      {me.kind === 'system-administrator' && <Ask onDone={(text) => show(text, true)} />}
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data && (
        <List
          resets={state.data.resets}
          mayConfirm={me.kind === 'security-administrator'}
          onHalf={(text) => show(text, false)}
          onChange={state.reload}
        />
      )}
    </article>
  );
}

function Ask({ onDone }: { onDone: (half: string) => void }) {
  const { t } = useResetTexts();
  const [search] = useSearchParams();
  /** Whose first sign-in (首次登录) is asked for, from the list of people. */
  const joiner = search.get('first') ?? undefined;
  const [own, setOwn] = useState<{ path: string; message: string }[]>([]);
  const { busy, problem, submit } = useSubmit((body: Record<string, string>, headers) =>
    call<{ half: string }>(PATH, { method: 'POST', body, headers }),
  );
  const refused = (problem?.details.fields ?? []).map(({ pointer, message }) => ({ path: pointer.slice(1), message }));
  const faults = own.length > 0 ? own : refused;
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const body = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value).trim()]));
    const empty = (['account', 'reason'] as const).filter((name) => !body[name]);
    setOwn(empty.map((path) => ({ path, message: t('need', { what: t(path) }) })));
    if (empty.length > 0) return;
    const made = await submit(body);
    if (!made) return;
    form.reset();
    onDone(made.half);
  };
  const wrong = (name: string) => faults.some(({ path }) => path === name) || undefined;
  return (
    <section className="account-part" aria-labelledby="reset-ask">
      <h2 id="reset-ask">{t('ask')}</h2>
      <FormErrors errors={faults} />
      {problem && refused.length === 0 && <RefusalPanel problem={problem} />}
      <form onSubmit={(event) => void send(event)} noValidate>
        <div className="field">
          <label htmlFor="account">{t('account')}</label>
          <input
            id="account"
            name="account"
            defaultValue={joiner}
            autoComplete="off"
            spellCheck={false}
            aria-invalid={wrong('account')}
          />
        </div>
        <div className="field">
          <label htmlFor="what">{t('what')}</label>
          <select id="what" name="what" defaultValue="password">
            <option value="password">{t('whatPassword')}</option>
            <option value="all">{t('whatAll')}</option>
          </select>
        </div>
        <div className="field">
          <label htmlFor="proof">{t('proof')}</label>
          <select id="proof" name="proof" defaultValue="card">
            <option value="card">{t('proofCard')}</option>
            <option value="unit-head">{t('proofUnitHead')}</option>
            <option value="video">{t('proofVideo')}</option>
          </select>
        </div>
        <div className="field">
          <label htmlFor="reason">{t('reason')}</label>
          <input
            id="reason"
            name="reason"
            defaultValue={joiner && t('firstTime')}
            maxLength={200}
            autoComplete="off"
            aria-invalid={wrong('reason')}
          />
        </div>
        <button type="submit" className="primary" disabled={busy}>
          {busy ? t('sending') : t('send')}
        </button>
      </form>
    </section>
  );
}

type ListProps = {
  resets: readonly Reset[];
  mayConfirm: boolean;
  onHalf: (half: string) => void;
  onChange: () => void;
};

function List({ resets, mayConfirm, onHalf, onChange }: ListProps) {
  const { t, language } = useResetTexts();
  const confirm = useSubmit((id: string, headers) =>
    call<{ half: string }>(`${PATH}/${id}/confirm`, { method: 'POST', headers }),
  );
  const cancel = useSubmit((id: string, headers) =>
    call<{ cancelled: boolean }>(`${PATH}/${id}/cancel`, { method: 'POST', headers }),
  );
  const problem = confirm.problem ?? cancel.problem;
  if (resets.length === 0) return <EmptyState title={t('none')} text={t('noneText')} />;
  const whatOf = (reset: Reset) => t(reset.what === 'all' ? 'whatAll' : 'whatPassword');
  return (
    <section className="account-part" aria-labelledby="reset-list">
      <h2 id="reset-list">{t('list')}</h2>
      {problem && <RefusalPanel problem={problem} />}
      <ul className="devices">
        {resets.map((reset) => (
          <li key={reset.id}>
            <div>
              <b>
                {reset.name} · {reset.account}
              </b>{' '}
              <span className="badge">{t(`states.${reset.state}`)}</span>
              <p>
                {whatOf(reset)}；{reset.reason}
              </p>
              <p className="soft">
                {t('by')}：{reset.requestedBy} / {reset.way === 'counter' ? t('counter') : (reset.confirmedBy ?? '—')}{' '}
                {formatMoment(reset.requestedAt, { language })} · {t('until')}{' '}
                {formatMoment(reset.expiresAt, { language })}
              </p>
            </div>
            {(reset.state === 'requested' || reset.state === 'issued') && (
              <div className="acts">
                {mayConfirm && reset.state === 'requested' && (
                  <button
                    type="button"
                    className="primary"
                    disabled={confirm.busy}
                    aria-label={t('confirmNamed', { account: reset.account })}
                    onClick={() => void confirm.submit(reset.id).then((made) => made && onHalf(made.half))}
                  >
                    {t('confirm')}
                  </button>
                )}
                <button
                  type="button"
                  disabled={cancel.busy}
                  aria-label={t('cancelNamed', { account: reset.account })}
                  onClick={() => void cancel.submit(reset.id).then((done) => done && onChange())}
                >
                  {t('cancel')}
                </button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
