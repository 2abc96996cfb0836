import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, read, useApi, useSubmit } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useSession } from '#web/shell/session.tsx';
import { useFieldErrors } from './field-errors.ts';
import { Score } from './quality.tsx';
import type { Item } from './shapes.ts';
import { useLanguage } from './use-names.ts';
import './care-texts.ts';
import './care.css';

const SEES = ['data-officer', 'duty-officer', 'security-auditor', 'street-clerk', 'committee-worker', 'unit-head'];
const KINDS = ['required', 'pattern', 'enum', 'range', 'unique'] as const;
type Quality = Reply<'/api/catalog/quality/{id}'>;

/** The quality of one resource (质量面板): six dimensions, every rule in plain words with its counts, the score of late. */
export function QualityPanel({ item }: { item: Item }) {
  const { t } = useTranslation('data-care');
  const { me } = useSession();
  const [adding, setAdding] = useState(false);
  const sees = me.kind !== null && SEES.includes(me.kind);
  const state = useApi(sees ? `quality-of ${item.id}` : null, (signal) =>
    read(api.GET('/api/catalog/quality/{id}', { params: { path: { id: item.id } }, signal })),
  );
  const measure = useSubmit((_: null, header) =>
    read(api.POST('/api/catalog/quality/{id}/measure', { params: { path: { id: item.id }, header }, body: {} })),
  );
  if (!sees) return null;
  const { data } = state;
  return (
    <section className="dc-section" aria-labelledby="quality" aria-busy={state.loading}>
      <h2 id="quality">{t('quality.panel')}</h2>
      {(state.problem ?? measure.problem) && (
        <RefusalPanel problem={(state.problem ?? measure.problem)!} onRetry={state.reload} />
      )}
      {data && !data.quality && <p className="soft">{t('quality.none')}</p>}
      {data?.quality && <Measured quality={data} onRetired={state.reload} />}
      {data?.mayKeep && (
        <div className="care-acts">
          <button
            type="button"
            disabled={measure.busy}
            onClick={() => void measure.submit(null).then((done) => done && state.reload())}
          >
            {t('quality.measureNow')}
          </button>
          {!adding && (
            <button type="button" onClick={() => setAdding(true)}>
              {t('quality.addRule')}
            </button>
          )}
        </div>
      )}
      {adding && (
        <RuleForm
          item={item}
          onDone={() => {
            setAdding(false);
            state.reload();
          }}
          onCancel={() => setAdding(false)}
        />
      )}
    </section>
  );
}

