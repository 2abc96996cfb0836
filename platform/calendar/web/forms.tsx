import { type FormEvent, useState } from 'react';
import { call, useSubmit } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useCalendarTexts } from './texts.ts';

const textOf = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value.trim() : '';
};

/** Sets or takes back a day of the district (区级调整). */
export function DistrictDayForm({ set, onDone }: { set: readonly string[]; onDone: () => void }) {
  const { t } = useCalendarTexts();
  const [saved, setSaved] = useState(false);
  const { busy, problem, submit } = useSubmit(({ path, body }: { path: string; body: Record<string, string> }, key) =>
    call(`/api/calendar/district-days${path}`, { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const button = (event.nativeEvent as SubmitEvent).submitter;
    const date = button?.getAttribute('value') ?? '';
    const words = { reason: textOf(form, 'reason'), document: textOf(form, 'document') };
    const done = await submit(
      date
        ? { path: `/${date}/withdraw`, body: words }
        : { path: '', body: { ...words, date: textOf(form, 'date'), kind: textOf(form, 'kind') } },
    );
    setSaved(done !== undefined);
    if (done !== undefined) onDone();
  };
  return (
    <form className="calendar-form" onSubmit={(event) => void send(event)}>
      <h2>{t('set')}</h2>
      <p className="soft">{t('setLead')}</p>
      <div className="field">
        <label htmlFor="day-date">{t('date')}</label>
        <input id="day-date" name="date" type="date" />
      </div>
      <div className="field">
        <label htmlFor="day-kind">{t('kind')}</label>
        <select id="day-kind" name="kind">
          <option value="off">{t('off')}</option>
          <option value="work">{t('work')}</option>
        </select>
      </div>
      <div className="field">
        <label htmlFor="day-reason">{t('reason')}</label>
        <input id="day-reason" name="reason" minLength={2} maxLength={100} required autoComplete="off" />
      </div>
      <div className="field">
        <label htmlFor="day-document">{t('basis')}</label>
        <input id="day-document" name="document" minLength={2} maxLength={100} required autoComplete="off" />
      </div>
      {problem && <RefusalPanel problem={problem} />}
      <div className="acts">
        <button type="submit" className="primary" disabled={busy}>
          {t('save')}
        </button>
        {set.map((date) => (
          <button type="submit" key={date} value={date} disabled={busy}>
            {t('withdraw', { date })}
          </button>
        ))}
      </div>
      {saved && <p role="status">{t('saved')}</p>}
    </form>
  );
}

/** Takes over the official list of a year (录入年度安排), one day a line. */
export function ImportForm({ year, onDone }: { year: number; onDone: () => void }) {
  const { t } = useCalendarTexts();
  const [saved, setSaved] = useState(false);
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call('/api/calendar/years', { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const days = (name: string) =>
      textOf(form, name)
        .split('\n')
        .map((line) => line.trim())
        .filter(Boolean)
        .map((line) => {
          const [date = '', ...words] = line.split(/\s+/);
          return { date, name: words.join(' ') };
        });
    const done = await submit({
      year: Number(textOf(form, 'year')),
      document: textOf(form, 'document'),
      holidays: days('holidays'),
      makeUpDays: days('makeUp'),
    });
    setSaved(done !== undefined);
    if (done !== undefined) onDone();
  };
  return (
    <form className="calendar-form" onSubmit={(event) => void send(event)}>
      <h2>{t('import')}</h2>
      <p className="soft">{t('importLead')}</p>
      <div className="field">
        <label htmlFor="list-year">{t('year')}</label>
        <input id="list-year" name="year" type="number" min={2004} max={2200} defaultValue={year} key={year} required />
      </div>
      <div className="field">
        <label htmlFor="list-document">{t('number')}</label>
        <input id="list-document" name="document" minLength={4} maxLength={80} required autoComplete="off" />
      </div>
      <div className="field">
        <label htmlFor="list-holidays">{t('holidays')}</label>
        <textarea id="list-holidays" name="holidays" rows={6} required />
      </div>
      <div className="field">
        <label htmlFor="list-make-up">{t('makeUp')}</label>
        <textarea id="list-make-up" name="makeUp" rows={6} />
      </div>
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" className="primary" disabled={busy}>
        {t('importAct')}
      </button>
      {saved && <p role="status">{t('saved')}</p>}
    </form>
  );
}
