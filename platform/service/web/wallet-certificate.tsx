import { type FormEvent, useEffect, useState } from 'react';
import { Link, useLocation, useParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { QrCode } from '#web/entrances/account/qr-code.tsx';
import { CertificateCard } from './certificate-card.tsx';
import { History, Uses } from './certificate-log.tsx';
import { useWalletTexts } from './wallet-texts.ts';

type Certificate = Reply<'/api/service/own-certificates/{id}'>;
type Face = Reply<'/api/service/own-certificates/{id}/face'>;
type Shown = Reply<'/api/service/own-certificates/{id}/presentations', 'post'>;

/** Where a code is checked: the code stands behind `#`, which no browser sends to a server. */
const addressOf = (code: string): string => `${location.origin}/citizen/certificate-check#${code}`;
const MINUTES = 5;

/** One certificate of mine: code for checking, what I choose to show, the sealed face, and who used it. */
export default function WalletCertificatePage() {
  const { t, language } = useWalletTexts();
  const { id = '' } = useParams();
  const { pathname } = useLocation();
  const state = useApi(`own certificate ${id}`, (signal) =>
    call<Certificate>(`/api/service/own-certificates/${id}`, { signal }),
  );
  const found = state.data;
  return (
    <div className="wallet-page">
      <div>
        <p>
          <Link to={pathname.slice(0, pathname.lastIndexOf('/'))}>{t('back')}</Link>
        </p>
        {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
        {found && (
          <>
            <CertificateCard card={found} level={1} />
            <dl className="wallet-facts">
              <dt>{t('holder')}</dt>
              <dd>{found.name}</dd>
              {found.holderCode && (
                <>
                  <dt>{t('holderCode')}</dt>
                  <dd>{found.holderCode}</dd>
                </>
              )}
              <dt>{t('issuer')}</dt>
              <dd>{found.issuerTitle[language]}</dd>
              <dt>{t('issuedOn')}</dt>
              <dd>
                {found.issuedOn} · {t('version', { n: found.version })}
              </dd>
              <dt>{t('identifier')}</dt>
              <dd>{found.identifier}</dd>
            </dl>
            {found.ofd ? (
              <FacePart id={found.id} ofd={found.ofd} pdf={found.pdf} />
            ) : (
              <p className="soft">{t('making')}</p>
            )}
          </>
        )}
      </div>
      {found && (
        <div>
          {found.code && found.state === 'in-force' && (
            <section className="wallet-qr" aria-label={t('qr')}>
              <QrCode text={addressOf(found.code)} label={t('qr')} />
              <p className="soft">{t('qrText')}</p>
            </section>
          )}
          {found.state === 'in-force' && <ShowPart found={found} onShown={state.reload} />}
          <Uses uses={found.uses} />
          <History acts={found.acts} />
        </div>
      )}
    </div>
  );
}

/** The sealed original, drawn from the OFD. An image runs nothing and loads nothing. */
function FacePart({ id, ofd, pdf }: { id: string; ofd: string; pdf: string | null }) {
  const { t } = useWalletTexts();
  const face = useApi(`face ${id}`, (signal) => call<Face>(`/api/service/own-certificates/${id}/face`, { signal }));
  const file = (name: string) => `/api/document/files/${name}/content`;
  return (
    <section aria-label={t('face')}>
      <h2>{t('face')}</h2>
      {face.problem && <RefusalPanel problem={face.problem} onRetry={face.reload} />}
      {face.data && (
        <>
          <figure className="wallet-face">
            <img src={`data:image/svg+xml,${encodeURIComponent(face.data.svg)}`} alt={t('face')} />
          </figure>
          <p className={face.data.intact ? 'soft' : 'check-warn'}>
            {face.data.intact ? `✓ ${t('intact')}` : t('broken')}
          </p>
        </>
      )}
      <p>
        <a href={file(ofd)}>{t('ofd')}</a>
        {pdf && (
          <>
            {' · '}
            <a href={file(pdf)}>{t('pdf')}</a>
          </>
        )}
      </p>
    </section>
  );
}

/** Chosen fields, for minutes (亮证). */
function ShowPart({ found, onShown }: { found: Certificate; onShown: () => void }) {
  const { t } = useWalletTexts();
  const [shown, setShown] = useState<Shown>();
  const { busy, problem, submit } = useSubmit((body: { fields: string[]; minutes: number }) =>
    call<Shown>(`/api/service/own-certificates/${found.id}/presentations`, { method: 'POST', body }),
  );
  const make = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget).getAll('field').map(String);
    const made = fields.length > 0 ? await submit({ fields, minutes: MINUTES }) : undefined;
    if (made) {
      setShown(made);
      onShown();
    }
  };
  return (
    <section aria-label={t('show')}>
      <h2>{t('show')}</h2>
      {shown ? (
        <>
          <div className="wallet-qr">
            <QrCode text={addressOf(shown.code)} label={t('show')} />
            <Countdown until={shown.until} />
          </div>
          <button type="button" onClick={() => setShown(undefined)}>
            {t('again')}
          </button>
        </>
      ) : (
        <form onSubmit={(event) => void make(event)}>
          <p className="soft">{t('showText')}</p>
          <fieldset className="wallet-choose">
            {found.fields.map(({ key, title, value }) => (
              <label key={key}>
                <input type="checkbox" name="field" value={key} defaultChecked={key === 'name'} />
                {title.zh}
                <small>{value}</small>
              </label>
            ))}
          </fieldset>
          {problem && <RefusalPanel problem={problem} />}
          <button type="submit" className="primary" disabled={busy}>
            {t('make')} · {t('minutes', { n: MINUTES })}
          </button>
        </form>
      )}
    </section>
  );
}

function Countdown({ until }: { until: string }) {
  const { t, language } = useWalletTexts();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(tick);
  }, []);
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - now) / 1000));
  if (seconds === 0) return <p className="check-warn">{t('over')}</p>;
  const left = seconds > 90 ? t('minutesLeft', { n: Math.ceil(seconds / 60) }) : t('seconds', { n: seconds });
  return <p>{t('shownUntil', { time: formatMoment(until, { language }), left })}</p>;
}
