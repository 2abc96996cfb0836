import './ops.css';
import { type FormEvent, useState } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { formatMoment } from '#web/design/format.ts';
import type { MapLayer } from '#web/design/map-style.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useOpsTexts } from './ops-texts.ts';

export type Order = Reply<'/api/ops/orders'>['orders'][number];
type Line = Order['lines'][number];
const GOOD: ReadonlySet<string> = new Set(['verified', 'closed', 'reported', 'decided', 'finished']);

/** Streets and roads: the quiet ground of the maps here. */
export const GROUND: readonly MapLayer[] = [
  {
    id: 'places-osm-roads',
    kind: 'line',
    tiles: '/tiles/places-osm-roads/{z}/{x}/{y}.mvt',
    colour: 'mapRoad',
    width: 2,
    nameField: 'name',
  },
  { id: 'streets', kind: 'area', tiles: '/tiles/streets/{z}/{x}/{y}.mvt', hollow: true, nameField: 'name' },
];

/** 演练: worn by everything that comes of an exercise. */
export function ExerciseMark() {
  const { t } = useOpsTexts();
  return <span className="badge ops-mark">{t('exercise')}</span>;
}

export function LevelMark({ level }: { level: number }) {
  const { t } = useOpsTexts();
  return (
    <span className="badge ops-level" data-level={level}>
      {t(`levels.${level as 1}`)}
    </span>
  );
}

export function State({ state }: { state: string }) {
  const { t } = useOpsTexts();
  return (
    <span className={`badge${GOOD.has(state) ? ' ops-good' : ''}`}>
      {t(`states.${state as 'open'}`, { defaultValue: state })}
    </span>
  );
}

/** Open or ended: two views of a list. */
export function Views({ view, onChange }: { view: 'open' | 'ended'; onChange: (view: 'open' | 'ended') => void }) {
  const { t } = useOpsTexts();
  return (
    <div className="ops-tabs" role="group" aria-label={t('open')}>
      {(['open', 'ended'] as const).map((each) => (
        <button type="button" key={each} aria-pressed={each === view} onClick={() => onChange(each)}>
          {t(each)}
        </button>
      ))}
    </div>
  );
}

/** One text and one button (一句话): what was typed stays when the server refuses. */
export function OneLine(of: { url: string; field: string; label: string; button: string; onDone: () => void }) {
  const { url, field, label, button, onDone } = of;
  const { busy, problem, submit } = useSubmit((text: string, key) =>
    call(url, { method: 'POST', body: { [field]: text }, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = String(new FormData(form).get(field) ?? '');
    if ((await submit(text)) === undefined) return;
    form.reset();
    onDone();
  };
  return (
    <form onSubmit={send}>
      <label>
        {label}
        <textarea name={field} minLength={2} maxLength={500} rows={2} required />
      </label>
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" disabled={busy}>
        {button}
      </button>
    </form>
  );
}

/** A button that does one thing at once. */
export function Act({
  url,
  text,
  primary,
  onDone,
}: {
  url: string;
  text: string;
  primary?: boolean;
  onDone: () => void;
}) {
  const { busy, problem, submit } = useSubmit((_: null, key) => call(url, { method: 'POST', body: {}, headers: key }));
  return (
    <>
      <button
        type="button"
        className={primary ? 'primary' : undefined}
        disabled={busy}
        onClick={async () => {
          if ((await submit(null)) !== undefined) onDone();
        }}
      >
        {text}
      </button>
      {problem && <RefusalPanel problem={problem} />}
    </>
  );
}

/** What one unit has done about an order, and what this person may do next. */
export function OrderLine({ order, line, onDone }: { order: string; line: Line; onDone: () => void }) {
  const { t, language } = useOpsTexts();
  const unitName = useUnitName();
  const [words, setWords] = useState<string | null>(null);
  const url = (act: string) => `/api/ops/orders/${order}/lines/${line.unit}/${act}`;
  const at = (moment: string) => formatMoment(moment, { language });
  return (
    <li className="ops-card">
      <div className="ops-row">
        <b>{unitName(line.unit)}</b>
        <State state={line.state} />
        {line.late && <span className="badge ops-late">{t('isLate')}</span>}
      </div>
      <p className="soft">
        {line.receivedAt && t('received', { name: line.receivedName, at: at(line.receivedAt) })}
        {!line.receivedAt && line.receiveDue && t('receiveBy', { at: at(line.receiveDue) })}
        {line.state === 'sent' && line.step > 0 && ` · ${t('told', { n: line.step })}`}
        {line.feedbackDue && ` · ${t('feedbackBy', { at: at(line.feedbackDue) })}`}
      </p>
      {line.acts.length > 0 && (
        <div className="ops-row">
          {line.acts.map((act) =>
            act === 'feedback' || act === 'report' || act === 'return' ? (
              <button type="button" key={act} onClick={() => setWords(words === act ? null : act)}>
                {t(`acts.${act}`)}
              </button>
            ) : (
              <Act key={act} url={url(act)} text={t(`acts.${act as 'receive'}`)} primary onDone={onDone} />
            ),
          )}
        </div>
      )}
      {words && line.acts.includes(words) && (
        <OneLine
          key={words}
          url={url(words)}
          field="text"
          label={t('feedbackText')}
          button={t(`acts.${words as 'report'}`)}
          onDone={() => {
            setWords(null);
            onDone();
          }}
        />
      )}
    </li>
  );
}

type Entry = { at: string; kind: string; byName: string; unit: string | null; text: string | null };
/** Everything that happened, in order. */
export function Story({ entries }: { entries: readonly Entry[] }) {
  const { t, language } = useOpsTexts();
  const unitName = useUnitName();
  return (
    <ol className="ops-timeline">
      {entries.map((entry, i) => (
        <li key={`${entry.at} ${i}`}>
          <time dateTime={entry.at}>{formatMoment(entry.at, { language })}</time>
          <div>
            <b>{t(`steps.${entry.kind as 'order.issued'}`, { defaultValue: entry.kind })}</b>{' '}
            {entry.unit && unitName(entry.unit)}
            {entry.text && <p>{entry.text}</p>}
            <small className="soft">
              {' '}
              {entry.byName === 'exercise'
                ? t('exercise')
                : entry.byName.startsWith('ops/')
                  ? t('machine')
                  : entry.byName}
            </small>
          </div>
        </li>
      ))}
    </ol>
  );
}

/** The one timeline of everything that hangs together (G1). */
export function OneTimeline({ kind, id, refreshMs }: { kind: 'emergency' | 'order'; id: string; refreshMs: number }) {
  const { t } = useOpsTexts();
  const story = useApi(
    `timeline ${kind} ${id}`,
    (signal) => call<Reply<'/api/incident/timeline/{kind}/{id}'>>(`/api/incident/timeline/${kind}/${id}`, { signal }),
    { refreshMs },
  );
  return (
    <section aria-label={t('timeline')}>
      <h2>{t('timeline')}</h2>
      {story.problem && <RefusalPanel problem={story.problem} onRetry={story.reload} />}
      <Story
        entries={(story.data?.entries ?? []).map((entry) => ({
          ...entry,
          unit: typeof entry.data.unit === 'string' ? entry.data.unit : null,
        }))}
      />
    </section>
  );
}
