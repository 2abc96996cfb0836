import type { FormEvent } from 'react';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useUnitName } from '#web/design/units.tsx';
import { draftKey } from '#web/shell/drafts.ts';
import { useSession } from '#web/shell/session.tsx';
import { useDraft } from '#web/shell/use-draft.ts';
import { useOpsTexts } from './ops-texts.ts';

type Units = { units: { code: string; kind: string }[] };
const NOT_ORDERED = new Set(['city', 'district', 'branch', 'committee']);

type Typed = {
  title: string;
  demand: string;
  urgent: boolean;
  units: string[];
  dueMinutes: string;
  feedbackMinutes: string;
};
const empty = (): Typed => ({
  title: '',
  demand: '',
  urgent: false,
  units: [],
  dueMinutes: '120',
  feedbackMinutes: '30',
});

/**
 * Drafts an order (起草指令): what was typed stays when the server refuses, e.g. because a unit has ended, and when the page is loaded anew in mid-order. Once it is
 * saved it is in the list of every officer.
 */
export function DraftForm({ incident, onDone }: { incident?: string; onDone: () => void }) {
  const { t } = useOpsTexts();
  const unitName = useUnitName();
  const units = useApi('ops units', (signal) => call<Units>('/api/identity/units', { signal }));
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call('/api/ops/orders', { method: 'POST', body, headers: key }),
  );
  const { me } = useSession();
  const [typed, change, forget] = useDraft<Typed>(draftKey(me.account, 'ops-order', incident ?? ''), empty);
  const put = (more: Partial<Typed>) => change((old) => ({ ...old, ...more }));
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const made = await submit({
      ...typed,
      dueMinutes: Number(typed.dueMinutes),
      feedbackMinutes: Number(typed.feedbackMinutes),
      ...(incident ? { incident } : {}),
    });
    if (made === undefined) return;
    change(empty);
    forget();
    onDone();
  };
  const minutes = (name: 'dueMinutes' | 'feedbackMinutes', max: number) => (
    <label>
      {t(name)}
      <input
        name={name}
        type="number"
        min={5}
        max={max}
        value={typed[name]}
        onChange={({ target }) => put({ [name]: target.value })}
        required
      />
    </label>
  );
  return (
    <form onSubmit={send}>
      <label>
        {t('orderTitle')}
        <input
          name="title"
          minLength={2}
          maxLength={200}
          value={typed.title}
          onChange={({ target }) => put({ title: target.value })}
          required
        />
      </label>
      <label>
        {t('demand')}
        <textarea
          name="demand"
          minLength={4}
          maxLength={2000}
          rows={3}
          value={typed.demand}
          onChange={({ target }) => put({ demand: target.value })}
          required
        />
      </label>
      <label>
        {t('units')}
        <select
          name="units"
          multiple
          required
          size={6}
          value={typed.units}
          onChange={({ target }) => put({ units: [...target.selectedOptions].map(({ value }) => value) })}
        >
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
        <input
          type="checkbox"
          name="urgent"
          checked={typed.urgent}
          onChange={({ target }) => put({ urgent: target.checked })}
        />{' '}
        {t('urgent')}
      </label>
      {minutes('dueMinutes', 43_200)}
      {minutes('feedbackMinutes', 1440)}
      {problem && <RefusalPanel problem={problem} />}
      <button type="submit" disabled={busy}>
        {t('saveDraft')}
      </button>
    </form>
  );
}
