import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { api, read, useApi } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { CellMapper, type FormCell } from './cell-mapper.tsx';
import { FillForm, Packs } from './reports.tsx';
import { useLanguage, useUnits } from './use-names.ts';
import './texts.ts';
import './care-texts.ts';
import './data-centre.css';
import './care.css';

/** The mapper of one form (取数映射): for each cell where its number comes from, and whether that still stands. */
export default function ReportFormPage() {
  const { t } = useTranslation('data-care');
  const { form: id = '' } = useParams();
  const { me } = useSession();
  const { say } = useLanguage();
  const unit = useUnits();
  const [open, setOpen] = useState<string | null>(null);
  const state = useApi(me.signedIn ? `report-form ${id}` : null, (signal) =>
    read(api.GET('/api/catalog/reports/{form}', { params: { path: { form: id } }, signal })),
  );
  const forms = useApi(me.signedIn ? 'report-forms' : null, (signal) =>
    read(api.GET('/api/catalog/reports', { signal })),
  );
  const { data } = state;
  const packs = forms.data?.forms.find((form) => form.id === id)?.packs ?? [];
  return (
    <div className="dc" aria-busy={state.loading}>
      <p className="dc-back">
        <Link to="/data/reports">{t('report.back')}</Link>
      </p>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {data && (
        <>
          <header className="dc-head">
            <h1>{say(data.form.title)}</h1>
            <p className="soft">
              {data.form.no} · {t(`report.period.${data.form.period}`)} · {unit(data.form.unit)} →{' '}
              {say(data.form.authority)}
              {data.form.published && <> · {t('report.published')}</>}
            </p>
          </header>
          <section className="dc-section" aria-labelledby="packs">
            <h2 id="packs">{t('report.packs')}</h2>
            {packs.length === 0 ? <p className="soft">{t('report.noPacks')}</p> : <Packs form={{ id, packs }} />}
            {data.mayMap && <FillForm form={id} period={data.form.period} />}
          </section>
          <section className="dc-section">
            <h2 id="cells">
              {t('report.mapper')} <small>{data.cells.length}</small>
            </h2>
            <div className="table table-scroll" tabIndex={0} role="region" aria-labelledby="cells">
              <table className="care-cells">
                <thead>
                  <tr>
                    <th scope="col">{t('report.cell')}</th>
                    <th scope="col">{t('report.from')}</th>
                    <th scope="col" aria-label={t('report.map')} />
                  </tr>
                </thead>
                <tbody>
                  {data.cells.map((cell) => (
                    <CellRow
                      key={cell.code}
                      cell={cell}
                      form={id}
                      mayMap={data.mayMap}
                      open={open === cell.code}
                      onOpen={() => setOpen(open === cell.code ? null : cell.code)}
                      onDone={() => {
                        setOpen(null);
                        state.reload();
                      }}
                    />
                  ))}
                </tbody>
              </table>
            </div>
          </section>
        </>
      )}
    </div>
  );
}

function CellRow(props: {
  cell: FormCell;
  form: string;
  mayMap: boolean;
  open: boolean;
  onOpen: () => void;
  onDone: () => void;
}) {
  const { cell, form, mayMap, open, onOpen, onDone } = props;
  const { t } = useTranslation('data-care');
  const { say } = useLanguage();
  const broken = cell.state !== 'ok' && cell.state !== 'none';
  return (
    <>
      <tr>
        <th scope="row" className="dc-wrap">
          <code>{cell.code}</code> {say(cell.title)} <small className="soft">{say(cell.measuredIn)}</small>
          {cell.totalOf.length > 0 && (
            <small className="soft"> {t('report.sum', { codes: cell.totalOf.join(' + ') })}</small>
          )}
        </th>
        <td className="dc-wrap care-source">
          {cell.words && cell.mapping ? (
            <>
              {say(cell.words)} <Link to={`/data/items/${cell.mapping.resource}`}>{cell.mapping.resource}</Link>
            </>
          ) : (
            <span className="soft">{t('report.mapState.none')}</span>
          )}
          {broken && <p className="care-broken">✕ {t(`report.mapState.${cell.state}`)}</p>}
        </td>
        <td>
          {mayMap && (
            <button type="button" className="quiet" aria-expanded={open} onClick={onOpen}>
              {t('report.map')}
            </button>
          )}
        </td>
      </tr>
      {open && (
        <tr className="dc-editor">
          <td colSpan={3}>
            <CellMapper cell={cell} form={form} onDone={onDone} />
          </td>
        </tr>
      )}
    </>
  );
}
