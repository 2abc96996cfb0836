import type { Reply } from '#web/client/reply.ts';
import type { Form } from './shapes.ts';
import { answersOf, type Application } from './use-application.ts';

export type Submitted = Reply<'/api/service/cases', 'post', 201>;
type Filed = { item: string; id: string; source: 'data' | 'certificate' | 'upload'; document?: string };

/** What is sent (`POST /api/service/cases`): a material that several services ask for was handed in once and goes to each of them. */
export function bodyOf(options: { form: Form; application: Pick<Application, 'draft'>; bundle: string | undefined }) {
  const { form, bundle } = options;
  const { draft } = options.application;
  const materials = form.materials.flatMap((material) =>
    material.parts.flatMap(({ item, id }): Filed[] => {
      const chosen = draft.certificates[material.id];
      if (material.source === 'certificate' && chosen)
        return [{ item, id, source: 'certificate', ...(chosen.id !== null && { document: chosen.id }) }];
      const file = draft.files[material.id];
      if (file) return [{ item, id, source: 'upload', document: file.document }];
      return material.source === 'data' ? [{ item, id, source: 'data' }] : [];
    }),
  );
  return {
    form: draft.form,
    channel: 'web' as const,
    ...(bundle !== undefined && { bundle }),
    items: form.items.map(({ code, version }) => ({ code, version })),
    situations: form.situations,
    answers: answersOf({ form, answers: draft.answers }),
    materials,
    contact: draft.contact,
    committed: draft.committed,
  };
}
