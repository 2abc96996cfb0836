import { type FormEvent, useState } from 'react';
import { call, useSubmit } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useTexts } from './texts.ts';

const FACTS = ['secret', 'commercial', 'personal', 'anonymised', 'security', 'timely'] as const;
const THEMES = [
  'places',
  'buildings',
  'population',
  'economy',
  'environment',
  'transport',
  'culture',
  'services',
] as const;
const CYCLES = ['daily', 'weekly', 'monthly', 'quarterly', 'yearly', 'once'] as const;
const LICENCES = ['open-government-1.0', 'CC-BY-4.0', 'CC0-1.0', 'ODbL-1.0', 'agreement'] as const;

/** States the facts; what follows from them is the rulebook's. Nothing is ticked before. */
export function DecideForm({ set, name, onDone }: { set: string; name: string; onDone: () => void }) {
  const { t } = useTexts();
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call(`/api/open-data/datasets/${set}/decision`, { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const ticked = new FormData(event.currentTarget).getAll('facts');
    if ((await submit(Object.fromEntries(FACTS.map((fact) => [fact, ticked.includes(fact)])))) !== undefined) onDone();
  };
  return (
    <details className="od-make">
      <summary>{t('desk.decide')}</summary>
      <form className="od-form" onSubmit={send} aria-label={`${t('desk.decide')} ${name}`}>
        {problem && <RefusalPanel problem={problem} />}
        <fieldset>
          <legend>{t('desk.decide')}</legend>
          {FACTS.map((fact) => (
            <label key={fact}>
              <input type="checkbox" name="facts" value={fact} /> {t(`desk.facts.${fact}`)}
            </label>
          ))}
        </fieldset>
        <button type="submit" className="primary" disabled={busy}>
          {t('desk.decide')}
        </button>
      </form>
    </details>
  );
}

/** Makes a version from a table or anew from its source; the gate answers at once. */
export function VersionForm({
  set,
  name,
  derived,
  about,
  onDone,
}: {
  set: string;
  name: string;
  derived: boolean;
  about: string;
  onDone: () => void;
}) {
  const { t } = useTexts();
  const [done, setDone] = useState<string>();
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call<{ verdict: string }>(`/api/open-data/datasets/${set}/versions`, {
      method: 'POST',
      body,
      // Persons are counted, none is read: the act itself is the purpose.
      headers: { ...key, ...(about === 'person' ? { 'x-purpose': 'public-statistics' } : {}) },
    }),
  );
  const make = async (body: object) => {
    const made = await submit(body);
    if (!made) return;
    setDone(made.verdict);
    onDone();
  };
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    void make({ csv: String(new FormData(event.currentTarget).get('csv')) });
  };
  return (
    <details className="od-make">
      <summary>{t('desk.make')}</summary>
      {problem && <RefusalPanel problem={problem} />}
      {derived && (
        <p>
          <button type="button" disabled={busy} onClick={() => void make({})}>
            {t('desk.derive')}
          </button>
        </p>
      )}
      <form className="od-form" onSubmit={send} aria-label={`${t('desk.make')} ${name}`}>
        <label>
          {t('desk.csv')}
          <textarea name="csv" rows={5} required />
        </label>
        <button type="submit" className="primary" disabled={busy}>
          {t('desk.make')}
        </button>
      </form>
      {done && (
        <p role="status" className={done === 'pass' ? 'od-done' : 'od-late'}>
          {t(done === 'pass' ? 'desk.made' : 'desk.blocked')}
        </p>
      )}
    </details>
  );
}

/** Proposes a set of the own unit. */
export function ProposeForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts();
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call('/api/open-data/datasets', { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const text = (name: string) => String(data.get(name) ?? '').trim();
    const made = await submit({
      id: text('id'),
      item: text('item'),
      title: { zh: text('nameZh'), en: text('nameEn') },
      summary: { zh: text('sumZh'), en: text('sumEn') },
      theme: text('theme'),
      licence: text('licence'),
      cycle: text('cycle'),
      about: text('about'),
    });
    if (made === undefined) return;
    form.reset();
    onDone();
  };
  const select = (name: string, label: string, values: readonly string[], title: (value: string) => string) => (
    <label>
      {label}
      <select name={name}>
        {values.map((value) => (
          <option key={value} value={value}>
            {title(value)}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <details className="od-make">
      <summary>{t('desk.propose')}</summary>
      <form className="od-form" onSubmit={send} aria-label={t('desk.propose')}>
        {problem && <RefusalPanel problem={problem} />}
        <div className="od-two">
          <label>
            {t('desk.id')}
            <input name="id" pattern="[a-z0-9][a-z0-9\-]{2,99}" required />
          </label>
          <label>
            {t('desk.item')}
            <input name="item" required placeholder="geo.area" />
          </label>
        </div>
        <div className="od-two">
          <label>
            {t('desk.nameZh')}
            <input name="nameZh" minLength={2} maxLength={80} required />
          </label>
          <label>
            {t('desk.nameEn')}
            <input name="nameEn" minLength={2} maxLength={160} required />
          </label>
        </div>
        <div className="od-two">
          <label>
            {t('desk.sumZh')}
            <input name="sumZh" minLength={4} maxLength={400} required />
          </label>
          <label>
            {t('desk.sumEn')}
            <input name="sumEn" minLength={4} maxLength={800} required />
          </label>
        </div>
        <div className="od-two">
          {select('theme', t('portal.theme'), THEMES, (value) => t(`theme.${value}`))}
          {select('licence', t('portal.licence'), LICENCES, (value) => t(`licence.${value}`))}
          {select('cycle', t('set.cycle'), CYCLES, (value) => t(`cycle.${value}`))}
          {select('about', t('desk.about'), ['thing', 'person', 'firm'], (value) => t(`desk.aboutOf.${value}`))}
        </div>
        <button type="submit" className="primary" disabled={busy}>
          {t('desk.proposeSend')}
        </button>
      </form>
    </details>
  );
}
