import '#web/entrances/entrances.css';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { useTranslation } from 'react-i18next';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { AuthenticatorSection } from './authenticator-section.tsx';
import { ConsentsSection } from './consents-section.tsx';
import { HistorySection } from './history-section.tsx';
import { type Passkeys, PasskeysSection } from './passkeys-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { type Sessions, SessionsSection } from './sessions-section.tsx';
import { useAccountTexts } from './texts.ts';

/** My account and devices (我的账号与设备): the same page in every entrance that people work in. */
export default function AccountPage() {
  const { t } = useAccountTexts();
  const common = useTranslation().t;
  const { pathname } = useLocation();
  const { me, loading } = useSession();
  if (loading && !me.signedIn) return <p className="waiting">{common('loading')}</p>;
  if (me.signedIn) return <Account key={me.account} />;
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
}

function Account() {
  const { t } = useAccountTexts();
  const [turn, setTurn] = useState(0);
  const factors = useApi('second-factor', (signal) =>
    call<Reply<'/api/identity/second-factor'>>('/api/identity/second-factor', { signal }),
  );
  const sessions = useApi('sessions', (signal) => call<Sessions>('/api/identity/sessions', { signal }));
  const passkeys = useApi('passkeys', (signal) => call<Passkeys>('/api/identity/passkeys', { signal }));
  const changed = () => {
    setTurn(turn + 1);
    factors.reload();
    sessions.reload();
    passkeys.reload();
  };
  return (
    <article className="reading account" aria-busy={factors.loading || sessions.loading}>
      <header>
        <h1>{t('title')}</h1>
        <p className="soft">{t('lead')}</p>
      </header>
      {factors.problem && <RefusalPanel problem={factors.problem} onRetry={factors.reload} />}
      {factors.data && <AuthenticatorSection factors={factors.data} onChange={changed} />}
      <PasskeysSection state={passkeys} onChange={changed} />
      <SessionsSection state={sessions} onChange={changed} />
      <ConsentsSection />
      <PasswordSection onChange={changed} />
      <HistorySection turn={turn} />
    </article>
  );
}
