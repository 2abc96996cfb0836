import { useMemo } from 'react';
import { api, call, read, useApi } from '#web/client/index.ts';
import { draftKey } from '#web/shell/drafts.ts';
import { useDraft } from '#web/shell/use-draft.ts';
import { useSession } from '#web/shell/session.tsx';
import type { Answer, Answers, Field, Form, Guide, Material, Offer, Origin, Prefill, Situations } from './shapes.ts';

/** A file that was uploaded for a material (已上传材料). */
export type Filed = { document: string; name: string };
/** A certificate of the house by its id; one that an outside source holds is obtained there by the unit. */
export type Chosen = { id: string | null; number: string };
type Draft = {
  /** Made when the form is opened: what is sent twice becomes one case. */
  form: string;
  situations: Situations;
  answers: Answers;
  files: Record<string, Filed>;
  /** Certificates chosen in place of papers (用证): choosing one is the consent to its use. */
  certificates: Record<string, Chosen>;
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
  const types = [...new Set((form.data?.materials ?? []).flatMap((material) => typeOf(material) ?? []))].sort();
  const offers = useApi(
    me.signedIn && types.length > 0 ? `apply certificates ${me.account} ${types.join()}` : null,
    () => read(api.POST('/api/service/own-certificates/offers', { body: { types } })),
  );
  const known = useMemo(() => knownOf(form.data, prefill.data), [form.data, prefill.data]);
  return {
    draft,
    form,
    prefill,
    guides,
    known,
    /** Fields that only the applicant can fill in, and those that are under dispute: there the applicant may say it their way. */
    asked: form.data?.fields.filter(({ element }) => known.get(element)?.origin.state !== 'verified') ?? [],
    /** What there is of own certificates for a material; undefined while it is asked for. */
    offerOf: (material: Material): Offer | undefined => {
      const type = typeOf(material);
      // The list itself does not answer: nobody is stuck, the paper may be uploaded.
      if (type !== undefined && offers.problem) return { type, state: 'down', certificates: [] };
      return offers.data?.offers.find((offer) => offer.type === type);
    },
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
    /** `undefined`: none of them after all. */
    certificate: (material: string, chosen: Chosen | undefined) =>
      setDraft((old) => {
        const { [material]: _, ...rest } = old.certificates;
        return { ...old, certificates: chosen ? { ...rest, [material]: chosen } : rest };
      }),
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

/** Type of the certificate that stands in for a material. */
const typeOf = ({ source, from }: Material): string | undefined =>
  source === 'certificate' && from !== null ? from : undefined;

/** What is sent: what was typed, in the type of its field. What is on record the server has already. */
export function answersOf(options: { form: Form; answers: Answers }): Answers {
  const { form, answers } = options;
  return Object.fromEntries(
    form.fields.flatMap(({ element, type }): [string, Answer][] => {
      const value = answers[element];
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
    certificates: {},
    contact: { name: '', phone: '' },
    committed: [],
  };
}
