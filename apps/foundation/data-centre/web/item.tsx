import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import { formatMoment, formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { AskForm } from './ask-form.tsx';
import { GrantCard, MAY_ASK } from './grant-card.tsx';
import { ItemUses } from './item-uses.tsx';
import { KindBadge, LevelMark, StateMark } from './marks.tsx';
import { Origin } from './origin.tsx';
import { QualityPanel } from './quality-panel.tsx';
import type { Item } from './shapes.ts';
import { useLanguage, usePurposes, useUnits } from './use-names.ts';
import './texts.ts';
import './data-centre.css';

const SEES_GRANTS = ['data-officer', 'duty-officer', 'security-auditor', 'street-clerk', 'committee-worker'];

/** One resource (信息资源): what it holds, who answers for it, who uses it, where it comes from, and the grants on it. */
export default function ItemPage() {
  const { t } = useTranslation('data-centre');
  const { id = '' } = useParams();
  const { me } = useSession();
  const state = useApi(`item ${id}`, (signal) =>
    read(api.GET('/api/catalog/items/{id}', { params: { path: { id } }, signal })),
  );
  const sees = me.kind !== null && SEES_GRANTS.includes(me.kind);
  const grants = useApi(sees ? `item-grants ${id}` : null, (signal) =>
    read(api.GET('/api/catalog/grants', { params: { query: { resource: id } }, signal })),
  );
  const reload = () => {
    grants.reload();
    state.reload();
  };
  return (
    <div className="dc">
      <p className="dc-back">
        <Link to="/data">{t('item.back')}</Link>
      </p>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {state.data && (
        <>
          <Head item={state.data} />
          <Fields item={state.data} />
          <Takers item={state.data} onChanged={reload} />
          <ItemUses item={state.data} />
          <QualityPanel item={state.data} />
          <Origin detail={state.data.detail} />
          <section className="dc-section" aria-labelledby="grants">
            <h2 id="grants">{t('item.grants')}</h2>
            {!sees && <p className="soft">{t('item.signIn')}</p>}
            {grants.problem && <RefusalPanel problem={grants.problem} onRetry={grants.reload} />}
            {grants.data?.grants.map((grant) => (
              <GrantCard key={grant.id} grant={grant} fields={state.data?.fields ?? []} onChanged={reload} />
            ))}
            {grants.data?.grants.length === 0 && <p className="soft">{t('item.grantsNone')}</p>}
          </section>
        </>
      )}
    </div>
  );
}

function Head({ item }: { item: Item }) {
  const { t } = useTranslation('data-centre');
  const { say, language } = useLanguage();
  const unit = useUnits();
  const scope = item.scope?.by === 'area' ? t('item.scopeArea') : item.scope ? t('item.scopeUnit') : t('item.scopeAll');
  const facts: [string, ReactNode][] = [
    [t('item.owner'), unit(item.owner)],
    [t('item.level'), <LevelMark key="level" level={item.level} />],
    [t('item.sharing'), t(`sharing.${item.sharing}`)],
    [t('item.opening'), t(`opening.${item.opening}`)],
    [t('item.updates'), t(`updates.${item.updates}`)],
    [t('item.retention'), say(item.retention)],
    [t('item.scope'), scope],
    [t('uses.code', { ns: 'data-care' }), item.code ?? '—'],
    [t('item.module'), `${say(item.moduleTitle)} · ${t('item.version')} ${item.version}`],
  ];
  return (
    <header className="dc-head">
      <h1>
        {say(item.title)} <KindBadge badge={item.badge} />
      </h1>
      <p className="dc-subtitle" lang={language === 'zh' ? 'en' : 'zh-CN'}>
        {language === 'zh' ? item.title.en : item.title.zh}
      </p>
      <p>{say(item.summary)}</p>
      <dl className="dc-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </header>
  );
}

function Fields({ item }: { item: Item }) {
  const { t } = useTranslation('data-centre');
  const { say } = useLanguage();
  return (
    <section className="dc-section">
      <h2 id="fields">
        {t('item.fields')} <small>{item.fields.length}</small>
      </h2>
      <div className="table table-scroll" tabIndex={0} role="region" aria-labelledby="fields">
        <table>
          <thead>
            <tr>
              <th scope="col">{t('item.name')}</th>
              <th scope="col">{t('item.code')}</th>
              <th scope="col">{t('item.type')}</th>
              <th scope="col">{t('item.fieldLevel')}</th>
              <th scope="col">{t('item.element')}</th>
            </tr>
          </thead>
          <tbody>
            {item.fields.map((field) => (
              <tr key={field.name}>
                <th scope="row">
                  {say(field.title)}
                  {field.subject && (
                    <span className="dc-subject" title={t('item.subject')} aria-label={t('item.subject')}>
                      ◎
                    </span>
                  )}
                </th>
                <td>
                  <code>{field.name}</code>
                  {field.name === item.key && <small className="soft"> {t('item.key')}</small>}
                </td>
                <td>
                  {field.type
                    .split(' | ')
                    .map((name) => t(`type.${name}`, { defaultValue: name }))
                    .join(' / ')}
                </td>
                <td>
                  <LevelMark level={field.level} />
                </td>
                <td>{field.element}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {item.fields.some((field) => field.subject) && (
        <p className="soft">
          <span className="dc-subject" aria-hidden="true">
            ◎
          </span>{' '}
          {t('item.subject')}
        </p>
      )}
    </section>
  );
}

function Takers({ item, onChanged }: { item: Item; onChanged: () => void }) {
  const { t } = useTranslation('data-centre');
  const { say, language } = useLanguage();
  const purpose = usePurposes();
  const { me } = useSession();
  const [asking, setAsking] = useState<string | null>(null);
  const mayAsk = me.kind !== null && MAY_ASK.includes(me.kind);
  return (
    <section className="dc-section" aria-labelledby="takers">
      <h2 id="takers">
        {t('item.takers')} <small>{formatNumber(item.takers.length, { language })}</small>
      </h2>
      {item.takers.length === 0 && <p className="soft">{t('item.takersNone')}</p>}
      <ul className="dc-lines">
        {item.takers.map((taker) => (
          <li key={`${taker.taker}.${taker.name}`}>
            <b>{say(taker.title)}</b>
            <StateMark state={taker.state} of="grant" />
            <span className="soft">
              {t('item.takerFields', { n: taker.fields.length })} ·{' '}
              {taker.purposes.map(purpose).join(language === 'zh' ? '、' : ', ')} ·{' '}
              {taker.since && t('item.since', { at: formatMoment(taker.since, { language, time: false }) })} ·{' '}
              {taker.validUntil
                ? t('item.until', { at: formatMoment(taker.validUntil, { language, time: false }) })
                : t('item.noEnd')}
            </span>
            {mayAsk && taker.state !== 'approved' && asking !== taker.name && (
              <button type="button" onClick={() => setAsking(taker.name)}>
                {t('ask', { ns: 'data-requests' })}
              </button>
            )}
            {asking === taker.name && (
              <AskForm
                taker={taker.taker}
                name={taker.name}
                wanted={taker.fields}
                wantedPurposes={taker.purposes}
                fields={item.fields}
                onDone={() => {
                  setAsking(null);
                  onChanged();
                }}
                onCancel={() => setAsking(null)}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
