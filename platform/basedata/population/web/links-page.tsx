import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { PurposeGate, usePurpose } from '#web/design/purpose.tsx';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useLinkTexts } from './texts.ts';
import './links.css';

type Queue = Reply<'/api/population/links'>;
type PersonPair = Reply<'/api/population/links/{a}/{b}'>;
type FirmPair = Reply<'/api/legal-entity/links/{a}/{b}'>;
type Pair = PersonPair | FirmPair;
type Journal = Reply<'/api/population/merges'>;
/** What is compared: persons or firms. One desk, one way of answering. */
type Space = 'person' | 'firm';
const BASES: Record<Space, string> = { person: '/api/population', firm: '/api/legal-entity' };
type Said = 'same' | 'different' | 'unsure';
type Headers = Record<string, string>;
const ANSWERS: readonly Said[] = ['same', 'different', 'unsure'];

/** Clerical review (人工比对): one pair at a time, side by side, answered by keyboard; below, what was merged and can be taken back. */
export default function LinksPage() {
  const { t } = useLinkTexts();
  const [params, setParams] = useSearchParams();
  const space: Space = params.get('space') === 'firm' ? 'firm' : 'person';
  const base = BASES[space];
  const purpose = usePurpose('links', t('subject'), ['data-quality']);
  const queue = useApi(purpose.code ? `links ${space}` : null, (signal) =>
    call<Queue>(`${base}/links`, { headers: purpose.headers, signal }),
  );
  const [told, setTold] = useState<'waiting' | 'decided'>();
  // A decision makes new journal lines.
  const [decisions, setDecisions] = useState(0);
  if (!purpose.code) return <PurposeGate purpose={purpose} text={t('gate')} />;
  const pairs = queue.data?.pairs ?? [];
  const [first] = pairs;
  const answered = (state: 'waiting' | 'decided') => {
    setTold(state);
    if (state === 'decided') setDecisions((n) => n + 1);
    queue.reload();
  };
  return (
    <div className="dc links-page">
      <header className="dc-head">
        <h1>{t(space === 'firm' ? 'firm.title' : 'title')}</h1>
        <p className="soft">{t(space === 'firm' ? 'firm.lead' : 'lead')}</p>
        <p className="acts" role="group" aria-label={t('spaces')}>
          {(['person', 'firm'] as const).map((each) => (
            <button
              type="button"
              key={each}
              aria-pressed={each === space}
              onClick={() => {
                setTold(undefined);
                setParams(each === 'firm' ? { space: 'firm' } : {});
              }}
            >
              {t(`space.${each}`)}
            </button>
          ))}
        </p>
      </header>
      <p role="status" className={told ? 'notice' : 'hidden'}>
        {told && t(told)}
      </p>
      {queue.problem && <RefusalPanel problem={queue.problem} onRetry={queue.reload} />}
      {queue.data && !first && <EmptyState title={t('none')} text={t('noneText')} />}
      {first && (
        <>
          <p className="soft">{t('left', { count: pairs.length })}</p>
          <Review
            key={`${space}/${first.a}/${first.b}`}
            base={base}
            pair={first}
            headers={purpose.headers}
            onAnswered={answered}
          />
        </>
      )}
      {space === 'person' && <AskPair headers={purpose.headers} onAsked={queue.reload} />}
      <Merges key={`${space} ${decisions}`} space={space} headers={purpose.headers} />
    </div>
  );
}

function Review(props: {
  base: string;
  pair: Queue['pairs'][number];
  headers: Headers;
  onAnswered: (state: 'waiting' | 'decided') => void;
}) {
  const { base, pair, headers, onAnswered } = props;
  const { t, language } = useLinkTexts();
  const firm = base === BASES.firm;
  const url = `${base}/links/${pair.a}/${pair.b}`;
  const shown = useApi(url, (signal) => call<Pair>(url, { headers, signal }));
  const [note, setNote] = useState('');
  const { busy, problem, submit } = useSubmit((answer: Said, key) =>
    call<{ state: 'waiting' | 'decided' }>(`${url}/answer`, {
      method: 'POST',
      body: note.trim().length < 2 ? { answer } : { answer, note: note.trim() },
      headers: { ...headers, ...key },
    }),
  );
  const ready = shown.data !== undefined && !busy;
  const say = useCallback(
    async (answer: Said) => {
      const reply = await submit(answer);
      if (reply) onAnswered(reply.state);
    },
    [submit, onAnswered],
  );
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const answer = ANSWERS[Number(event.key) - 1];
      // Figures that are typed into a field are no answer.
      if (!answer || !ready || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      if (event.target instanceof Element && event.target.closest('input, textarea, select, dialog')) return;
      void say(answer);
    };
    globalThis.addEventListener('keydown', press);
    return () => globalThis.removeEventListener('keydown', press);
  }, [ready, say]);
  return (
    <section className="links-pair" aria-label={t(firm ? 'firm.question' : 'question')}>
      <p>{t('asked', { reason: pair.asked[language] })}</p>
      <p className="soft">{t(firm ? 'firm.probability' : 'probability', { percent: percentOf(pair.probability) })}</p>
      {shown.problem && <RefusalPanel problem={shown.problem} onRetry={shown.reload} />}
      {shown.data && <SideBySide pair={shown.data} />}
      {problem && <RefusalPanel problem={problem} />}
      <fieldset disabled={!ready}>
        <legend>{t(firm ? 'firm.question' : 'question')}</legend>
        <label>
          {t('note')} <input type="text" value={note} maxLength={500} onChange={(e) => setNote(e.target.value)} />
        </label>
        <div className="acts">
          {ANSWERS.map((answer, i) => (
            <button type="button" key={answer} onClick={() => void say(answer)}>
              {t(firm ? `firm.${answer}` : answer)}
              <kbd aria-hidden="true">{i + 1}</kbd>
            </button>
          ))}
        </div>
        <p className="soft">{t(firm ? 'firm.keys' : 'keys')}</p>
      </fieldset>
    </section>
  );
}

