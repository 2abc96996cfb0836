import type { Problem } from '#web/client/index.ts';
import type { Field, Form, Material } from './shapes.ts';
import type { useHallTexts } from './texts.ts';
import type { Application } from './use-application.ts';

export type Fault = { path: string; message: string };
type Texts = ReturnType<typeof useHallTexts>;

/** Ids of the form’s fields on the page. */
export const fieldOf = (element: string): string => `answer-${element}`;
export const materialOf = ({ id }: Pick<Material, 'id'>): string => `material-${id}-choose`;
export const contactOf = (part: string): string => `contact-${part}`;

const PHONE = /^[0-9+-]{7,20}$/;

/** What is missing before anything is sent, each at its place; the server checks again. */
export function faultsOf(options: {
  form: Form;
  asked: readonly Field[];
  known: Application['known'];
  draft: Application['draft'];
  t: Texts['t'];
  say: Texts['say'];
}): Fault[] {
  const { form, asked, known, draft, t, say } = options;
  const faults: Fault[] = [];
  for (const { element, title, type, required } of asked) {
    const value = draft.answers[element];
    const path = fieldOf(element);
    // What is on record and disputed need not be said anew.
    if (required && !known.has(element) && (value === undefined || String(value).trim() === ''))
      faults.push({ path, message: t('apply.need', { field: say(title) }) });
    else if (type === 'number' && value !== undefined && !Number.isFinite(Number(value)))
      faults.push({ path, message: t('apply.needNumber', { field: say(title) }) });
  }
  for (const material of form.materials)
    if (
      material.source !== 'data' &&
      material.required &&
      !draft.files[material.id] &&
      !draft.certificates[material.id]
    ) {
      const need = material.source === 'upload' ? 'apply.needFile' : 'apply.needCertificate';
      faults.push({ path: materialOf(material), message: t(need, { field: say(material.title) }) });
    }
  if (draft.contact.name.trim().length < 2) faults.push({ path: contactOf('name'), message: t('apply.needName') });
  if (!PHONE.test(draft.contact.phone)) faults.push({ path: contactOf('phone'), message: t('apply.needPhone') });
  return faults;
}

/** What the server refused, at the field that it names (RFC 9457 with pointers). */
export function refusedAt(problem: Problem | null, options: { form: Form; say: Texts['say'] }): Fault[] {
  const { form, say } = options;
  return (problem?.details.fields ?? []).map(({ pointer, message }) => {
    const [part, first = '', second = ''] = pointer.split('/').slice(1);
    if (part === 'materials') {
      const material = form.materials.find(({ parts }) =>
        parts.some(({ item, id }) => item === first && id === second),
      );
      return { path: material ? materialOf(material) : '', message };
    }
    if (part === 'contact') return { path: contactOf(first), message };
    const element = part === 'answers' ? first : (part ?? '');
    const field = form.fields.find((each) => each.element === element);
    return { path: fieldOf(element), message: field ? `${say(field.title)}：${message}` : message };
  });
}
