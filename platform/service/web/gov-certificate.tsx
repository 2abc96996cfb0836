import { type FormEvent, useState } from 'react';
import { Link, useParams } from 'react-router';
import { call, type Problem, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { PurposeGate, PurposeLine, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { CertificateCard } from './certificate-card.tsx';
import { History, Uses } from './certificate-log.tsx';
import { type CertificateStateText, useWalletTexts } from './wallet-texts.ts';
import './cases.css';

type Certificate = Reply<'/api/service/certificates/{id}'>;
const PURPOSE = 'handle-case';
/** What can be done in which state; the server asks its own table. */
const ACTS = {
  suspend: ['in-force'],
  resume: ['suspended'],
  revoke: ['in-force', 'suspended'],
  rescind: ['in-force', 'suspended', 'issued'],
  cancel: ['in-force', 'suspended', 'issued'],
} as const;
type ActName = keyof typeof ACTS;

/** One certificate of the unit (一本证照): what stands on it, what was done to it, who used it; or one that was given to a case in place of a paper. */
export default function GovCertificatePage() {
  const { t } = useWalletTexts();
  const { id = '', code } = useParams();
  const purpose = usePurpose('certificates', t('subject'), [PURPOSE]);
  const address = code ? `/api/service/cases/${code}/certificates/${id}` : `/api/service/certificates/${id}`;
  const state = useApi(purpose.code ? `certificate ${address}` : null, (signal) =>
    call<Certificate>(address, { headers: purpose.headers, signal }),
  );
  if (!purpose.code) return <PurposeGate purpose={purpose} text={t('gate')} />;
  const found = state.data;
  return (
    <div className="cases">
      <header className="dc-head">
        <p>
          {code ? (
            <Link to={`/gov/cases/${code}`}>{t('usedIn', { code })}</Link>
          ) : (
            <Link to="/gov/certificates">{t('desk')}</Link>
          )}
        </p>
        <PurposeLine purpose={purpose} />
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {found && (
        <div className="case-page">
          <div>
            <CertificateCard card={found} level={1} />
            <Facts found={found} linked={!code} />
          </div>
          {!code && (
            <aside>
              <Acts key={found.state} found={found} onDone={state.reload} />
              <History acts={found.acts} />
              <Uses uses={found.uses} />
            </aside>
          )}
        </div>
      )}
    </div>
  );
}

function Facts({ found, linked }: { found: Certificate; linked: boolean }) {
  const { t, language } = useWalletTexts();
  return (
    <section>
      <dl className="case-answers">
        <div>
          <dt>{t('holder')}</dt>
          <dd>{found.name}</dd>
        </div>
        {found.holderCode && (
          <div>
            <dt>{t('holderCode')}</dt>
            <dd>{found.holderCode}</dd>
          </div>
        )}
        {found.fields.map(({ key, title, value }) => (
          <div key={key}>
            <dt>{title[language]}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>{t('identifier')}</dt>
          <dd>{found.identifier}</dd>
        </div>
      </dl>
      {linked && found.caseCode && (
        <p>
          <Link to={`/gov/cases/${found.caseCode}`}>{t('ofCase', { code: found.caseCode })}</Link>
        </p>
      )}
    </section>
  );
}

/** What burdens a holder is a person's act with legal basis and reason (行政许可法 art. 69, 70): the head of the unit. */
function Acts({ found, onDone }: { found: Certificate; onDone: () => void }) {
  const { t } = useWalletTexts();
  const { me } = useSession();
  const [act, setAct] = useState<ActName>();
  const [done, setDone] = useState(false);
  const { busy, problem, submit } = useSubmit(({ to, body }: { to: string; body: object }, key) =>
    call(`/api/service/certificates/${found.id}/${to}`, { method: 'POST', body, headers: key }),
  );
  const names = (Object.keys(ACTS) as ActName[]).filter((name) =>
    (ACTS[name] as readonly string[]).includes(found.state),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const body = { basis: String(form.get('basis')), reason: String(form.get('reason')) };
    if (act && (await submit({ to: act, body })) !== undefined) onDone();
  };
  const renew = async () => {
    if ((await submit({ to: 'versions', body: { cause: 'reissue', changes: [] } })) === undefined) return;
    setDone(true);
    onDone();
  };
  const refused = problem && <RefusalPanel problem={problem as Problem} />;
  if (me.kind !== 'unit-head')
    return (
      <section className="case-next" aria-label={t('acts')}>
        <p className="soft">{t('notHead')}</p>
        {found.state === 'in-force' && !done && (
          <div className="acts">
            <button type="button" disabled={busy} onClick={() => void renew()}>
              {t('renew')}
            </button>
          </div>
        )}
        {done && <p role="status">{t('renewed')}</p>}
        {refused}
      </section>
    );
  if (names.length === 0) return <p className="soft">{t(`state.${found.state as CertificateStateText}`)}</p>;
  return (
    <section className="case-next" aria-label={t('acts')}>
      <h2>{t('acts')}</h2>
      <p className="soft">{t('actsText')}</p>
      <form onSubmit={(event) => void send(event)}>
        <fieldset>
          <legend className="hidden">{t('acts')}</legend>
          {names.map((name) => (
            <label key={name} className="choice">
              <input type="radio" name="act" required onChange={() => setAct(name)} />
              {t(`actDo.${name}`)}
            </label>
          ))}
        </fieldset>
        <label>
          {t('basis')}
          <input name="basis" minLength={4} maxLength={200} required />
        </label>
        <label>
          {t('reason')}
          <textarea name="reason" rows={3} minLength={4} maxLength={1000} required />
        </label>
        {refused}
        <button type="submit" className="primary" disabled={busy || !act}>
          {act ? t(`actDo.${act}`) : t('acts')}
        </button>
      </form>
    </section>
  );
}
