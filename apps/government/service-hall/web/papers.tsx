import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useCentreTexts } from './centre-texts.ts';
import './centres.css';

type List = Reply<'/api/service-hall/papers'>;
type Scans = Reply<'/api/service-hall/paper-scans', 'post'>;
type Paper = List['papers'][number];
const VIEWS = ['held', 'coming', 'sent', 'lost'] as const;

/** Papers of the unit (纸质材料): who holds what, what is on its way, what is lost. A scanner types like a keyboard: a barcode and Enter. */
export default function PapersPage() {
  const { t, language } = useCentreTexts();
  const unitName = useUnitName();
  const { me } = useSession();
  const [search, setSearch] = useSearchParams();
  const view = VIEWS.find((each) => each === search.get('view')) ?? 'held';
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const list = useApi(`papers ${view}`, (signal) => call<List>(`/api/service-hall/papers?view=${view}`, { signal }));
  const done = () => {
    setChosen(new Set());
    list.reload();
  };
  const toggle = (barcode: string) =>
    setChosen((old) => new Set(old.has(barcode) ? [...old].filter((each) => each !== barcode) : [...old, barcode]));
  return (
    <div className="hall-page" aria-busy={list.loading && !list.data}>
      <header className="dc-head">
        <h1>
          {t('papers')} {me.sample && <SampleBadge />}
        </h1>
        <p className="soft">{t('papersLead')}</p>
      </header>
      <div className="hall-split">
        <section aria-label={t('papers')}>
          <div className="acts" role="group" aria-label={t('papers')}>
            {VIEWS.map((each) => (
              <button type="button" key={each} aria-pressed={each === view} onClick={() => setSearch({ view: each })}>
                {t(`paperViews.${each}`)}
                {list.data && ` ${list.data.counts[each]}`}
              </button>
            ))}
          </div>
          {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
          {list.data?.papers.length === 0 && <EmptyState title={t('noPapers')} text={t('noPapersText')} />}
          <ul className="hall-list">
            {list.data?.papers.map(({ barcode, what, caseCode, holderName, heldFrom, offeredTo }) => (
              <li key={barcode}>
                <label className="hall-code">
                  {view === 'held' && (
                    <input type="checkbox" checked={chosen.has(barcode)} onChange={() => toggle(barcode)} />
                  )}{' '}
                  <b>{what}</b> {barcode}
                </label>
                <small className="soft hall-code">
                  {caseCode}{' '}
                  {heldFrom &&
                    holderName &&
                    t('heldFrom', { when: formatMoment(heldFrom, { language }), name: holderName })}
                </small>
                {offeredTo && <small>{t('onTheWay', { unit: unitName(offeredTo) })}</small>}
              </li>
            ))}
          </ul>
          {view === 'held' && chosen.size > 0 && <Send barcodes={[...chosen]} onDone={done} />}
        </section>
        <div className="hall-page">
          <Scan onDone={done} />
          <Register onDone={done} />
        </div>
      </div>
    </div>
  );
}

const value = (form: HTMLFormElement, name: string): string => String(new FormData(form).get(name) ?? '').trim();

function Send({ barcodes, onDone }: { barcodes: string[]; onDone: () => void }) {
  const { t, language } = useCentreTexts();
  const list = useApi('units', (signal) =>
    call<{ units: { code: string; name: string; nameEn: string }[] }>('/api/identity/units', { signal }).then(
      (reply) => reply.units,
    ),
  );
  const units = (list.data ?? []).map(({ code, name, nameEn }) => ({
    code,
    name: language === 'en' ? nameEn || name : name,
  }));
  const { busy, problem, submit } = useSubmit((body: { barcodes: string[]; to: string }, key) =>
    call<object>('/api/service-hall/paper-hand-overs', { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = value(event.currentTarget, 'to');
    // A name from the list, or the code itself.
    const to = units.find(({ name }) => name === typed)?.code ?? typed;
    if ((await submit({ barcodes, to })) !== undefined) onDone();
  };
  return (
    <form onSubmit={(event) => void send(event)}>
      <p>{t('chosen', { n: barcodes.length })}</p>
      <label>
        {t('sendTo')}
        <input name="to" list="hall-units" autoComplete="off" placeholder={t('sendFind')} required />
        <datalist id="hall-units">
          {units.map(({ code, name }) => (
            <option key={code} value={name}>
              {name}
            </option>
          ))}
        </datalist>
      </label>
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" className="primary" disabled={busy}>
        {t('send')}
      </button>
    </form>
  );
}

function Scan({ onDone }: { onDone: () => void }) {
  const { t } = useCentreTexts();
  const [found, setFound] = useState<Scans>();
  const { busy, problem, submit } = useSubmit((body: { barcodes: string[] }, key) =>
    call<Scans>('/api/service-hall/paper-scans', { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const barcodes = value(form, 'barcodes').split(/\s+/).filter(Boolean);
    const scans = barcodes.length > 0 ? await submit({ barcodes }) : undefined;
    if (!scans) return;
    setFound(scans);
    form.reset();
    onDone();
  };
  return (
    <section aria-labelledby="hall-scan">
      <h2 id="hall-scan">{t('scan')}</h2>
      <form onSubmit={(event) => void send(event)}>
        <label>
          {t('scanField')}
          <textarea name="barcodes" rows={4} cols={24} required />
        </label>
        {problem && <RefusalPanel problem={problem} />}
        <button type="submit" className="primary" disabled={busy}>
          {t('scanAct')}
        </button>
      </form>
      <ul role="status">
        {found?.papers.map(({ barcode, scan }) => (
          <li key={barcode} className="hall-code">
            {barcode} {t(`scans.${scan as 'taken'}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Register({ onDone }: { onDone: () => void }) {
  const { t } = useCentreTexts();
  const [made, setMade] = useState<Paper>();
  const { busy, problem, submit } = useSubmit((body: { what: string; caseCode?: string }, key) =>
    call<Paper>('/api/service-hall/papers', { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const caseCode = value(form, 'caseCode');
    const paper = await submit({ what: value(form, 'what'), ...(caseCode !== '' && { caseCode }) });
    if (!paper) return;
    setMade(paper);
    form.reset();
    onDone();
  };
  return (
    <section aria-labelledby="hall-new-paper">
      <h2 id="hall-new-paper">{t('newPaper')}</h2>
      <form onSubmit={(event) => void send(event)}>
        <label>
          {t('what')}
          <input name="what" minLength={2} maxLength={100} required />
        </label>
        <label>
          {t('caseCode')}
          <input name="caseCode" pattern="[0-9]{18}[0-9A-Z]" autoComplete="off" />
        </label>
        {problem && <RefusalPanel problem={problem} />}
        <button type="submit" disabled={busy}>
          {t('newAct')}
        </button>
      </form>
      {made && (
        <p role="status" className="hall-code">
          <b>{made.barcode}</b> {made.what}
        </p>
      )}
    </section>
  );
}
