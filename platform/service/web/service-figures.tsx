import { Link } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { NumberTile } from '#web/design/facts.tsx';
import { formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useServiceTexts } from './texts.ts';
import './service.css';

type Figures = Reply<'/api/service/figures'>;
type Depth = Reply<'/api/service/depth'>;
const RATIOS = ['onTimeRatio', 'satisfaction', 'savedRatio'] as const;

/** Indicators of the online hall (网办指标): each with how it is counted; by unit below; what is online by name only is listed. */
export default function ServiceFiguresPage() {
  const { t } = useServiceTexts();
  const figures = useApi('service figures', (signal) => read(api.GET('/api/service/figures', { signal })));
  const depth = useApi('depth', (signal) => read(api.GET('/api/service/depth', { signal })));
  const problem = figures.problem ?? depth.problem;
  const { data } = figures;
  return (
    <div className="svc" aria-busy={figures.loading}>
      <header className="svc-head">
        <h1>{t('figures')}</h1>
        <p className="soft">{t('figuresLead', { since: data?.since ?? '' })}</p>
      </header>
      {problem && <RefusalPanel problem={problem} onRetry={figures.problem ? figures.reload : depth.reload} />}
      {!data && figures.loading && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
      {data && depth.data && <Tiles figures={data} depth={depth.data} />}
      {data && depth.data && <Units figures={data} depth={depth.data} />}
      {depth.data && <Nominal depth={depth.data} />}
    </div>
  );
}

function Tiles({ figures, depth }: { figures: Figures; depth: Depth }) {
  const { t, language } = useServiceTexts();
  const n = (value: number) => formatNumber(value, { language });
  const tiles: [string, number | null, string, string][] = [
    [t('itemRatio'), depth.itemRatio, '%', t('ratioText', { full: depth.full, items: depth.items })],
    [
      t('caseRatioTitle'),
      depth.caseRatio,
      '%',
      t('caseRatioText', { online: n(depth.onlineCases), cases: n(depth.cases) }),
    ],
    [t('onTimeRatio'), figures.onTimeRatio, '%', t('onTimeText', { part: n(figures.onTime), all: n(figures.decided) })],
    [
      t('satisfaction'),
      figures.satisfaction,
      '%',
      t('satisfactionText', { part: n(figures.satisfied), all: n(figures.ratings) }),
    ],
    [t('savedRatio'), figures.savedRatio, '%', t('savedText', { part: n(figures.saved), all: n(figures.materials) })],
    [
      t('prefilledRatio'),
      figures.prefilledRatio,
      '%',
      t('prefilledText', { part: n(figures.prefilled), all: n(figures.fields) }),
    ],
    [t('visitsMean'), depth.visits, '', t('visitsMeanText')],
    [t('nominal'), depth.nominal.length, '', t('nominalText', { n: Math.round(depth.nominalBelow * 100) })],
  ];
  return (
    <div className="tiles">
      {tiles.map(([title, value, unit, text]) => (
        <div key={title}>
          <NumberTile title={title} value={value} unit={unit} />
          <small className="soft">{text}</small>
        </div>
      ))}
    </div>
  );
}

function Units({ figures, depth }: { figures: Figures; depth: Depth }) {
  const { t } = useServiceTexts();
  const unitName = useUnitName();
  const ratio = (value: number | null | undefined) => (value === null || value === undefined ? '—' : `${value} %`);
  const byUnit = new Map(figures.byUnit.map((line) => [line.unit, line]));
  return (
    <section className="svc-section" aria-label={t('byUnit')}>
      <h2>{t('byUnit')}</h2>
      <div className="table is-stacked">
        <div className="table-scroll" tabIndex={0} role="group" aria-label={t('byUnit')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('unit')}</th>
                {(['itemRatio', 'caseRatioTitle', ...RATIOS] as const).map((name) => (
                  <th scope="col" key={name} className="is-number">
                    {t(name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {depth.byUnit.map((line) => (
                <tr key={line.unit}>
                  <td data-label={t('unit')}>{unitName(line.unit)}</td>
                  <td data-label={t('itemRatio')} className="is-number">
                    {ratio(line.itemRatio)}
                  </td>
                  <td data-label={t('caseRatioTitle')} className="is-number">
                    {ratio(line.caseRatio)}
                  </td>
                  {RATIOS.map((name) => (
                    <td key={name} data-label={t(name)} className="is-number">
                      {ratio(byUnit.get(line.unit)?.[name])}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </div>
    </section>
  );
}

/** Online from end to end by the book, and yet most people come in person (名义网办). */
function Nominal({ depth }: { depth: Depth }) {
  const { t, say, language } = useServiceTexts();
  const unitName = useUnitName();
  if (depth.nominal.length === 0) return null;
  return (
    <section className="svc-section" aria-label={t('nominal')}>
      <h2>
        {t('nominal')} <small>{depth.nominal.length}</small>
      </h2>
      <p className="soft">{t('nominalText', { n: Math.round(depth.nominalBelow * 100) })}</p>
      <ul className="svc-lines">
        {depth.nominal.map((item) => (
          <li key={item.code}>
            <Link to={`/gov/items/${item.code}`}>{say(item.title)}</Link>
            <span className="soft">{unitName(item.unit)}</span>
            <span>
              {t('nominalOf', {
                online: formatNumber(item.online, { language }),
                cases: formatNumber(item.cases, { language }),
                ratio: item.caseRatio,
              })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
