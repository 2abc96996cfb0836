import { type FormEvent, useId } from 'react';
import { call, type Problem, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useGatewayTexts } from './texts.ts';

export type Register = Reply<'/api/gateway/systems'>;
export type System = Register['systems'][number];

const words = (data: FormData, name: string): string[] =>
  String(data.get(name) ?? '')
    .split(/\s+/)
    .filter(Boolean);

function Faults({ problem, prefix }: { problem: Problem; prefix: string }) {
  const faults = problem.details.fields?.map(({ pointer, message }) => ({
    path: `${prefix}-${pointer.split('/')[1] ?? ''}`,
    message,
  }));
  return faults ? <FormErrors errors={faults} /> : <RefusalPanel problem={problem} />;
}

/** Form of one outside system (外部系统); the server's faults stand above it. */
export function SystemForm(options: {
  system?: System;
  register: Pick<Register, 'services' | 'usual'>;
  onDone: () => void;
  onCancel: () => void;
}) {
  const { system, onDone, onCancel } = options;
  const { services, usual } = options.register;
  const { t, language } = useGatewayTexts();
  const prefix = useId();
  const { busy, problem, submit } = useSubmit((body: object, headers) =>
    call(system ? `/api/gateway/systems/${system.id}` : '/api/gateway/systems', {
      method: system ? 'PUT' : 'POST',
      body,
      headers,
    }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const permits = services.flatMap(({ id }) => {
      const fields = data.getAll(`permit ${id}`).map(String);
      const count = (name: string) => Number(text(`${name}-${id}`)) || null;
      return fields.length === 0
        ? []
        : [
            {
              service: id,
              purposes: words(data, `purposes-${id}`),
              fields,
              perMinute: count('perMinute'),
              perDay: count('perDay'),
            },
          ];
    });
    const body = {
      ...(system ? { enabled: system.enabled } : { id: text('id') }),
      name: text('name'),
      nameEn: text('nameEn'),
      unit: text('unit'),
      contact: text('contact'),
      networks: words(data, 'networks'),
      tlsFingerprints: words(data, 'tlsFingerprints').map((one) => one.replaceAll(':', '').toLowerCase()),
      permits,
    };
    if (await submit(body)) onDone();
  };
  const field = (name: string, label: string, value: string, required = true) => (
    <div className="field">
      <label htmlFor={`${prefix}-${name}`}>{label}</label>
      <input id={`${prefix}-${name}`} name={name} defaultValue={value} required={required} />
    </div>
  );
  return (
    <form className="gw-form" onSubmit={(event) => void send(event)} aria-label={t(system ? 'edit' : 'add')}>
      {problem && <Faults problem={problem} prefix={prefix} />}
      {!system && field('id', t('id'), '')}
      {field('name', t('name'), system?.name ?? '')}
      {field('nameEn', t('nameEn'), system?.nameEn ?? '')}
      {field('unit', t('unit'), system?.unit ?? '')}
      {field('contact', t('contact'), system?.contact ?? '')}
      {field('networks', t('networks'), system?.networks.join(' ') ?? '', false)}
      {field('tlsFingerprints', t('tls'), system?.tlsFingerprints.join(' ') ?? '', false)}
      {services.map((service) => (
        <fieldset key={service.id}>
          <legend>
            {t('permits')}：{service.title[language]}
          </legend>
          <div className="choices">
            {service.fields.map(({ name, title }) => (
              <label key={name}>
                <input
                  type="checkbox"
                  name={`permit ${service.id}`}
                  value={name}
                  defaultChecked={system?.permits.find((p) => p.service === service.id)?.fields.includes(name)}
                />{' '}
                {title[language]}
              </label>
            ))}
          </div>
          <div className="three">
            {field(
              `purposes-${service.id}`,
              t('purposes'),
              system?.permits.find((p) => p.service === service.id)?.purposes.join(' ') ?? '',
              false,
            )}
            {(['perMinute', 'perDay'] as const).map((name) => (
              <div className="field" key={name}>
                <label htmlFor={`${prefix}-${name}-${service.id}`}>
                  {t(name, { usual: formatNumber(usual[name], { language }) })}
                </label>
                <input
                  id={`${prefix}-${name}-${service.id}`}
                  name={`${name}-${service.id}`}
                  type="number"
                  min={1}
                  defaultValue={system?.permits.find((p) => p.service === service.id)?.[name] ?? ''}
                />
              </div>
            ))}
          </div>
        </fieldset>
      ))}
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t('save')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

/** Registers a key: a public key or a certificate, with an end. */
export function KeyForm({ system, onDone, onCancel }: { system: string; onDone: () => void; onCancel: () => void }) {
  const { t } = useGatewayTexts();
  const prefix = useId();
  const { busy, problem, submit } = useSubmit((body: object, headers) =>
    call(`/api/gateway/systems/${system}/keys`, { method: 'POST', body, headers }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const until = new Date(`${String(data.get('until'))}T23:59:59+08:00`);
    if (await submit({ key: String(data.get('key')), validUntil: until.toISOString() })) onDone();
  };
  return (
    <form className="gw-form" onSubmit={(event) => void send(event)} aria-label={t('addKey')}>
      {problem && <Faults problem={problem} prefix={prefix} />}
      <div className="field wide">
        <label htmlFor={`${prefix}-key`}>{t('keyPem')}</label>
        <textarea id={`${prefix}-key`} name="key" rows={5} required />
      </div>
      <div className="field">
        <label htmlFor={`${prefix}-validUntil`}>{t('keyUntil')}</label>
        <input id={`${prefix}-validUntil`} name="until" type="date" required />
      </div>
      <p className="soft wide">{t('keyHint')}</p>
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t('save')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

/** Revokes a key, with a reason. */
export function RevokeForm({ id, onDone, onCancel }: { id: string; onDone: () => void; onCancel: () => void }) {
  const { t } = useGatewayTexts();
  const prefix = useId();
  const { busy, problem, submit } = useSubmit((reason: string, headers) =>
    call(`/api/gateway/keys/${id}/revoke`, { method: 'POST', body: { reason }, headers }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (await submit(String(new FormData(event.currentTarget).get('reason')))) onDone();
  };
  return (
    <form className="gw-form" onSubmit={(event) => void send(event)} aria-label={t('revoke')}>
      {problem && <Faults problem={problem} prefix={prefix} />}
      <div className="field">
        <label htmlFor={`${prefix}-reason`}>{t('revokeWhy')}</label>
        <input id={`${prefix}-reason`} name="reason" minLength={2} required />
      </div>
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t('revoke')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

/** Retires a key on a day that both sides have agreed on. */
export function RetireForm({ id, onDone, onCancel }: { id: string; onDone: () => void; onCancel: () => void }) {
  const { t } = useGatewayTexts();
  const prefix = useId();
  const { busy, problem, submit } = useSubmit((until: string, headers) =>
    call(`/api/gateway/keys/${id}/retire`, { method: 'POST', body: { until }, headers }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const day = String(new FormData(event.currentTarget).get('until'));
    if (await submit(new Date(`${day}T23:59:59+08:00`).toISOString())) onDone();
  };
  return (
    <form className="gw-form" onSubmit={(event) => void send(event)} aria-label={t('retire')}>
      {problem && <Faults problem={problem} prefix={prefix} />}
      <p className="soft wide">{t('retireHint')}</p>
      <div className="field">
        <label htmlFor={`${prefix}-until`}>{t('retireOn')}</label>
        <input id={`${prefix}-until`} name="until" type="date" required />
      </div>
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t('retire')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
