import { type FormEvent, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { PurposeGate, PurposeLine, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useRunTexts } from './run-texts.ts';
import './centres.css';

type Links = Reply<'/api/service-hall/links'>;
type Case = Reply<'/api/service/cases/{code}'>;
type Item = Case['items'][number];
type Made = Reply<'/api/service-hall/link-entries', 'post', 201>;
type Compared = Reply<'/api/service-hall/link-entries/{id}/reconcile', 'post'>;
/** What an application is read for. */
const PURPOSE = 'handle-case';
const value = (form: HTMLFormElement, name: string): string => String(new FormData(form).get(name) ?? '').trim();

/** Copy sheet (转录单): what a person types over into a vertical system, to be printed, and compared later. */
export default function CopySheetPage() {
  const { t, say } = useRunTexts();
  const { me } = useSession();
  const [search, setSearch] = useSearchParams();
  const purpose = usePurpose('cases', t('sheetSubject'), [PURPOSE]);
  const list = useApi('links', (signal) => call<Links>('/api/service-hall/links', { signal }));
  const links = list.data?.links.filter(({ mode }) => mode === 'assisted') ?? [];
  const link = links.find(({ code }) => code === search.get('link')) ?? links[0];
  const code = search.get('case') ?? '';
  const found = useApi(purpose.code && code !== '' ? `sheet ${code}` : null, (signal) =>
    call<Case>(`/api/service/cases/${encodeURIComponent(code)}`, { headers: purpose.headers, signal }),
  );
  if (!purpose.code) return <PurposeGate purpose={purpose} text={t('sheetGate')} />;
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setSearch({ link: value(form, 'link'), case: value(form, 'case').toUpperCase() });
  };
  return (
    <div className="hall-page">
      <header className="dc-head hall-screen">
        <p>
          <Link to="/gov/links">{t('sheetToLinks')}</Link>
        </p>
        <h1>
          {t('sheet')} {me.sample && <SampleBadge />}
        </h1>
        <p className="soft">{t('sheetLead')}</p>
        <PurposeLine purpose={purpose} />
      </header>
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data && !link && <EmptyState title={t('sheetNoLink')} text={t('sheetNoLinkText')} />}
      {link && (
        <form className="hall-screen" onSubmit={send}>
          <label>
            {t('sheetLink')}
            <select name="link" defaultValue={link.code}>
              {links.map(({ code: each, title }) => (
                <option key={each} value={each}>
                  {say(title)}
                </option>
              ))}
            </select>
          </label>
          <label>
            {t('sheetCase')}
            <input name="case" defaultValue={code} pattern="[0-9]{18}[0-9A-Za-z]" autoComplete="off" required />
          </label>
          <button type="submit">{t('sheetOpen')}</button>
        </form>
      )}
      {found.problem && <RefusalPanel problem={found.problem} onRetry={found.reload} />}
      {link &&
        found.data?.items.map((item) => (
          <Sheet key={`${link.code} ${code} ${item.no}`} link={link} code={code} item={item} />
        ))}
      {found.data?.items.length === 0 && <EmptyState title={t('sheetEmpty')} text={t('sheetEmptyText')} />}
    </div>
  );
}

/** One item on one sheet. Its values are on this page only: the server keeps keyed digests, and with them compares later. */
function Sheet({ link, code, item }: { link: Links['links'][number]; code: string; item: Item }) {
  const { t, language, say } = useRunTexts();
  const { me } = useSession();
  const [made, setMade] = useState<{ sheet: Made; at: string }>();
  const shown = (answer: Item['answers'][number]['value']) =>
    typeof answer === 'boolean' ? t(answer ? 'yes' : 'no') : String(answer);
  const fields = item.answers.map(({ element, value: answer }) => ({ element, value: shown(answer) }));
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call<Made>('/api/service-hall/link-entries', { method: 'POST', body, headers: key }),
  );
  const make = async () => {
    const sheet = await submit({ link: link.code, case: code, no: item.no, fields });
    if (sheet) setMade({ sheet, at: new Date().toISOString() });
  };
  if (fields.length === 0) return <EmptyState title={t('sheetEmpty')} text={t('sheetEmptyText')} />;
  return (
    <section aria-label={say(item.title)} className="hall-sheet">
      <h2>
        {say(link.title)} · {say(item.title)}
      </h2>
      <p className="hall-code">
        {t('sheetCase')} {code}-{item.no}
      </p>
      {problem && <RefusalPanel problem={problem} />}
      {!made && (
        <div className="acts hall-screen">
          <button type="button" className="primary" disabled={busy} onClick={() => void make()}>
            {t('sheetMake')}
          </button>
        </div>
      )}
      {made && (
        <>
          <p className="hall-checksum">
            {t('sheetChecksum')} <b>{made.sheet.checksum}</b>
          </p>
          <table>
            <thead>
              <tr>
                {(['sheetNo', 'sheetField', 'sheetValue', 'sheetDone'] as const).map((each) => (
                  <th key={each}>{t(each)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {item.answers.map(({ element, title, value: answer }, at) => (
                <tr key={element}>
                  <td>{at + 1}</td>
                  <td>
                    {say(title)}
                    <small className="soft"> {element}</small>
                  </td>
                  <td>{shown(answer)}</td>
                  <td>□</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="soft">{t('sheetMade', { when: formatMoment(made.at, { language }), name: me.name })}</p>
          <p className="hall-sign">{t('sheetSign')}</p>
          <div className="acts hall-screen">
            <button type="button" className="primary" onClick={() => window.print()}>
              {t('sheetPrint')}
            </button>
          </div>
          <Compare entry={made.sheet.id} item={item} />
        </>
      )}
    </section>
  );
}

/** Compares what the vertical system shows with what was to be typed (核对). It is typed anew, so that nobody confirms what they see. */
function Compare({ entry, item }: { entry: string; item: Item }) {
  const { t, say } = useRunTexts();
  const [compared, setCompared] = useState<Compared>();
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call<Compared>(`/api/service-hall/link-entries/${entry}/reconcile`, { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setCompared(
      await submit({ fields: item.answers.map(({ element }) => ({ element, value: value(form, element) })) }),
    );
  };
  const titles = compared?.differs.map(
    (element) => say(item.answers.find((answer) => answer.element === element)?.title) || element,
  );
  return (
    <form className="hall-screen hall-compare" onSubmit={(event) => void send(event)}>
      <h3>{t('check')}</h3>
      <p className="soft">{t('checkText')}</p>
      {item.answers.map(({ element, title }) => (
        <label key={element}>
          {say(title)}
          <input
            name={element}
            maxLength={4000}
            autoComplete="off"
            aria-invalid={compared?.differs.includes(element) || undefined}
          />
        </label>
      ))}
      {problem && <RefusalPanel problem={problem} />}
      <p role="status">
        {compared &&
          (compared.same ? (
            t('checkSame')
          ) : (
            <b>{t('checkDiffers', { n: titles?.length, list: titles?.join('、') })}</b>
          ))}
      </p>
      <button type="submit" disabled={busy}>
        {t('checkAct')}
      </button>
    </form>
  );
}
