import { formatMoment } from '#web/design/format.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { type CertificateStateText, useWalletTexts } from './wallet-texts.ts';
import './wallet.css';

export type Card = Reply<'/api/service/own-certificates'>['certificates'][number];

export const inForce = ({ state }: { state: string }): boolean => state === 'in-force' || state === 'issued';

/** A certificate as a card (证照卡片): issuer, title, number, until when. What holds no longer is grey and says why. */
export function CertificateCard({ card, level = 2 }: { card: Card; level?: 1 | 2 }) {
  const { t, language } = useWalletTexts();
  const Heading = level === 1 ? 'h1' : 'h2';
  const day = card.validUntil && formatMoment(`${card.validUntil}T12:00:00+08:00`, { language, time: false });
  return (
    <article className="card" data-ended={!inForce(card)}>
      <Rosette />
      <header>
        <span>{card.issuerTitle[language]}</span>
        <b className="card-state">{t(`state.${card.state as CertificateStateText}`)}</b>
      </header>
      <Heading>
        {card.title[language]} {card.sample && <SampleBadge />}
      </Heading>
      <footer>
        <span className="card-number">{card.number}</span>
        <span>{day ? t('until', { day }) : t('forever')}</span>
      </footer>
    </article>
  );
}

/** The ornament of engraved certificates (团花): turned ellipses in one line weight. */
function Rosette() {
  const turns = Array.from({ length: 12 }, (_, at) => at * 15);
  return (
    <svg className="card-rosette" viewBox="-50 -50 100 100" aria-hidden="true">
      {turns.map((angle) => (
        <ellipse key={angle} rx="46" ry="20" transform={`rotate(${angle})`} />
      ))}
    </svg>
  );
}
