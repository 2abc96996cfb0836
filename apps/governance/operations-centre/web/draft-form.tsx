import type { FormEvent } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { useOpsTexts } from './ops-texts.ts';

type Units = { units: { code: string; kind: string }[] };
const NOT_ORDERED = new Set(['city', 'district', 'branch', 'committee']);

/** Drafts an order (起草指令): what was typed stays when the server refuses, e.g. because a unit has ended. */
export function DraftForm({ incident, onDone }: { incident?: string; onDone: () => void }) {
  const { t } = useOpsTexts();
  const unitName = useUnitName();
  const units = useApi('ops units', (signal) => call<Units>('/api/identity/units', { signal }));
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call('/api/ops/orders', { method: 'POST', body, headers: key }),
  );
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const made = await submit({
      title: String(data.get('title')),
      demand: String(data.get('demand')),
      urgent: data.get('urgent') === 'on',
      units: data.getAll('units').map(String),
      dueMinutes: Number(data.get('dueMinutes')),
      feedbackMinutes: Number(data.get('feedbackMinutes')),
      ...(incident ? { incident } : {}),
    });
    if (made === undefined) return;
    form.reset();
    onDone();
  };
  return (
    <form onSubmit={send}>
      <label>
        {t('orderTitle')}
        <input name="title" minLength={2} maxLength={200} required />
      </label>
      <label>
        {t('demand')}
        <textarea name="demand" minLength={4} maxLength={2000} rows={3} required />
      </label>
      <label>
        {t('units')}
        <select name="units" multiple required size={6}>
          {(units.data?.units ?? [])
            .filter(({ kind }) => !NOT_ORDERED.has(kind))
            .map(({ code }) => (
              <option key={code} value={code}>
                {unitName(code)}
              </option>
            ))}
        </select>
      </label>
      <label className="choice">
        <input type="checkbox" name="urgent" /> {t('urgent')}
      </label>
      <label>
        {t('dueMinutes')}
        <input name="dueMinutes" type="number" min={5} max={43200} defaultValue={120} required />
      </label>
      <label>
        {t('feedbackMinutes')}
        <input name="feedbackMinutes" type="number" min={5} max={1440} defaultValue={30} required />
      </label>
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" disabled={busy}>
        {t('saveDraft')}
      </button>
    </form>
  );
}