function Measured({
  quality: { quality, rules, trend, minimum, mayKeep },
  onRetired,
}: {
  quality: Quality;
  onRetired: () => void;
}) {
  const { t } = useTranslation('data-care');
  const { say, language } = useLanguage();
  const retire = useSubmit((rule: string, header) =>
    read(api.POST('/api/catalog/quality/rules/{rule}/retire', { params: { path: { rule }, header }, body: {} })),
  );
  if (!quality) return null;
  const number = (value: number) => formatNumber(value, { language });
  return (
    <>
      <p>
        <Score score={quality.score} minimum={minimum} />{' '}
        <span className="soft">
          {t('quality.measured', { day: quality.day })} ·{' '}
          {t(quality.sampled ? 'quality.sampled' : 'quality.rows', { n: number(quality.rows) })} ·{' '}
          {t(`quality.fresh.${quality.freshness.state}`)}
        </span>
      </p>
      {quality.score !== null && quality.score < minimum && (
        <p className="care-broken">{t('quality.below', { n: minimum })}</p>
      )}
      <dl className="care-dimensions">
        {quality.dimensions.map(({ dimension, rate, weight }) => (
          <div key={dimension}>
            <dt>
              {t(`dimension.${dimension}`)} <small>{t('quality.weight', { n: Math.round(weight * 100) })}</small>
            </dt>
            <dd>
              {rate === null ? <span className="soft">{t('quality.notCounted')}</span> : `${(rate * 100).toFixed(1)}%`}
            </dd>
          </div>
        ))}
      </dl>
      {trend.length > 1 && (
        <div
          className="care-trend"
          role="img"
          aria-label={`${t('quality.trend')}: ${trend.map(({ score }) => score ?? '–').join(', ')}`}
        >
          {trend.map(({ day, score }) => (
            <b key={day} title={`${day} ${score ?? ''}`} style={{ height: `${score ?? 0}%` }} />
          ))}
        </div>
      )}
      {quality.failing.length > 0 && (
        <ul className="dc-lines">
          {quality.failing.map((rule) => (
            <li key={rule.id}>
              <span>{say(rule.words)}</span>
              <span className="care-broken">{t('quality.failing', { n: number(rule.failed) })}</span>
              <span className="soft">
                {t('quality.of', { n: number(rule.checked) })} · {t(`dimension.${rule.dimension}`)}
              </span>
            </li>
          ))}
        </ul>
      )}
      <details className="dc-history">
        <summary>
          {t('quality.rulesAll')} {rules.length}
        </summary>
        <ul className="dc-lines">
          {rules.map((rule) => (
            <li key={rule.id}>
              <span>{say(rule.words)}</span>
              <span className="soft">
                {t(`dimension.${rule.dimension}`)} · {t(`quality.by.${rule.by}`)} ·{' '}
                {rule.checked === 0
                  ? t('quality.notCounted')
                  : `${number(rule.checked - rule.failed)} / ${number(rule.checked)}`}
                {rule.why && <> · {rule.why}</>}
              </span>
              {mayKeep && rule.by === 'steward' && (
                <button
                  type="button"
                  className="quiet"
                  disabled={retire.busy}
                  onClick={() => void retire.submit(rule.id).then((done) => done && onRetired())}
                >
                  {t('quality.retire')}
                </button>
              )}
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

type Draft = {
  kind: (typeof KINDS)[number];
  field: string;
  pattern: string;
  values: string;
  min: string;
  max: string;
  why: string;
};

function RuleForm({ item, onDone, onCancel }: { item: Item; onDone: () => void; onCancel: () => void }) {
  const { t } = useTranslation('data-care');
  const { say } = useLanguage();
  const id = useId();
  const [draft, setDraft] = useState<Draft>({
    kind: 'required',
    field: item.fields[0]?.name ?? '',
    pattern: '',
    values: '',
    min: '',
    max: '',
    why: '',
  });
  const set = (more: Partial<Draft>) => setDraft((old) => ({ ...old, ...more }));
  const { busy, problem, submit } = useSubmit((body: Draft, header) =>
    read(
      api.POST('/api/catalog/quality/{id}/rules', {
        params: { path: { id: item.id }, header },
        body: { check: checkOf(body), why: body.why.trim() },
      }),
    ),
  );
  const errors = useFieldErrors(problem, (pointer) => `${id}-${pointer.split('/').at(-1)}`);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (await submit(draft)) onDone();
  };
  return (
    <form className="dc-form" aria-label={t('quality.addRule')} onSubmit={(event) => void send(event)}>
      <FormErrors errors={errors} />
      {problem && errors.length === 0 && <RefusalPanel problem={problem} />}
      <div className="care-form-grid">
        <label className="field">
          {t('quality.field')}
          <select id={`${id}-field`} value={draft.field} onChange={(event) => set({ field: event.target.value })}>
            {item.fields.map((field) => (
              <option key={field.name} value={field.name}>
                {say(field.title)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          {t('quality.kind')}
          <select value={draft.kind} onChange={(event) => set({ kind: event.target.value as Draft['kind'] })}>
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`quality.kinds.${kind}`)}
              </option>
            ))}
          </select>
        </label>
        {draft.kind === 'pattern' && (
          <label className="field">
            {t('quality.pattern')}
            <input
              id={`${id}-pattern`}
              value={draft.pattern}
              onChange={(event) => set({ pattern: event.target.value })}
              required
              maxLength={200}
            />
          </label>
        )}
        {draft.kind === 'enum' && (
          <label className="field">
            {t('quality.values')}
            <input
              id={`${id}-values`}
              value={draft.values}
              onChange={(event) => set({ values: event.target.value })}
              required
            />
          </label>
        )}
        {draft.kind === 'range' &&
          (['min', 'max'] as const).map((name) => (
            <label className="field" key={name}>
              {t(`quality.${name}`)}
              <input
                id={`${id}-${name}`}
                value={draft[name]}
                onChange={(event) => set({ [name]: event.target.value })}
              />
            </label>
          ))}
        <label className="field care-wide">
          {t('quality.why')}
          <input
            id={`${id}-why`}
            value={draft.why}
            onChange={(event) => set({ why: event.target.value })}
            required
            minLength={2}
            maxLength={300}
          />
        </label>
      </div>
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t('quality.add')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}

/** The check as the server takes it; limits that look like days are days. */
function checkOf({ kind, field, pattern, values, min, max }: Draft) {
  switch (kind) {
    case 'pattern':
      return { kind, field, pattern };
    case 'enum':
      return {
        kind,
        field,
        values: values
          .split(/[,，、]/)
          .map((each) => each.trim())
          .filter(Boolean),
      };
    case 'range': {
      const of = [min, max].some((limit) => /^\d{4}-\d{2}-\d{2}$|^today$/.test(limit))
        ? ('date' as const)
        : ('number' as const);
      return { kind, field, of, ...(min && { min }), ...(max && { max }) };
    }
    default:
      return { kind, field };
  }
}
