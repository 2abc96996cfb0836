import { Link, useSearchParams } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { NumberTile } from '#web/design/facts.tsx';
import { formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { DepthMark } from './marks.tsx';
import { useServiceTexts } from './texts.ts';
import './service.css';

type List = Reply<'/api/service/desk/items'>;
type Report = Reply<'/api/service/depth'>;

/** Items of the district (事项管理): both ratios above, then what waits for somebody, then the rest by name. */
export default function ItemsPage() {
  const { t } = useServiceTexts();
  const [search, setSearch] = useSearchParams();
  const query = Object.fromEntries(search) as Record<string, string>;
  const page = Number(search.get('page') ?? '1');
  const list = useApi(`items ${search.toString()}`, (signal) =>
    read(api.GET('/api/service/desk/items', { params: { query: { ...query, page } as never }, signal })),
  );
  const report = useApi('depth', (signal) => read(api.GET('/api/service/depth', { signal })));
  const set = (name: string, value: string) => {
    const { page: _page, ...rest } = query;
    setSearch(
      value === ''
        ? Object.fromEntries(Object.entries(rest).filter(([key]) => key !== name))
        : { ...rest, [name]: value },
    );
  };
  const { data } = list;
  return (
    <div className="svc" aria-busy={list.loading}>
      <header className="svc-head">
        <h1>
          {t('title')} {data?.items.some(({ sample }) => sample) && <SampleBadge />}
        </h1>
        <p className="soft">{t('lead')}</p>
      </header>
      {report.data && <Ratios report={report.data} />}
      <Filters query={query} units={data?.units ?? []} onSet={set} />
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.loading && !data && <p className="soft">{t('loading', { ns: 'shell' })}</p>}
      {data && data.items.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
      {data && data.items.length > 0 && <Table list={data} />}
      {data && data.total > data.pageSize && (
        <nav className="svc-pages" aria-label={t('title')}>
          <button type="button" disabled={page <= 1} onClick={() => setSearch({ ...query, page: String(page - 1) })}>
            {t('previous')}
          </button>
          <span>{t('page', { page, pages: Math.ceil(data.total / data.pageSize) })}</span>
          <button
            type="button"
            disabled={page * data.pageSize >= data.total}
            onClick={() => setSearch({ ...query, page: String(page + 1) })}
          >
            {t('next')}
          </button>
        </nav>
      )}
    </div>
  );
}

function Ratios({ report }: { report: Report }) {
  const { t, language } = useServiceTexts();
  const number = (value: number) => formatNumber(value, { language });
  return (
    <div className="tiles">
      <div>
        <NumberTile title={t('itemRatio')} value={report.itemRatio} unit="%" />
        <small className="soft">{t('ratioText', { full: report.full, items: report.items })}</small>
      </div>
      <div>
        <NumberTile title={t('caseRatioTitle')} value={report.caseRatio} unit="%" />
        <small className="soft">
          {t('caseRatioText', { online: number(report.onlineCases), cases: number(report.cases) })}
        </small>
      </div>
      <div>
        <NumberTile title={t('anyCentre')} value={report.anyCentre} />
        <small className="soft">{t('anyCentreText')}</small>
      </div>
      <div>
        <NumberTile title={t('nominal')} value={report.nominal.length} />
        <small className="soft">{t('nominalText', { n: Math.round(report.nominalBelow * 100) })}</small>
      </div>
    </div>
  );
}

function Filters({
  query,
  units,
  onSet,
}: {
  query: Record<string, string>;
  units: List['units'];
  onSet: (name: string, value: string) => void;
}) {
  const { t } = useServiceTexts();
  const unitName = useUnitName();
  return (
    <form className="svc-filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <label>
        <span className="hidden">{t('search')}</span>
        <input
          type="search"
          placeholder={t('search')}
          defaultValue={query.q ?? ''}
          onChange={(event) => onSet('q', event.target.value.trim())}
        />
      </label>
      <label>
        <span className="hidden">{t('unit')}</span>
        <select value={query.unit ?? ''} onChange={(event) => onSet('unit', event.target.value)}>
          <option value="">{t('allUnits')}</option>
          {units.map(({ unit, items }) => (
            <option key={unit} value={unit}>{`${unitName(unit)} ${items}`}</option>
          ))}
        </select>
      </label>
      <label>
        <span className="hidden">{t('depth')}</span>
        <select value={query.depth ?? ''} onChange={(event) => onSet('depth', event.target.value)}>
          <option value="">{t('allDepths')}</option>
          {(['1', '2', '3', '4'] as const).map((depth) => (
            <option key={depth} value={depth}>
              {t(`depths.${depth}`)}
            </option>
          ))}
        </select>
      </label>
      {(['drawn', 'submitted'] as const).map((draft) => (
        <button
          type="button"
          key={draft}
          aria-pressed={query.draft === draft}
          onClick={() => onSet('draft', query.draft === draft ? '' : draft)}
        >
          {t(`drafts.${draft}`)}
        </button>
      ))}
    </form>
  );
}

function Table({ list }: { list: List }) {
  const { t, language, say } = useServiceTexts();
  const unitName = useUnitName();
  return (
    <div className="table is-stacked">
      <div className="table-scroll" tabIndex={0} role="group" aria-label={t('title')}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('name')}</th>
              <th scope="col">{t('unit')}</th>
              <th scope="col">{t('kind')}</th>
              <th scope="col">{t('depth')}</th>
              <th scope="col" className="is-number">
                {t('blockersShort')}
              </th>
              <th scope="col" className="is-number">
                {t('cases')}
              </th>
              <th scope="col" className="is-number">
                {t('caseRatio')}
              </th>
            </tr>
          </thead>
          <tbody>
            {list.items.map((item) => (
              <tr key={item.code}>
                <td data-label={t('name')} className="svc-name">
                  <Link to={`/gov/items/${item.code}`}>{say(item.title)}</Link>
                  {item.draftState && <span className="badge">{t(`drafts.${item.draftState}`)}</span>}
                  {item.state === 'draft' && <span className="badge">{t('states.draft')}</span>}
                </td>
                <td data-label={t('unit')}>{unitName(item.unit)}</td>
                <td data-label={t('kind')}>{t(`kinds.${item.kind}`)}</td>
                <td data-label={t('depth')}>{item.depth !== null && <DepthMark depth={item.depth} />}</td>
                <td data-label={t('blockersShort')} className="is-number">
                  {item.blockers || '—'}
                </td>
                <td data-label={t('cases')} className="is-number">
                  {formatNumber(item.cases, { language })}
                </td>
                <td data-label={t('caseRatio')} className="is-number">
                  {item.cases === 0 ? '—' : `${Math.round((item.online / item.cases) * 100)} %`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
