import './gateway.css';
import { useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { KeyForm, type Register, RetireForm, RevokeForm, type System, SystemForm } from './forms.tsx';
import { useGatewayTexts } from './texts.ts';

type Key = System['keys'][number];

/** Gateway (数据网关): outside systems with their keys and calls, and the log of messages. */
export default function GatewayPage() {
  const { t } = useGatewayTexts();
  const { me } = useSession();
  const [adding, setAdding] = useState(false);
  const state = useApi('gateway-systems', (signal) => call<Register>('/api/gateway/systems', { signal }));
  const manages = me.kind === 'system-administrator';
  const done = () => {
    setAdding(false);
    state.reload();
  };
  const register = state.data;
  const systems = register?.systems ?? [];
  return (
    <article className="gw" aria-busy={state.loading}>
      <header>
        <h1>{t('title')}</h1>
        <p className="soft">{t('lead')}</p>
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {manages && state.data && !adding && (
        <p>
          <button type="button" className="primary" onClick={() => setAdding(true)}>
            {t('add')}
          </button>
        </p>
      )}
      {adding && register && <SystemForm register={register} onDone={done} onCancel={() => setAdding(false)} />}
      {state.data && systems.length === 0 && !adding && <EmptyState title={t('none')} text={t('noneText')} />}
      <ul>
        {register &&
          systems.map((system) => (
            <SystemEntry key={system.id} system={system} register={register} manages={manages} onChanged={done} />
          ))}
      </ul>
      <Messages />
      {state.data && <Trust register={state.data} />}
    </article>
  );
}

function SystemEntry(options: { system: System; register: Register; manages: boolean; onChanged: () => void }) {
  const { system, register, manages, onChanged } = options;
  const { t, language } = useGatewayTexts();
  const { me } = useSession();
  const unitName = useUnitName();
  const [open, setOpen] = useState<'edit' | 'key' | 'calls' | null>(null);
  const toggle = useSubmit((enabled: boolean, headers) => {
    const { name, nameEn, unit, contact, networks, tlsFingerprints, permits } = system;
    const body = { name, nameEn, unit, contact, networks, tlsFingerprints, permits, enabled };
    return call(`/api/gateway/systems/${system.id}`, { method: 'PUT', body, headers });
  });
  const done = () => {
    setOpen(null);
    onChanged();
  };
  // Newest first: that one stays.
  const inForce = system.keys.filter(({ state }) => state === 'in-force');
  return (
    <li className="gw-system">
      <header>
        <div>
          <h2>
            {language === 'en' ? system.nameEn : system.name} <code>{system.id}</code>{' '}
            {!system.enabled && <span className="badge">{t('disabled')}</span>}
          </h2>
          <p className="soft">
            {unitName(system.unit)} · {system.contact} ·{' '}
            {system.lastCall ? t('lastCall', { at: formatMoment(system.lastCall, { language }) }) : t('never')} ·{' '}
            {t('today', { calls: system.callsToday, refused: system.refusedToday })}
          </p>
        </div>
        <div className="acts">
          <button type="button" onClick={() => setOpen(open === 'calls' ? null : 'calls')}>
            {t(open === 'calls' ? 'hideCalls' : 'showCalls')}
          </button>
          {manages && (
            <>
              <button type="button" onClick={() => setOpen('edit')}>
                {t('edit')}
              </button>
              <button type="button" onClick={() => setOpen('key')}>
                {t('addKey')}
              </button>
              <button
                type="button"
                disabled={toggle.busy}
                onClick={() => void toggle.submit(!system.enabled).then((reply) => reply && done())}
              >
                {t(system.enabled ? 'disable' : 'enable')}
              </button>
            </>
          )}
        </div>
      </header>
      {toggle.problem && <RefusalPanel problem={toggle.problem} />}
      {open === 'edit' && (
        <SystemForm system={system} register={register} onDone={done} onCancel={() => setOpen(null)} />
      )}
      {open === 'key' && <KeyForm system={system.id} onDone={done} onCancel={() => setOpen(null)} />}
      {open === 'calls' && <Calls system={system.id} />}
      <Permits system={system} register={register} />
      {inForce.length > 1 && <p className="soft">{t('severalKeys', { n: inForce.length })}</p>}
      {system.keys.length === 0 && <p className="soft">{t('noKeys')}</p>}
      {system.keys.map((key) => (
        <KeyEntry
          key={key.id}
          entry={key}
          mayRetire={manages && inForce.slice(1).some(({ id }) => id === key.id)}
          mayRevoke={manages || me.kind === 'security-administrator'}
          onChanged={onChanged}
        />
      ))}
    </li>
  );
}

/** What a system may have verified, and how often: as agreed, or as the rulebook says for all. */
function Permits({ system, register }: { system: System; register: Register }) {
  const { t, language } = useGatewayTexts();
  const { services, usual } = register;
  if (system.permits.length === 0) return <p className="soft">{t('noPermits')}</p>;
  const quota = (most: number | null, name: 'perMinute' | 'perDay') =>
    t(most === null ? `${name}Usual` : `${name}Agreed`, { n: formatNumber(most ?? usual[name], { language }) });
  return (
    <ul className="gw-permits">
      {system.permits.map((permit) => {
        const service = services.find(({ id }) => id === permit.service);
        const names = permit.fields.map(
          (name) => service?.fields.find((f) => f.name === name)?.title[language] ?? name,
        );
        return (
          <li key={permit.service}>
            {service?.title[language] ?? permit.service}
            {t('colon')}
            {names.join(t('comma'))}
            <span className="soft">
              {' '}
              · {t('purpose')} {permit.purposes.join(t('comma'))} · {t('quota')}
              {quota(permit.perMinute, 'perMinute')}
              {t('comma')}
              {quota(permit.perDay, 'perDay')}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function KeyEntry(options: { entry: Key; mayRetire: boolean; mayRevoke: boolean; onChanged: () => void }) {
  const { entry, mayRetire, mayRevoke, onChanged } = options;
  const { t, language } = useGatewayTexts();
  const [asking, setAsking] = useState<'retire' | 'revoke' | null>(null);
  const ends = {
    id: entry.id,
    onDone: () => {
      setAsking(null);
      onChanged();
    },
    onCancel: () => setAsking(null),
  };
  const over = entry.state === 'revoked';
  return (
    <div className="gw-key" data-state={entry.state}>
      <div>
        <p>
          <b>{t(`states.${entry.state as 'revoked'}`)}</b> {entry.algorithm} ·{' '}
          {t('until', { at: formatMoment(entry.validUntil, { language, time: false }) })}
          {entry.authority && ` · ${t('byAuthority', { name: entry.authority })}`}
          {entry.revokedReason && ` · ${entry.revokedReason}`}
        </p>
        <p className="soft">
          {entry.id} · {t('fingerprint')} <code>{entry.fingerprint}</code>
        </p>
        {asking === 'retire' && <RetireForm {...ends} />}
        {asking === 'revoke' && <RevokeForm {...ends} />}
      </div>
      {!over && !asking && (mayRetire || mayRevoke) && (
        <div className="acts">
          {mayRetire && entry.state === 'in-force' && (
            <button type="button" onClick={() => setAsking('retire')}>
              {t('retire')}
            </button>
          )}
          {mayRevoke && (
            <button type="button" onClick={() => setAsking('revoke')}>
              {t('revoke')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function Calls({ system }: { system: string }) {
  const { t, language } = useGatewayTexts();
  const path = `/api/gateway/systems/${system}/calls` as const;
  const state = useApi(path, (signal) => call<Reply<'/api/gateway/systems/{id}/calls'>>(path, { signal }));
  const days = state.data?.days ?? [];
  if (state.problem) return <RefusalPanel problem={state.problem} onRetry={state.reload} />;
  if (state.data && days.length === 0) return <p className="soft">{t('noCalls')}</p>;
  return (
    <div className="table table-scroll" tabIndex={0} role="region" aria-label={t('calls')}>
      <table>
        <thead>
          <tr>
            {(['day', 'service', 'purpose', 'outcome', 'count', 'subjects'] as const).map((name) => (
              <th scope="col" key={name}>
                {t(name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((each) => (
            <tr key={JSON.stringify(each)}>
              <th scope="row">{formatMoment(each.day, { language, time: false })}</th>
              <td>{each.item ?? each.service ?? '—'}</td>
              <td>{each.purpose ?? '—'}</td>
              <td>{each.outcome === 'answered' ? t('answered') : `${t('refused')} ${each.code ?? ''}`}</td>
              <td>{formatNumber(each.calls, { language })}</td>
              <td>{formatNumber(each.subjects, { language })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Messages() {
  const { t, language } = useGatewayTexts();
  const [before, setBefore] = useState<string | null>(null);
  const path = `/api/gateway/messages${before ? `?before=${before}` : ''}`;
  const state = useApi(path, (signal) => call<Reply<'/api/gateway/messages'>>(path, { signal }));
  const messages = state.data?.messages ?? [];
  const last = messages.at(-1)?.id;
  return (
    <section aria-label={t('messages')} aria-busy={state.loading}>
      <h2>{t('messages')}</h2>
      <p className="soft">{t('messagesLead')}</p>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data && messages.length === 0 && <p className="soft">{t('noMessages')}</p>}
      {messages.length > 0 && (
        <div className="table table-scroll" tabIndex={0} role="region" aria-label={t('messages')}>
          <table>
            <thead>
              <tr>
                {(['when', 'system', 'service', 'purpose', 'caseNo', 'outcome', 'subjects', 'evidence'] as const).map(
                  (name) => (
                    <th scope="col" key={name}>
                      {t(name)}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {messages.map((message) => (
                <tr key={message.id}>
                  <th scope="row">{formatMoment(message.at, { language })}</th>
                  <td>{message.system ?? t('unknown')}</td>
                  <td>{message.item ?? message.service ?? '—'}</td>
                  <td>{message.purpose ?? '—'}</td>
                  <td>{message.caseNo ?? '—'}</td>
                  <td>{message.outcome === 'answered' ? t('answered') : `${t('refused')} ${message.code ?? ''}`}</td>
                  <td>{formatNumber(message.subjects, { language })}</td>
                  <td>
                    <a href={`/api/gateway/messages/${message.id}/evidence`} download>
                      {t('evidence')}
                    </a>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {state.data?.more && last !== undefined && (
        <p>
          <button type="button" onClick={() => setBefore(last)}>
            {t('older')}
          </button>
        </p>
      )}
    </section>
  );
}

function Trust({ register }: { register: Register }) {
  const { t, language } = useGatewayTexts();
  return (
    <section aria-label={t('node')}>
      <h2>{t('node')}</h2>
      <p className="soft">
        {t('nodeLead')} <a href="/gateway/v1/keys">/gateway/v1/keys</a>
      </p>
      <ul>
        {register.nodeKeys.map((key) => (
          <li key={key.id} className="gw-key">
            <div>
              {key.algorithm} · {formatMoment(key.since, { language, time: false })} · {t('fingerprint')}{' '}
              <code>{key.fingerprint}</code>
            </div>
          </li>
        ))}
      </ul>
      <h2>{t('authorities')}</h2>
      {register.authorities.length === 0 && <p className="soft">{t('noAuthorities')}</p>}
      <ul>
        {register.authorities.map((authority) => (
          <li key={authority.id} className="gw-key" data-state={authority.revokedAt ? 'revoked' : 'in-force'}>
            <div>
              {authority.name} · {t('until', { at: formatMoment(authority.validUntil, { language, time: false }) })}{' '}
              {authority.revokedAt && t('states.revoked')}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
