import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import { api, asProblem, call, newKey, type Problem, read, useApi, useSubmit } from '#web/client/index.ts';
import { problemFrom } from '#web/client/problem.ts';
import type { Reply } from '#web/client/reply.ts';
import { EmptyState } from '#web/design/empty-state.tsx';
import { formatMoment, instantFromField } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { EmbargoBanner } from './embargo.tsx';
import { Tabs } from './parts.tsx';
import { useEconomyTexts } from './texts.ts';
import './economy.css';

type Calendar = Reply<'/api/economy/releases'>;
type Release = Calendar['releases'][number];

/** Release calendar (发布日历): what comes, with its countdown and what is to do for it; below, what came. */
export default function ReleasesPage() {
  const { t } = useEconomyTexts();
  const state = useApi('economy-releases', (signal) => read(api.GET('/api/economy/releases', { signal })), {
    refreshMs: 15_000,
  });
  const data = state.data;
  const coming = data?.releases.filter((r) => r.state !== 'published') ?? [];
  const came = data?.releases.filter((r) => r.state === 'published') ?? [];
  return (
    <div className="ec">
      <header className="ec-head">
        <h1>{t('tabs.calendar')}</h1>
      </header>
      <Tabs />
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      {data && <EmbargoBanner calendar={data} onDue={state.reload} />}
      {data && (
        <section className="ec-section">
          <h2>{t('upcoming')}</h2>
          {data.plans && <PlanForm onDone={state.reload} />}
          {coming.length === 0 && <EmptyState title={t('noReleases')} text={t('noReleasesText')} />}
          <ul className="ec-list">
            {[...coming].reverse().map((release) => (
              <ReleaseItem key={release.id} release={release} onDone={state.reload} />
            ))}
          </ul>
        </section>
      )}
      {data && (
        <section className="ec-section">
          <h2>{t('published')}</h2>
          <ul className="ec-list">
            {came.map((release) => (
              <ReleaseItem key={release.id} release={release} onDone={state.reload} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function ReleaseItem({ release, onDone }: { release: Release; onDone: () => void }) {
  const { t, language, say } = useEconomyTexts();
  const unitName = useUnitName();
  const approve = useSubmit((_: undefined, headers) =>
    call(`/api/economy/releases/${release.id}/approve`, { method: 'POST', body: {}, headers }),
  );
  const published = release.state === 'published';
  return (
    <li>
      <div>
        <h3>{say(release.title)}</h3>
        <p>
          {formatMoment(release.publishedAt ?? release.embargoUntil, { language })} · {unitName(release.owner)}
          {release.values > 0 && ` · ${t('values', { n: release.values })}`}
          {release.preparedName && ` · ${t('prepared', { name: release.preparedName })}`}
          {release.approvedName && ` · ${t('approved', { name: release.approvedName })}`}
        </p>
      </div>
      <div className="ec-acts">
        <span className="ec-state ec-release" data-state={release.state}>
          {t(`state.${release.state}`)}
        </span>
        {(published || (release.mine && release.state !== 'planned')) && (
          <Link to={`/data/economy/releases/${release.id}`}>{t(published ? 'open' : 'openDraft')}</Link>
        )}
        {release.approves && (
          <button
            type="button"
            className="primary"
            disabled={approve.busy}
            onClick={() => void approve.submit(undefined).then((done) => done && onDone())}
          >
            {t('approve')}
          </button>
        )}
      </div>
      {approve.problem && <RefusalPanel problem={approve.problem} />}
      {release.sends && <UploadForm release={release} onDone={onDone} />}
    </li>
  );
}

type Sent = Reply<'/api/economy/loads', 'post', 201>;

function UploadForm({ release, onDone }: { release: Release; onDone: () => void }) {
  const { t, say } = useEconomyTexts();
  const [file, setFile] = useState<File | null>(null);
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState<Sent>();
  const [problem, setProblem] = useState<Problem>();
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (!file) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const response = await fetch(
        `/api/economy/loads?${new URLSearchParams({ release: release.id, fileName: file.name })}`,
        {
          method: 'POST',
          headers: { 'content-type': 'application/octet-stream', 'idempotency-key': newKey() },
          body: file,
        },
      );
      const body: unknown = await response.json();
      if (response.ok) {
        setSent(body as Sent);
        onDone();
      } else {
        setProblem(problemFrom({ status: response.status, body, traceId: response.headers.get('x-trace-id') }));
      }
    } catch (thrown) {
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="ec-form"
      aria-label={`${t('upload')}：${say(release.title)}`}
      onSubmit={(event) => void send(event)}
    >
      <label>
        {t('uploadFile')}
        <input type="file" accept=".xlsx,.csv,.json" onChange={(event) => setFile(event.target.files?.[0] ?? null)} />
      </label>
      <button type="submit" className="primary" disabled={busy || !file}>
        {t('uploadDo')}
      </button>
      <p className="soft">{t('uploadText')}</p>
      {sent && (
        <p role="status">
          {t(`uploaded.${sent.state}`, { values: sent.values, findings: sent.findings })}{' '}
          {sent.findings > 0 && <Link to="/data/loads">{t('toBoard')}</Link>}
        </p>
      )}
      {problem && <RefusalPanel problem={problem} />}
    </form>
  );
}

function PlanForm({ onDone }: { onDone: () => void }) {
  const { t } = useEconomyTexts();
  const plan = useSubmit((body: object, headers) => call('/api/economy/releases', { method: 'POST', body, headers }));
  const send = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const field = (name: string): string => String(new FormData(form).get(name) ?? '').trim();
    const made = await plan.submit({
      title: { zh: field('title'), en: field('title') },
      period: field('period'),
      embargoUntil: instantFromField(field('at')) ?? '',
    });
    if (made === undefined) return;
    form.reset();
    onDone();
  };
  return (
    <details>
      <summary>{t('plan')}</summary>
      <form className="ec-form" aria-label={t('plan')} onSubmit={(event) => void send(event)}>
        <label>
          {t('planTitle')}
          <input name="title" required minLength={2} maxLength={80} />
        </label>
        <label>
          {t('planPeriod')}
          <input name="period" required pattern="\d{4}(-(Q[1-4]|0[1-9]|1[0-2]))?" placeholder="2026-11" size={10} />
        </label>
        <label>
          {t('planAt')}
          <input name="at" type="datetime-local" required />
        </label>
        <button type="submit" disabled={plan.busy}>
          {t('planDo')}
        </button>
        {plan.problem && <RefusalPanel problem={plan.problem} />}
      </form>
    </details>
  );
}