/** Never a full hundred: that is for people to say. */
const percentOf = (probability: number): string =>
  probability > 0.999 ? '> 99.9 %' : `${(probability * 100).toFixed(1)} %`;

const isFirm = (pair: Pair): pair is FirmPair => 'uscc' in pair.a;

/** The two records, row by row with what each field says (字段权重). */
function SideBySide({ pair }: { pair: Pair }) {
  const { t, language } = useLinkTexts();
  const unitName = useUnitName();
  const sex = (code: string | null) => (code === '1' || code === '2' ? t(`sexes.${code}`) : code);
  const fields = new Map(pair.fields.map((field) => [field.attribute, field]));
  const own = isFirm(pair)
    ? ([
        { id: 'name', a: pair.a.name, b: pair.b.name },
        { id: 'address', a: pair.a.address, b: pair.b.address },
        { id: 'representative', a: pair.a.legalRepresentative, b: pair.b.legalRepresentative },
        { id: 'phone', a: pair.a.phone, b: pair.b.phone },
        { id: 'code', a: pair.a.code, b: pair.b.code },
        { id: 'registration', a: pair.a.registrationNo, b: pair.b.registrationNo },
      ] as const)
    : ([
        { id: 'name', a: pair.a.name, b: pair.b.name },
        { id: 'sex', a: sex(pair.a.sex), b: sex(pair.b.sex) },
        { id: 'birth', a: pair.a.birthDate, b: pair.b.birthDate },
        { id: 'phone', a: pair.a.phone, b: pair.b.phone },
        { id: 'home', a: pair.a.address, b: pair.b.address },
        { id: 'identifier', a: pair.a.idNumber, b: pair.b.idNumber },
      ] as const);
  const rows = [
    ...own,
    { id: 'source', a: unitName(pair.a.unit), b: unitName(pair.b.unit) },
    {
      id: 'received',
      a: formatMoment(pair.a.receivedAt, { language }),
      b: formatMoment(pair.b.receivedAt, { language }),
    },
  ] as const;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{t('item')}</th>
          <th scope="col">{t('first')}</th>
          <th scope="col">{t('second')}</th>
          <th scope="col">{t('weight')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, a, b }) => {
          const said = fields.get(id);
          const says =
            said && said.counted && said.weight > 0.5 ? 'for' : said && said.weight < -0.5 ? 'against' : undefined;
          return (
            <tr key={id} data-says={says}>
              <th scope="row">{t(`fields.${id}`)}</th>
              <td data-label={t('first')}>{a ?? <span className="soft">{t('absent')}</span>}</td>
              <td data-label={t('second')}>{b ?? <span className="soft">{t('absent')}</span>}</td>
              <td>{said?.text[language]}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** Asks about two persons whom the engine never compared (提请比对). */
function AskPair({ headers, onAsked }: { headers: Headers; onAsked: () => void }) {
  const { t } = useLinkTexts();
  const [search] = useSearchParams();
  const [one, setOne] = useState(search.get('one') ?? '');
  const [other, setOther] = useState('');
  const [told, setTold] = useState(false);
  const { busy, problem, submit } = useSubmit((body: { one: string; other: string }, key) =>
    call('/api/population/links', { method: 'POST', body, headers: { ...headers, ...key } }),
  );
  const ask = async (event: FormEvent) => {
    event.preventDefault();
    if ((await submit({ one: pidIn(one), other: pidIn(other) })) === undefined) return;
    setTold(true);
    setOther('');
    onAsked();
  };
  return (
    <details className="links-ask" open={search.has('one')}>
      <summary>{t('ask')}</summary>
      <form onSubmit={(event) => void ask(event)}>
        <p className="soft">{t('askText')}</p>
        <label>
          {t('askOne')} <input value={one} required onChange={(event) => setOne(event.target.value)} />
        </label>
        <label>
          {t('askOther')} <input value={other} required onChange={(event) => setOther(event.target.value)} />
        </label>
        {problem && <RefusalPanel problem={problem} />}
        <p role="status" className={told ? 'notice' : 'hidden'}>
          {told && t('asked2')}
        </p>
        <button type="submit" disabled={busy}>
          {t('askDo')}
        </button>
      </form>
    </details>
  );
}

/** The id in what was pasted: the id itself, or the address of a card. */
const pidIn = (text: string): string => /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(text)?.[0] ?? text.trim();

/** What has used a merged record (归并期间的使用): asked for only when somebody opens it. */
function Uses({ id, headers }: { id: string; headers: Headers }) {
  const { t, language } = useLinkTexts();
  const unitName = useUnitName();
  const [open, setOpen] = useState(false);
  const found = useApi(open ? `uses ${id}` : null, (signal) =>
    call<Reply<'/api/population/merges/{id}/uses'>>(`/api/population/merges/${id}/uses`, { headers, signal }),
  );
  const uses = found.data?.uses ?? [];
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('uses')}</summary>
      {found.problem && <RefusalPanel problem={found.problem} onRetry={found.reload} />}
      {found.data && <p className="soft">{t(uses.length === 0 ? 'usesNone' : 'usesText', { n: uses.length })}</p>}
      <ul>
        {uses.map((use) => (
          <li key={`${use.kind} ${use.id}`}>
            <b>{use.what?.[language] ?? t(`useKind.${use.kind}`)}</b>{' '}
            <span className="soft">
              {[formatMoment(use.at, { language }), unitName(use.unit), use.name ?? t('useOwn')]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The journal (归并日志): newest first; a merge can be taken back, after one more question. */
function Merges({ space, headers }: { space: Space; headers: Headers }) {
  const { t, language } = useLinkTexts();
  const base = BASES[space];
  const journal = useApi(`merges ${space}`, (signal) => call<Journal>(`${base}/merges`, { headers, signal }));
  const [sure, setSure] = useState('');
  const [told, setTold] = useState('');
  const { busy, problem, submit } = useSubmit((id: string, key) =>
    call<{ since: string; uses?: number }>(`${base}/merges/${id}/undo`, {
      method: 'POST',
      headers: { ...headers, ...key },
    }),
  );
  const undo = async (id: string) => {
    const reply = await submit(id);
    if (!reply) return;
    setSure('');
    setTold(t('undone', { when: formatMoment(reply.since, { language }), n: reply.uses }));
    journal.reload();
  };
  const merges = journal.data?.merges ?? [];
  return (
    <section aria-labelledby="links-journal">
      <h2 id="links-journal">{t('journal')}</h2>
      <p role="status" className={told ? 'notice' : 'hidden'}>
        {told}
      </p>
      {journal.problem && <RefusalPanel problem={journal.problem} onRetry={journal.reload} />}
      {problem && <RefusalPanel problem={problem} />}
      {journal.data && merges.length === 0 && <p className="soft">{t('journalNone')}</p>}
      <ul className="links-journal">
        {merges.map((entry) => (
          <li key={entry.id}>
            <p>
              <b>{t(entry.kind)}</b>{' '}
              {t(space === 'firm' ? 'firm.entry' : 'entry', {
                records: t('records', { count: entry.records }),
                from: space === 'firm' ? entry.from : entry.from.slice(0, 8),
                to: space === 'firm' ? entry.to : entry.to.slice(0, 8),
              })}
            </p>
            <p className="soft">{t('entryBy', { by: entry.by, when: formatMoment(entry.at, { language }) })}</p>
            {entry.undone && <p className="soft">{t('wasUndone')}</p>}
            {entry.kind === 'merge' && space === 'person' && <Uses id={entry.id} headers={headers} />}
            {entry.kind === 'merge' && !entry.undone && sure !== entry.id && (
              <div className="acts">
                <button type="button" onClick={() => setSure(entry.id)}>
                  {t('undo')}
                </button>
              </div>
            )}
            {sure === entry.id && (
              <div role="group" aria-label={t('undo')}>
                <p>{t('undoSure')}</p>
                <div className="acts">
                  <button type="button" className="primary" disabled={busy} onClick={() => void undo(entry.id)}>
                    {t('undoDo')}
                  </button>
                  <button type="button" onClick={() => setSure('')}>
                    {t('keep')}
                  </button>
                </div>
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
