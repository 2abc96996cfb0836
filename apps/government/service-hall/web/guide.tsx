import './hall.css';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { api, call, read, useApi } from '#web/client/index.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { MaterialList } from './material-list.tsx';
import { Questions } from './questions.tsx';
import { applyPath, type Guide, type Situations, useBase } from './shapes.ts';
import { type HallText, useHallTexts } from './texts.ts';

/** Depth from which an application can be sent online (网上申请). */
const ONLINE = 3;

/** Fen as yuan, as bills write it. */
const yuanOf = (fen: string): string => `${fen.slice(0, -2) || '0'}.${fen.slice(-2).padStart(2, '0')}`;

/** One service (办事指南): what it is, then a few questions, then exactly what is needed, then the button. */
export default function GuidePage() {
  const { t, say } = useHallTexts();
  const { code = '' } = useParams();
  const base = useBase();
  const [situations, setSituations] = useState<Situations>({});
  const guide = useApi(`service ${code}`, (signal) => call<Guide>(`/api/service/items/${code}`, { signal }));
  const form = useApi(`service form ${code} ${JSON.stringify(situations)}`, () =>
    read(api.POST('/api/service/forms/open', { body: { items: [code], situations } })),
  );
  if (guide.problem) return <RefusalPanel problem={guide.problem} onRetry={guide.reload} />;
  if (!guide.data) return <p className="soft">{t('guide.loading')}</p>;
  const item = guide.data;
  const online = item.depth >= ONLINE;
  return (
    <article className="hall">
      <header>
        <h1>
          {say(item.title)} {item.sample && <SampleBadge />}
        </h1>
        <p className={`hall-depth hall-depth-${item.depth}`}>
          {t(`depth.${item.depth}` as HallText)}
          {' · '}
          {item.visits === 0 ? t('visits.0') : t('visits.n', { n: item.visits })}
        </p>
      </header>
      <Facts item={item} />
      {item.bundles.map(({ id, title }) => (
        <p key={id}>
          {t('guide.bundle')}
          <Link to={`${base}/bundles/${id}`}>{say(title)}</Link>
        </p>
      ))}
      {form.problem && <RefusalPanel problem={form.problem} onRetry={form.reload} />}
      {form.data && item.questions > 0 && (
        <section>
          <h2>{t('guide.questions')}</h2>
          <Questions form={form.data} onAnswer={setSituations} />
        </section>
      )}
      {form.data && form.data.next.length === 0 && (
        <section>
          <h2>{t('guide.materials')}</h2>
          <MaterialList materials={form.data.materials} />
        </section>
      )}
      {item.commitment && <p>{t('guide.commitment')}</p>}
      {online ? (
        <p className="acts">
          <Link className="primary" to={applyPath({ base, items: [code], situations: form.data?.situations ?? {} })}>
            {t('guide.start')}
          </Link>
        </p>
      ) : (
        <p>{t('guide.notOnline')}</p>
      )}
      <Where item={item} />
    </article>
  );
}

function Facts({ item }: { item: Guide }) {
  const { t, say } = useHallTexts();
  const unitName = useUnitName();
  const limit = ({ amount, unit }: { amount: number; unit: string }) =>
    amount === 0 ? t('unit.now') : t(`unit.${unit}` as HallText, { n: amount });
  return (
    <dl className="hall-facts">
      <div>
        <dt>{t('guide.by')}</dt>
        <dd>{unitName(item.unit)}</dd>
      </div>
      <div>
        <dt>{t('guide.limit')}</dt>
        <dd>
          <b>{limit(item.promisedLimit)}</b>{' '}
          <small className="soft">
            {t('guide.legal')} {limit(item.legalLimit)}
          </small>
        </dd>
      </div>
      <div>
        <dt>{t('guide.fee')}</dt>
        <dd>{item.fee ? `¥${yuanOf(item.fee.amount)}（${say(item.fee.basis)}）` : t('guide.free')}</dd>
      </div>
      {item.certificate && (
        <div>
          <dt>{t('guide.result')}</dt>
          <dd>{say(item.certificate.title)}</dd>
        </div>
      )}
      {item.basis.length > 0 && (
        <div>
          <dt>{t('guide.basis')}</dt>
          <dd>
            {item.basis.map(({ law, article }) => (
              <span key={`${law.zh} ${article}`} className="hall-basis">
                {say(law)} {article}
              </span>
            ))}
          </dd>
        </div>
      )}
    </dl>
  );
}

function Where({ item }: { item: Guide }) {
  const { t, say } = useHallTexts();
  const { place, hours, phone } = item.where;
  return (
    <section>
      <h2>{t('guide.where')}</h2>
      <p>
        {say(place)}
        <br />
        <span className="soft">
          {say(hours)} · {phone}
        </span>
      </p>
      {item.anyCentre && <p>{t('guide.anyCentre')}</p>}
    </section>
  );
}
