import type { FormEvent } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { Field, RightsPage } from './rights-parts.tsx';
import { useRightsTexts } from './rights-texts.ts';

type Consents = Reply<'/api/access/consents'>;
type Consent = Consents['consents'][number];

/** My consents (数据授权): what I let whom have, each use of it, revoke at once, give a new one. */
export default function ConsentsPage() {
  const { t, say } = useRightsTexts();
  const state = useApi('consents', (signal) => call<Consents>('/api/access/consents', { signal }));
  const { data } = state;
  const titleOf = (id: string): string => {
    const item = data?.items.find((one) => one.id === id);
    return item ? say(item.title) : id;
  };
  return (
    <RightsPage title={t('consents.title')} lead={t('consents.lead')} problem={state.problem} onRetry={state.reload}>
      {data?.consents.length === 0 && <EmptyState title={t('consents.none')} text={t('consents.noneText')} />}
      <ul className="rights-list">
        {data?.consents.map((one) => (
          <Item key={one.id} consent={one} titleOf={titleOf} onChanged={state.reload} />
        ))}
      </ul>
      {data && <Give choices={data} onGiven={state.reload} />}
    </RightsPage>
  );
}

function Item(props: { consent: Consent; titleOf: (id: string) => string; onChanged: () => void }) {
  const { consent, titleOf, onChanged } = props;
  const { t, language, say } = useRightsTexts();
  const revoke = useSubmit((id: string, headers) =>
    call(`/api/access/consents/${id}/revoke`, { method: 'POST', headers }),
  );
  const at = (moment: string) => formatMoment(moment, { language });
  return (
    <li>
      <h3>
        {consent.recipientName} · {say(consent.purposeTitle)}{' '}
        <span className="badge">{t(`consents.states.${consent.state as 'active'}`)}</span>
      </h3>
      <p>{consent.items.map(titleOf).join(' · ')}</p>
      <p className="soft">
        {consent.number} · {t('consents.until', { at: at(consent.validTo) })} ·{' '}
        {consent.mode === 'once' ? t('consents.once') : t('consents.continuous')}
      </p>
      <p className={consent.signatureHolds ? 'soft' : 'tone-now'}>
        {consent.signatureHolds ? `✓ ${t('consents.signed')}` : `⚠ ${t('consents.unsigned')}`}
      </p>
      {consent.uses.map((use) => (
        <p key={use.at}>
          {t('consents.uses', { at: at(use.at) })}：{use.items.map(titleOf).join(' · ')}
        </p>
      ))}
      {(consent.state === 'active' || consent.state === 'waiting') && (
        <div className="acts">
          <button
            type="button"
            disabled={revoke.busy}
            onClick={() => void revoke.submit(consent.id).then((done) => done && onChanged())}
          >
            {t('consents.revoke')}
          </button>
        </div>
      )}
      {revoke.problem && <RefusalPanel problem={revoke.problem} />}
    </li>
  );
}

function Give({ choices, onGiven }: { choices: Consents; onGiven: () => void }) {
  const { t, say } = useRightsTexts();
  const { busy, problem, submit } = useSubmit((body: object, headers) =>
    call<Consent>('/api/access/consents', { method: 'POST', body, headers }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const target = event.currentTarget;
    const form = new FormData(target);
    const of = (name: string) => String(form.get(name) ?? '').trim();
    const made = await submit({
      recipient: of('recipient').toUpperCase(),
      recipientName: of('recipientName'),
      purpose: of('purpose'),
      items: form.getAll('items').map(String),
      mode: of('mode'),
      days: Number(of('days')),
    });
    if (!made) return;
    target.reset();
    onGiven();
  };
  return (
    <section>
      <h2>{t('consents.give')}</h2>
      <form className="rights-form" onSubmit={(event) => void send(event)}>
        <Field label={t('consents.recipientName')}>
          {(id) => <input id={id} name="recipientName" required minLength={2} autoComplete="off" />}
        </Field>
        <Field label={t('consents.recipient')}>
          {(id) => <input id={id} name="recipient" required minLength={18} maxLength={18} autoComplete="off" />}
        </Field>
        <Field label={t('consents.purpose')}>
          {(id) => (
            <select id={id} name="purpose">
              {choices.purposes.map((purpose) => (
                <option key={purpose.code} value={purpose.code}>
                  {say(purpose.title)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <fieldset>
          <legend>{t('consents.items')}</legend>
          {choices.items.map((item) => (
            <label key={item.id}>
              <input type="checkbox" name="items" value={item.id} /> {say(item.title)}
            </label>
          ))}
        </fieldset>
        <Field label={t('consents.mode')}>
          {(id) => (
            <select id={id} name="mode">
              <option value="once">{t('consents.once')}</option>
              <option value="continuous">{t('consents.continuous')}</option>
            </select>
          )}
        </Field>
        <Field label={t('consents.days')}>
          {(id) => (
            <input id={id} name="days" type="number" min={1} max={choices.longestDays} defaultValue={30} required />
          )}
        </Field>
        {problem && <RefusalPanel problem={problem} />}
        <div className="acts">
          <button type="submit" className="primary" disabled={busy}>
            {t('consents.act')}
          </button>
        </div>
      </form>
    </section>
  );
}
