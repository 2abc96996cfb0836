import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { FormErrors } from '#web/design/form-errors.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { type Channel, CHANNELS, KindChoice, type Preferences } from './kind-choice.tsx';
import { useNotificationTexts } from './notification-texts.ts';
import './notifications.css';

/** Under which name the address of a channel is kept. */
const ADDRESS = { email: 'email', sms: 'mobile', wechat: 'openId' } as const;
const INPUT = {
  email: { type: 'email', autoComplete: 'email', maxLength: 265 },
  sms: { type: 'tel', autoComplete: 'tel-national', inputMode: 'numeric', maxLength: 11 },
  wechat: { type: 'text', autoComplete: 'off', maxLength: 64 },
} as const;
const FIRST_QUIET = { from: '22:00', to: '07:00' };

/** How I am told (通知设置): the same page in every entrance that people work in. */
export default function NotificationsPage() {
  const { t } = useNotificationTexts();
  const common = useTranslation().t;
  const { pathname } = useLocation();
  const { me, loading } = useSession();
  const state = useApi(`preferences ${me.account ?? ''}`, (signal) =>
    me.signedIn ? call<Preferences>('/api/signal/preferences', { signal }) : Promise.resolve(undefined),
  );
  if (loading && !me.signedIn) return <p className="waiting">{common('loading')}</p>;
  if (!me.signedIn)
    return (
      <EmptyState
        level={1}
        title={t('guest')}
        text={t('guestText')}
        act={
          <Link className="primary" to={`/login?next=${encodeURIComponent(pathname)}`}>
            {common('nav.signIn')}
          </Link>
        }
      />
    );
  return (
    <article className="reading notifications" aria-busy={state.loading}>
      <header>
        <h1>{t('title')}</h1>
        <p className="soft">{t('lead')}</p>
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data && <Wishes key={me.account} held={state.data} />}
    </article>
  );
}

type Draft = {
  on: Record<Channel, boolean>;
  address: Record<Channel, string>;
  quiet: boolean;
  from: string;
  to: string;
  off: string[];
};

const draftOf = (held: Preferences): Draft => ({
  on: { email: held.email, sms: held.sms, wechat: held.wechat },
  address: { email: held.contact.email ?? '', sms: held.contact.mobile ?? '', wechat: held.contact.openId ?? '' },
  quiet: held.quietFrom !== null,
  from: held.quietFrom ?? FIRST_QUIET.from,
  to: held.quietTo ?? FIRST_QUIET.to,
  off: held.kinds.flatMap(({ kind, off }) => off.map((channel) => `${kind} ${channel}`)),
});

/** What is sent: an address that is empty is none, and quiet hours that are not set have no times. */
const bodyOf = ({ on, address, quiet, from, to, off }: Draft) => ({
  ...on,
  contact: Object.fromEntries(
    CHANNELS.flatMap((channel) => (address[channel].trim() ? [[ADDRESS[channel], address[channel].trim()]] : [])),
  ),
  quietFrom: quiet ? from || null : null,
  quietTo: quiet ? to || null : null,
  off: off.map((each) => {
    const [kind, channel] = each.split(' ');
    return { kind, channel };
  }),
});

