import { Link, useParams } from 'react-router';
import { call, useApi } from '#web/client/index.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { Clock } from '#web/design/clock.tsx';
import { formatBytes, formatMoment } from '#web/design/format.ts';
import { PurposeGate, PurposeLine, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { ExtendJoint, NextActs } from './case-acts.tsx';
import { type CaseItem, type CaseView, lastDay, Parts, StateBadge, Timeline } from './case-parts.tsx';
import { useCaseTexts } from './case-texts.ts';

const CODE_LENGTH = 19;
/** What an application is read for. */
const PURPOSE = 'handle-case';

/** One case for who handles it (办件详情): what to do next on top, then what was filed; the timeline beside it. */
export default function CasePage() {
  const { t, language } = useCaseTexts();
  const { code: asked = '' } = useParams();
  // A task of a process names the item behind the code.
  const code = asked.slice(0, CODE_LENGTH);
  const purpose = usePurpose('cases', t('subject'), [PURPOSE]);
  const state = useApi(purpose.code ? `case ${code}` : null, (signal) =>
    call<CaseView>(`/api/service/cases/${code}`, { headers: purpose.headers, signal }),
  );
  if (!purpose.code) return <PurposeGate purpose={purpose} text={t('gate')} />;
  const found = state.data;
  return (
    <div className="cases">
      <header className="dc-head">
        <p>
          <Link to="/gov/cases">{t('back')}</Link>
        </p>
        <h1>
          {found?.title[language] ?? code} {found?.sample && <SampleBadge />}
        </h1>
        {found && (
          <p className="soft">
            <span className="case-code">{found.code}</span> ·{' '}
            {t('received', { when: formatMoment(found.receivedAt, { language }) })} ·{' '}
            {t(`channel.${found.channel as 'web'}`)}
            {found.promisedAt && ` · ${t('promised', { when: lastDay(found.promisedAt, language) })}`}
          </p>
        )}
        <PurposeLine purpose={purpose} />
      </header>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {found && (
        <div className="case-page">
          <div>
            {found.items.map((item) => (
              <Item key={item.no} found={found} item={item} onDone={state.reload} />
            ))}
          </div>
          <aside>
            <section aria-label={t('applicant')}>
              <h2>{t('applicant')}</h2>
              <p>
                {found.name} {found.phone && <span className="soft">{found.phone}</span>}
              </p>
            </section>
            {found.parts.length > 1 && (
              <section aria-label={t('parts')}>
                <h2>{t('parts')}</h2>
                <Parts parts={found.parts} />
                {found.joint && (
                  <>
                    <p className="soft">{t('joint')}</p>
                    <Clock clock={found.joint} />
                    <ExtendJoint code={found.code} onDone={state.reload} />
                  </>
                )}
              </section>
            )}
            <section aria-label={t('timeline')}>
              <h2>{t('timeline')}</h2>
              <Timeline events={found.timeline} parts={found.parts} />
            </section>
          </aside>
        </div>
      )}
    </div>
  );
}

function Item({ found, item, onDone }: { found: CaseView; item: CaseItem; onDone: () => void }) {
  const { t, language } = useCaseTexts();
  const unitName = useUnitName();
  return (
    <>
      <section className="case-next" aria-label={t('next')}>
        <h2>
          {found.parts.length > 1 ? item.title[language] : t('next')}{' '}
          <StateBadge state={item.state} outcome={item.outcome} />
        </h2>
        {item.clock && <Clock clock={item.clock} />}
        {item.committed && <p className="notice">{t('committed')}</p>}
        {item.check && item.verified === null && <Clock clock={item.check} />}
        {item.draft && (
          <p>
            {t('draft', { outcome: t(`outcome.${item.draft.outcome}`), name: item.draft.name })}
            {item.draft.reason && ` ${item.draft.reason}`}
          </p>
        )}
        {item.reason && (
          <p>
            {item.reason} {item.remedy}
          </p>
        )}
        <NextActs
          key={`${item.state} ${item.draft?.at} ${item.verified} ${item.heard}`}
          code={found.code}
          item={item}
          onDone={onDone}
        />
      </section>
      <section aria-label={t('answers')}>
        <h2>{t('answers')}</h2>
        <dl className="case-answers">
          {item.answers.map(({ element, title, value, from, state }) => (
            <div key={element}>
              <dt>{title[language]}</dt>
              <dd>
                {typeof value === 'boolean' ? t(value ? 'yes' : 'no') : String(value)}
                <small>
                  {from && t('from', { unit: unitName(from.unit) })}{' '}
                  {state !== 'verified' && <span className="badge">{t(`answerState.${state}`)}</span>}
                </small>
              </dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-label={t('materials')}>
        <h2>{t('materials')}</h2>
        {item.materials.length === 0 && <p className="soft">{t('noMaterials')}</p>}
        <ul className="case-items">
          {item.materials.map((material) => (
            <li key={material.id}>
              <b>{material.title[language]}</b>
              <span className="soft">{t(`source.${material.source as 'upload'}`)}</span>
              <Material code={found.code} material={material} />
            </li>
          ))}
        </ul>
        {item.certificate && (
          <p>
            <Link to={`/gov/certificates/${item.certificate}`}>{t('certificateMade')}</Link>
          </p>
        )}
      </section>
    </>
  );
}

/** What was handed in or chosen, and how it is read: on the record, under the purpose of the page. */
function Material({ code, material }: { code: string; material: CaseItem['materials'][number] }) {
  const { t } = useCaseTexts();
  const { source, document, file } = material;
  if (source === 'certificate' && document)
    return <Link to={`/gov/cases/${code}/certificates/${document}`}>{t('seeCertificate')}</Link>;
  if (source !== 'upload') return null;
  if (!file || !document) return <span className="soft">{t('noFile')}</span>;
  const notes = file.flags.map((flag) => t(`flags.${flag as 'macros'}`));
  return (
    <>
      <a href={`/api/document/files/${document}/content?purpose=${PURPOSE}`} download={file.name}>
        {t('read')} {file.name}
      </a>
      <small className="soft">
        {[formatBytes(file.size), ...(file.scan === 'unscanned' ? [t('unscanned')] : []), ...notes].join(' · ')}
      </small>
    </>
  );
}
