import { useMemo } from 'react';
import { api, call, read, useApi } from '#web/client/index.ts';
import { draftKey } from '#web/shell/drafts.ts';
import { useDraft } from '#web/shell/use-draft.ts';
import { useSession } from '#web/shell/session.tsx';
import type { Answer, Answers, Field, Form, Guide, Origin, Prefill, Situations } from './shapes.ts';

/** A file that was uploaded for a material (已上传材料). */
export type Filed = { document: string; name: string };
type Draft = {
  /** Made when the form is opened: what is sent twice becomes one case. */
  form: string;
  situations: Situations;
  answers: Answers;
  files: Record<string, Filed>;
  contact: { name: string; phone: string };
  committed: string[];
};

export type Application = ReturnType<typeof useApplication>;

/**
 * The state of one application (申请): the joined form as the answers to the guided questions make it, what is known already, and what
 * was typed, which stays with the tab under the account until it is sent.
 */
export function useApplication(options: { items: readonly string[]; bundle?: string; situations: Situations }) {
  const { items } = options;
  const { me } = useSession();
  const key = draftKey(me.signedIn ? me.account : null, 'apply', ...items);
  const [draft, setDraft, forget] = useDraft<Draft>(key, () => ({ ...empty(), situations: options.situations }));
  const codes = items.join(',');
  const form = useApi(`apply form ${codes} ${JSON.stringify(draft.situations)}`, () =>
    read(api.POST('/api/service/forms/open', { body: { items: [...items], situations: draft.situations } })),
  );
  const prefill = useApi(me.signedIn ? `apply prefill ${me.account} ${codes}` : null, (signal) =>
    call<Prefill>(`/api/service/prefill?items=${codes}`, { signal }),
  );
  const guides = useApi(`apply guides ${codes}`, (signal) =>
    Promise.all(items.map((code) => call<Guide>(`/api/service/items/${code}`, { signal }))),
  );
  const known = useMemo(() => knownOf(form.data, prefill.data), [form.data, prefill.data]);
  return {
    draft,
    form,
    prefill,
    guides,
    known,
    /** Fields that only the applicant can fill in. */
    asked: form.data?.fields.filter(({ element }) => !known.has(element)) ?? [],
    change: (part: Partial<Draft>) => setDraft((old) => ({ ...old, ...part })),
    answer: (element: string, value: Answer | undefined) =>
      setDraft((old) => {
        const { [element]: _, ...rest } = old.answers;
        return { ...old, answers: value === undefined ? rest : { ...rest, [element]: value } };
      }),
    /** Files arrive one by one, also several at a time. */
    file: (material: string, filed: Filed) =>
      setDraft((old) => ({ ...old, files: { ...old.files, [material]: filed } })),
    sent: forget,
  };
}

export type Known = { field: Field; value: string; origin: Origin };

/** Values of the form that a unit has already, by data element. */
function knownOf(form: Form | undefined, prefill: Prefill | undefined): ReadonlyMap<string, Known> {
  const found = new Map<string, Known>();
  for (const origin of prefill?.origins ?? []) {
    const field = form?.fields.find(({ element }) => element === origin.element);
    const row = (prefill?.values as Record<string, Record<string, string | null> | null> | undefined)?.[
      origin.resource
    ];
    const value = row?.[origin.field];
    if (field && value !== undefined && value !== null && value !== '')
      found.set(origin.element, { field, value, origin });
  }
  return found;
}

/** What is sent: known values as they are, typed ones in the type of their field. */
export function answersOf(options: { form: Form; known: ReadonlyMap<string, Known>; answers: Answers }): Answers {
  const { form, known, answers } = options;
  return Object.fromEntries(
    form.fields.flatMap(({ element, type }): [string, Answer][] => {
      const value = known.get(element)?.value ?? answers[element];
      if (value === undefined || value === '') return [];
      return [[element, type === 'number' ? Number(value) : value]];
    }),
  );
}

function empty(): Draft {
  return {
    form: crypto.randomUUID(),
    situations: {},
    answers: {},
    files: {},
    contact: { name: '', phone: '' },
    committed: [],
  };
}