function Wishes({ held }: { held: Preferences }) {
  const { t, language } = useNotificationTexts();
  const [kept, setKept] = useState(held);
  const [draft, setDraft] = useState(() => draftOf(held));
  const [saved, setSaved] = useState(false);
  const { busy, problem, submit, reset } = useSubmit((body: object) =>
    call<Preferences>('/api/signal/preferences', { method: 'PUT', body }),
  );
  const change = (more: Partial<Draft>) => {
    setDraft({ ...draft, ...more });
    setSaved(false);
    reset();
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const now = await submit(bodyOf(draft));
    if (!now) return;
    setKept(now);
    setDraft(draftOf(now));
    setSaved(true);
  };
  const faults = problem?.details.fields ?? [];
  const fault = (pointer: string) => faults.find((each) => each.pointer === pointer)?.message;
  const turn = (kind: string, channel: Channel) => {
    const one = `${kind} ${channel}`;
    change({ off: draft.off.includes(one) ? draft.off.filter((each) => each !== one) : [...draft.off, one] });
  };
  const time = (name: 'from' | 'to', pointer: string) => (
    <label>
      {t(name)}
      <input
        id={`f${pointer}`}
        type="time"
        value={draft[name]}
        aria-invalid={fault(pointer) !== undefined}
        onChange={(event) => change(name === 'from' ? { from: event.target.value } : { to: event.target.value })}
      />
      {fault(pointer) && <span className="notify-fault">{fault(pointer)}</span>}
    </label>
  );
  const dirty = JSON.stringify(bodyOf(draft)) !== JSON.stringify(bodyOf(draftOf(kept)));
  return (
    <form onSubmit={(event) => void send(event)} noValidate>
      {problem && faults.length === 0 && <RefusalPanel problem={problem} />}
      <FormErrors
        errors={faults.map(({ pointer, message }) => {
          const channel = CHANNELS.find((each) => pointer === `/contact/${ADDRESS[each]}`);
          return {
            path: `f${pointer}`,
            message: channel ? t('faultAt', { what: t(`address.${channel}`), fault: message }) : message,
          };
        })}
      />
      <section aria-labelledby="notify-channels">
        <h2 id="notify-channels">{t('channels')}</h2>
        <p className="soft">{t('channelsLead')}</p>
        <div className="notify-channels">
          {CHANNELS.map((channel) => {
            const pointer = `/contact/${ADDRESS[channel]}`;
            return (
              <fieldset key={channel} data-on={draft.on[channel]}>
                <legend>{t(`channel.${channel}`)}</legend>
                <label className="notify-check">
                  <input
                    type="checkbox"
                    checked={draft.on[channel]}
                    onChange={() => change({ on: { ...draft.on, [channel]: !draft.on[channel] } })}
                  />
                  {t('use', { channel: t(`channel.${channel}`) })}
                </label>
                <label>
                  {t(`address.${channel}`)}
                  <input
                    id={`f${pointer}`}
                    {...INPUT[channel]}
                    value={draft.address[channel]}
                    aria-invalid={fault(pointer) !== undefined}
                    onChange={(event) => change({ address: { ...draft.address, [channel]: event.target.value } })}
                  />
                  {fault(pointer) && <span className="notify-fault">{fault(pointer)}</span>}
                  <small>{t(`addressHelp.${channel}`)}</small>
                </label>
                {!kept.available[channel] && <p className="soft">{t('notAvailable')}</p>}
              </fieldset>
            );
          })}
        </div>
      </section>
      <section aria-labelledby="notify-quiet">
        <h2 id="notify-quiet">{t('quiet')}</h2>
        <p className="soft">{t('quietLead')}</p>
        <label className="notify-check">
          <input type="checkbox" checked={draft.quiet} onChange={() => change({ quiet: !draft.quiet })} />
          {t('quietOn')}
        </label>
        {draft.quiet && (
          <div className="notify-times">
            {time('from', '/quietFrom')}
            {time('to', '/quietTo')}
          </div>
        )}
      </section>
      <section aria-labelledby="notify-kinds">
        <h2 id="notify-kinds">{t('kinds')}</h2>
        <p className="soft">{t('kindsLead')}</p>
        {kept.kinds.map((kind) => (
          <KindChoice
            key={kind.kind}
            kind={kind}
            language={language}
            on={draft.on}
            off={(channel) => draft.off.includes(`${kind.kind} ${channel}`)}
            onTurn={(channel) => turn(kind.kind, channel)}
          />
        ))}
      </section>
      <div className="notify-save">
        <button type="submit" className="primary" disabled={busy}>
          {busy ? t('saving') : t('save')}
        </button>
        <p role="status">{saved ? t('saved') : dirty ? t('unsaved') : ''}</p>
      </div>
    </form>
  );
}
