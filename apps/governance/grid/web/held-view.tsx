import { useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { SampleBadge } from '#web/design/badges.tsx';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { CoolingList, ProposeCooling } from './cooling-parts.tsx';
import { useClasses } from './grid-parts.tsx';
import { useHeldTexts } from './held-texts.ts';

type Held = Reply<'/api/incident/held'>;
type Heap = Held['heaps'][number];
type Outcome = Reply<'/api/incident/held/take-in', 'post'>;
const REASONS = ['repeated', 'not-ours', 'not-found', 'unclear', 'solved', 'false-report', 'test'] as const;

/** Heaps of held reports (待核上报): looked at, taken in or refused, some or all of a heap at once. */
export function HeldView() {
  const { t, language } = useHeldTexts();
  const { me } = useSession();
  const [open, setOpen] = useState<string | null>(null);
  const [note, setNote] = useState<Outcome | null>(null);
  const list = useApi(`held ${open}`, (signal) =>
    call<Held>(`/api/incident/held${open === null ? '' : `?heap=${encodeURIComponent(open)}`}`, { signal }),
  );
  const done = (outcome: Outcome) => {
    setNote(outcome);
    if (outcome.left === 0) setOpen(null);
    list.reload();
  };
  return (
    <section aria-label={t('title')}>
      <p className="soft">{t('lead')}</p>
      {note && <p role="status">{t('done', note)}</p>}
      {list.problem && <RefusalPanel problem={list.problem} onRetry={list.reload} />}
      {list.data?.heaps.length === 0 && <EmptyState title={t('none')} text={t('noneText')} />}
      <ul className="grid-twins">
        {list.data?.heaps.map((heap, index) => (
          <li key={heap.heap} className="grid-heap">
            <b>
              {t('heap', { n: index + 1 })} · {t('count', { n: heap.count })}
            </b>
            <HeapFacts heap={heap} />
            <button
              type="button"
              aria-expanded={heap.heap === open}
              onClick={() => setOpen(heap.heap === open ? null : heap.heap)}
            >
              {t(heap.heap === open ? 'close' : 'open')}
            </button>
            {heap.heap === open && list.data && <OneHeap heap={heap} reports={list.data.reports} onDone={done} />}
          </li>
        ))}
      </ul>
      {me.kind === 'duty-officer' && <CoolingList language={language} />}
    </section>
  );
}

function HeapFacts({ heap }: { heap: Heap }) {
  const { t, language } = useHeldTexts();
  const classes = useClasses();
  const at = (moment: string) => formatMoment(moment, { language });
  return (
    <>
      <span className="soft">
        {[
          t(`causes.${heap.cause as 'rate'}`),
          t('texts', { n: heap.texts }),
          t('streets', { n: heap.streets }),
          ...(heap.holder ? [heap.holder] : []),
        ].join(' · ')}
      </span>
      <span className="soft">{heap.classes.map((code) => classes.get(code)?.name[language] ?? code).join('、')}</span>
      <small className="soft">{t('span', { from: at(heap.from), to: at(heap.to) })}</small>
      {heap.cooling && <span className="badge">{t(heap.cooling === 'on' ? 'on' : 'proposed')}</span>}
    </>
  );
}

function OneHeap({
  heap,
  reports,
  onDone,
}: {
  heap: Heap;
  reports: Held['reports'];
  onDone: (outcome: Outcome) => void;
}) {
  const { t, language } = useHeldTexts();
  const classes = useClasses();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { busy, problem, submit } = useSubmit((given: { path: string; body: object }, key) =>
    call<Outcome>(given.path, { method: 'POST', body: given.body, headers: key }),
  );
  // What another desk has done meanwhile is chosen no more; what is being typed stays.
  const standing = reports.filter(({ id }) => chosen.has(id)).length;
  const some = standing > 0;
  const which = {
    heap: heap.heap,
    ...(some && { ids: reports.filter(({ id }) => chosen.has(id)).map(({ id }) => id) }),
  };
  const send = async (path: string, more: object = {}) => {
    const outcome = await submit({ path, body: { ...which, ...more } });
    if (!outcome) return;
    setChosen(new Set());
    onDone(outcome);
  };
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <div className="grid-heap">
      <label className="choice">
        <input
          type="checkbox"
          checked={standing === reports.length && some}
          onChange={(event) => setChosen(new Set(event.target.checked ? reports.map(({ id }) => id) : []))}
        />
        {t('all', { n: reports.length })} · {t('chosen', { n: standing })}
      </label>
      <ul className="grid-heap-list">
        {reports.map((each) => (
          <li key={each.id}>
            <label className="choice">
              <input type="checkbox" checked={chosen.has(each.id)} onChange={() => toggle(each.id)} />
              <span>
                {each.text} {each.sample && <SampleBadge />}
                <small className="soft">
                  {[
                    each.no,
                    classes.get(each.class)?.name[language] ?? each.class,
                    each.address ?? `${each.lat.toFixed(5)}, ${each.lon.toFixed(5)}`,
                    ...(each.photos > 0 ? [t('photos', { n: each.photos })] : []),
                    formatMoment(each.at, { language }),
                  ].join(' · ')}
                </small>
              </span>
            </label>
          </li>
        ))}
      </ul>
      {problem && <RefusalPanel problem={problem} />}
      <div className="grid-acts">
        <button
          type="button"
          className="primary"
          disabled={busy}
          onClick={() => void send('/api/incident/held/take-in')}
        >
          {t(some ? 'takeChosen' : 'takeAll')}
        </button>
      </div>
      <details>
        <summary>{t('refuse')}</summary>
        <Refuse busy={busy} some={some} onRefuse={(more) => void send('/api/incident/held/refuse', more)} />
      </details>
      {heap.cooling === null && heap.holder === null && (
        <details>
          <summary>{t('propose')}</summary>
          <ProposeCooling heap={heap.heap} onDone={() => onDone({ done: 0, left: heap.count })} />
        </details>
      )}
    </div>
  );
}

function Refuse({
  busy,
  some,
  onRefuse,
}: {
  busy: boolean;
  some: boolean;
  onRefuse: (more: { reason: string; text: string }) => void;
}) {
  const { t } = useHeldTexts();
  const [reason, setReason] = useState<string>('repeated');
  const [text, setText] = useState('');
  return (
    <form
      className="grid-next"
      onSubmit={(event) => {
        event.preventDefault();
        onRefuse({ reason, text: text.trim() });
      }}
    >
      <label>
        {t('reason')}
        <select value={reason} onChange={(event) => setReason(event.target.value)}>
          {REASONS.map((each) => (
            <option key={each} value={each}>
              {t(`reasons.${each}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('words')}
        <textarea
          rows={2}
          minLength={4}
          maxLength={1000}
          required
          value={text}
          onChange={(e) => setText(e.target.value)}
        />
      </label>
      <button type="submit" disabled={busy}>
        {t(some ? 'refuseChosen' : 'refuseAll')}
      </button>
    </form>
  );
}
