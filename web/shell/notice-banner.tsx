import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import type { Entrance } from './entrances.ts';
import { useSession } from './session.tsx';

const ASK_AGAIN_MS = 60_000;

/** Says on every page that a new device signed in to the account (新设备登录), until the person has seen it. */
export function NoticeBanner({ entrance }: { entrance: Entrance }) {
  const { t, i18n } = useTranslation();
  const { me } = useSession();
  const state = useApi(
    me.signedIn ? `notices ${me.account}` : null,
    (signal) => call<Reply<'/api/identity/notices'>>('/api/identity/notices', { signal }),
    { refreshMs: ASK_AGAIN_MS },
  );
  const seen = useSubmit((_: null, headers) => call('/api/identity/notices/seen', { method: 'PUT', headers }));
  const [first] = state.data?.newDevices ?? [];
  if (!first) return null;
  const language = i18n.language === 'en' ? 'en' : 'zh';
  // The control room has no page of one's own account.
  const account = `/${entrance === 'ops' ? 'gov' : entrance}/account`;
  return (
    <section className="acting-banner" aria-label={t('notice.label')}>
      <p role="status">{t('notice.text', { device: first.device ?? '—', at: formatMoment(first.at, { language }) })}</p>
      <Link to={account}>{t('notice.check')}</Link>
      <button
        type="button"
        disabled={seen.busy}
        onClick={() => void seen.submit(null).then((done) => done && state.reload())}
      >
        {t('notice.seen')}
      </button>
    </section>
  );
}
