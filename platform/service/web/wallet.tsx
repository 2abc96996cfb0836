import { Link, useLocation } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { type Card, CertificateCard, inForce } from './certificate-card.tsx';
import { useWalletTexts } from './wallet-texts.ts';

type List = Reply<'/api/service/own-certificates'>;

/** My certificates (证照夹): what holds first, as cards. */
export default function WalletPage() {
  const { t } = useWalletTexts();
  const list = useApi('own certificates', (signal) => call<List>('/api/service/own-certificates', { signal }));
  const all = list.data?.certificates ?? [];
  const [holds, ended] = [all.filter(inForce), all.filter((card) => !inForce(card))];
  return (
    <div className="wallet">
      <header>
        <h1>{t('title')}</h1>
        <p className="soft">{t('lead')}</p>
      </header>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data && all.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
      <Cards cards={holds} />
      {ended.length > 0 && (
        <section className="wallet" aria-label={t('ended')}>
          <h2>{t('ended')}</h2>
          <Cards cards={ended} />
        </section>
      )}
      <p>
        <Link to="/citizen/certificate-check">{t('check')}</Link>
      </p>
    </div>
  );
}

function Cards({ cards }: { cards: readonly Card[] }) {
  const { pathname } = useLocation();
  return (
    <ul className="wallet-list">
      {cards.map((card) => (
        <li key={card.id}>
          <Link to={`${pathname.replace(/\/$/, '')}/${card.id}`}>
            <CertificateCard card={card} />
          </Link>
        </li>
      ))}
    </ul>
  );
}
