import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import '../../web/grid.css';
import { useParticipationTexts } from './participation-texts.ts';

type Points = Reply<'/api/grid/points'>;

/** My points (我的积分): what I have, what for, and what I can have for them. Nobody else appears here. */
export default function PointsPage() {
  const { t, language } = useParticipationTexts();
  const state = useApi('grid points', (signal) => call<Points>('/api/grid/points', { signal }));
  const [code, setCode] = useState<string>();
  const { busy, problem, submit } = useSubmit(({ path, body }: { path: string; body?: object }, key) =>
    call<{ code?: string }>(path, { method: 'POST', body, headers: key }),
  );
  const act = async (path: string, body?: object) => {
    const answer = await submit({ path, body });
    if (!answer) return;
    setCode(answer.code);
    state.reload();
  };
  const found = state.data;
  if (!found)
    return (
      <div className="grid-own">{state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}</div>
    );
  const { rules } = found;
  return (
    <div className="grid-own">
      <h1>{t('points')}</h1>
      <p className="grid-balance">{t('balance', { n: found.balance })}</p>
      <p className="soft">
        {t('rules', {
          report: rules.report,
          follow: Math.floor((rules.report * rules.follower) / 100),
          day: rules.day,
        })}
      </p>
      {found.badges.length > 0 && (
        <p>
          {t('badges')}
          {'：'}
          {found.badges.map((each) => (
            <span className="badge" key={each}>
              {t(`badge.${each as 'first'}`)}
            </span>
          ))}
        </p>
      )}
      {problem && <RefusalPanel problem={problem} />}
      {code && <p role="status">{t('redeemed', { code })}</p>}
      {found.pauses.map((each) => (
        <section key={each.id} aria-label={t('pauses')}>
          <h2>{t('pauses')}</h2>
          <p className="notice">
            {t('paused', { until: formatMoment(each.until, { language, time: false }), reason: each.reason })}
          </p>
          <p>{t('pausedText')}</p>
          {each.outcome ? (
            <p role="status">
              {t(`outcome.${each.outcome as 'lifted'}`)} {each.outcomeReason}
            </p>
          ) : each.appeal ? (
            <p role="status">{t('appealed')}</p>
          ) : (
            <Appeal busy={busy} send={(text) => act(`/api/grid/own-pauses/${each.id}/appeal`, { text })} />
          )}
        </section>
      ))}
      <section aria-label={t('vouchers')}>
        <h2>{t('vouchers')}</h2>
        <ul className="grid-twins">
          {found.vouchers.map((each) => (
            <li key={each.id}>
              <b>{each.title[language]}</b>
              <span className="soft">{t('left', { n: each.left })}</span>
              <button
                type="button"
                disabled={busy || each.left === 0 || each.cost > found.balance}
                onClick={() => void act(`/api/grid/vouchers/${each.id}/redeem`)}
              >
                {t('redeem', { n: each.cost })}
              </button>
            </li>
          ))}
        </ul>
        {found.redeemed.length > 0 && (
          <>
            <h3>{t('mine')}</h3>
            <ul>
              {found.redeemed.map((each) => (
                <li key={each.code}>
                  {each.title[language]} <b className="grid-no">{each.code}</b>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
      {found.draws.length > 0 && (
        <section aria-label={t('draws')}>
          <h2>{t('draws')}</h2>
          <ul className="grid-twins">
            {found.draws.map((each) => (
              <li key={each.id}>
                <b>{each.title[language]}</b>
                <span className="soft">
                  {t('draw', { n: each.winners, when: formatMoment(each.closesAt, { language }) })}
                </span>
                {each.ticket && <span className="grid-no">{t('myTicket', { ticket: each.ticket })}</span>}
                {each.ticket && each.drawnAt && (
                  <span role="status">{t(each.won.includes(each.ticket) ? 'won' : 'lost')}</span>
                )}
                {!each.ticket && !each.drawnAt && (
                  <button
                    type="button"
                    disabled={busy || each.cost > found.balance}
                    onClick={() => void act(`/api/grid/draws/${each.id}/tickets`)}
                  >
                    {t('ticket', { n: each.cost })}
                  </button>
                )}
                <details>
                  <summary>{t('verify')}</summary>
                  <p className="grid-no">{t('seed', { seed: each.seed })}</p>
                  <p>{t('verifyText')}</p>
                </details>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label={t('lines')}>
        <h2>{t('lines')}</h2>
        {found.lines.length === 0 && <EmptyState title={t('noLines')} text={t('noLinesText')} />}
        <ul className="grid-mine">
          {found.lines.map((each) => (
            <li key={each.id}>
              <b>{signed(each.amount)}</b> {t(`kind.${each.kind as 'report'}`)}{' '}
              {each.amount === 0 && (each.kind === 'report' || each.kind === 'follow') && (
                <span className="soft">{t('full')}</span>
              )}{' '}
              <span className="soft">{formatMoment(each.at, { language })}</span>
              {each.kind === 'reversal' && (
                <TakenBack
                  line={each}
                  busy={busy}
                  send={(text) => act(`/api/grid/own-reversals/${each.id}/object`, { text })}
                />
              )}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

/** With a real minus, which is as wide as the plus. */
const signed = (n: number) => (n > 0 ? `+${n}` : n < 0 ? `−${-n}` : '0');

/** Why points were taken back (收回的理由), and the way to say that one does not agree. */
function TakenBack({
  line,
  busy,
  send,
}: {
  line: Points['lines'][number];
  busy: boolean;
  send: (text: string) => Promise<void>;
}) {
  const { t } = useParticipationTexts();
  const { objection } = line;
  const partly = line.earned !== null && line.earned !== -line.amount;
  return (
    <div>
      <p>{line.note === null ? t('backOwn') : t('backWhy', { why: line.note })}</p>
      {partly && <p className="soft">{t('backPart', { earned: line.earned })}</p>}
      {objection?.outcome && (
        <p role="status">{t(`objection.${objection.outcome as 'upheld'}`, { reason: objection.reason })}</p>
      )}
      {objection && !objection.outcome && <p role="status">{t('objected', { text: objection.text })}</p>}
      {!objection && line.note !== null && (
        <details>
          <summary>{t('object')}</summary>
          <Words label={t('objectWhy')} button={t('sendObjection')} busy={busy} send={send} />
        </details>
      )}
    </div>
  );
}

function Appeal({ busy, send }: { busy: boolean; send: (text: string) => Promise<void> }) {
  const { t } = useParticipationTexts();
  return <Words label={t('appeal')} button={t('sendAppeal')} busy={busy} send={send} />;
}

function Words(props: { label: string; button: string; busy: boolean; send: (text: string) => Promise<void> }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void props.send(String(new FormData(event.currentTarget).get('text') ?? '').trim());
  };
  return (
    <form onSubmit={submit}>
      <label>
        {props.label}
        <textarea name="text" rows={3} minLength={4} maxLength={1000} required />
      </label>
      <button type="submit" className="primary" disabled={props.busy}>
        {props.button}
      </button>
    </form>
  );
}
