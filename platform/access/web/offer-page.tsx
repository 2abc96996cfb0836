import '#web/entrances/entrances.css';
import './delegation.css';
import { type FormEvent, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { entranceOf } from '#web/shell/entrances.ts';
import { useSession } from '#web/shell/session.tsx';
import type { Delegation, Delegations } from './shapes.ts';
import { useDelegationTexts } from './texts.ts';

type Basis = 'consent' | 'helper' | 'agent';
type Offer = {
  basis: Basis;
  to: { account?: string; name?: string; phone?: string };
  scopes: string[];
  until?: string;
  minutes?: number;
  evidence?: string;
};

const inDays = (days: number): string => new Date(Date.now() + (days * 24 + 8) * 3_600_000).toISOString().slice(0, 10);

/** The id of the field that a fault names. */
const idOf = (pointer: string): string =>
  pointer.startsWith('/scopes') ? 'scopes' : `offer-${pointer.split('/').at(-1) ?? ''}`;

/** Lets somebody act for me (请别人替我办事): who, what for, until when; one page, one act. */
export default function OfferPage() {
  const { t, i18n } = useDelegationTexts();
  const { me } = useSession();
  const entrance = entranceOf(useLocation().pathname) ?? 'citizen';
  const firm = entrance === 'business';
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const [basis, setBasis] = useState<Basis>(firm ? 'agent' : 'consent');
  const [by, setBy] = useState<'phone' | 'account'>('phone');
  const [sent, setSent] = useState<Delegation>();
  const [nothingChosen, setNothingChosen] = useState(false);
  const state = useApi('delegation scopes', (signal) => call<Delegations>('/api/access/delegations', { signal }));
  const { busy, problem, submit } = useSubmit((body: Offer, key) =>
    call<Delegation>('/api/access/delegations', { method: 'POST', body, headers: key }),
  );
  const scopes = state.data?.scopes.filter((s) => s.givers.includes(basis === 'agent' ? 'entity' : 'person')) ?? [];
  const byAccount = by === 'account' || basis === 'helper';
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const chosen = form.getAll('scopes').map(String);
    setNothingChosen(chosen.length === 0);
    if (chosen.length === 0) return;
    setSent(
      await submit({
        basis,
        to: byAccount ? { account: text('account') } : { name: text('name'), phone: text('phone') },
        scopes: chosen,
        ...(basis === 'helper'
          ? { minutes: Number(text('minutes')), evidence: text('evidence') }
          : { until: text('until') }),
      }),
    );
  };
  const faults = (problem?.details.fields ?? []).map(({ pointer, message }) => ({ path: idOf(pointer), message }));
  const errors = nothingChosen ? [{ path: 'scopes', message: t('offer.chooseWhat') }] : faults;
  const wrong = (id: string) => errors.some(({ path }) => path === id) || undefined;
  const back = (
    <Link to={`/${entrance}/delegations`} className={sent ? 'primary' : undefined}>
      {t('offer.back')}
    </Link>
  );
  if (sent) {
    return (
      <article className="citizen-page">
        <h1>{t('offer.title')}</h1>
        <p role="status">{t('offer.sent')}</p>
        <p>{back}</p>
      </article>
    );
  }
  return (
    <article className="citizen-page">
      <h1>{t('offer.title')}</h1>
      <p className="soft">{t('offer.lead')}</p>
      {me.acting && <p className="notice">{t('actingHint')}</p>}
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {problem && faults.length === 0 && <RefusalPanel problem={problem} />}
      <FormErrors errors={errors} />
      <form className="offer" onSubmit={send}>
        {!firm && (
          <fieldset>
            <legend>{t('offer.who')}</legend>
            {(['consent', 'helper'] as const).map((value) => (
              <label key={value} className="choice">
                <input type="radio" name="basis" checked={basis === value} onChange={() => setBasis(value)} />
                <span>
                  {t(value === 'consent' ? 'offer.relative' : 'offer.helper')}
                  <small>{t(value === 'consent' ? 'offer.relativeText' : 'offer.helperText')}</small>
                </span>
              </label>
            ))}
          </fieldset>
        )}
        {basis !== 'helper' && (
          <fieldset>
            <legend>{t('offer.by')}</legend>
            {(['phone', 'account'] as const).map((value) => (
              <label key={value} className="choice">
                <input type="radio" name="by" checked={by === value} onChange={() => setBy(value)} />
                <span>{t(value === 'phone' ? 'offer.byPhone' : 'offer.byAccount')}</span>
              </label>
            ))}
          </fieldset>
        )}
        {byAccount ? (
          <Field id="offer-account" name="account" label={t('offer.account')} wrong={wrong('offer-account')} />
        ) : (
          <>
            <Field id="offer-name" name="name" label={t('offer.name')} wrong={wrong('offer-name')} />
            <Field id="offer-phone" name="phone" type="tel" label={t('offer.phone')} wrong={wrong('offer-phone')} />
          </>
        )}
        <fieldset id="scopes" tabIndex={-1} aria-invalid={wrong('scopes')}>
          <legend>{t('offer.what')}</legend>
          {state.data && scopes.length === 0 && <p className="soft">{t('offer.nothing')}</p>}
          {scopes.map(({ id, title, text }) => (
            <label key={id} className="choice">
              <input type="checkbox" name="scopes" value={id} />
              <span>
                {title[language]}
                <small>{text[language]}</small>
              </span>
            </label>
          ))}
        </fieldset>
        {basis === 'helper' ? (
          <>
            <Field
              id="offer-minutes"
              name="minutes"
              type="number"
              value="60"
              label={t('offer.minutes')}
              wrong={wrong('offer-minutes')}
            />
            <Field id="offer-evidence" name="evidence" label={t('offer.evidence')} wrong={wrong('offer-evidence')} />
          </>
        ) : (
          <Field
            id="offer-until"
            name="until"
            type="date"
            value={inDays(90)}
            label={t('offer.until')}
            wrong={wrong('offer-until')}
          />
        )}
        <button type="submit" className="primary" disabled={busy}>
          {busy ? t('offer.busy') : t('offer.act')}
        </button>
      </form>
      <p>{back}</p>
    </article>
  );
}

function Field(field: {
  id: string;
  name: string;
  label: string;
  type?: string;
  value?: string;
  wrong: true | undefined;
}) {
  return (
    <div className="field">
      <label htmlFor={field.id}>{field.label}</label>
      <input
        id={field.id}
        name={field.name}
        type={field.type ?? 'text'}
        defaultValue={field.value}
        aria-invalid={field.wrong}
        required
      />
    </div>
  );
}
