import { SdmxError } from './errors.ts';

/** A representation that can be asked for: by media type with its version, or by the short name in `format`. */
export type Form = {
  name: string;
  type: string;
  version?: string;
  short: readonly string[];
  /** Plain types that mean this one as well. */
  also?: readonly string[];
};

export const DATA_FORMS: readonly Form[] = [
  {
    name: 'json',
    type: 'application/vnd.sdmx.data+json',
    version: '2.0.0',
    short: ['json', 'sdmx-json', 'jsondata'],
    also: ['application/json', 'application/vnd.sdmx.data+json'],
  },
  { name: 'json1', type: 'application/vnd.sdmx.data+json', version: '1.0.0', short: ['json1'] },
  {
    name: 'csv',
    type: 'application/vnd.sdmx.data+csv',
    version: '2.0.0',
    short: ['csv', 'sdmx-csv', 'csvdata', 'csvfile'],
    also: ['text/csv'],
  },
  { name: 'csv1', type: 'application/vnd.sdmx.data+csv', version: '1.0.0', short: ['csv1'] },
  {
    name: 'generic',
    type: 'application/vnd.sdmx.genericdata+xml',
    version: '2.1',
    short: ['genericdata'],
    also: ['application/xml', 'text/xml'],
  },
  {
    name: 'specific',
    type: 'application/vnd.sdmx.structurespecificdata+xml',
    version: '2.1',
    short: ['structurespecificdata', 'xml'],
  },
];
export const STRUCTURE_FORMS: readonly Form[] = [
  {
    name: 'json',
    type: 'application/vnd.sdmx.structure+json',
    version: '2.0.0',
    short: ['json', 'sdmx-json'],
    also: ['application/json'],
  },
  {
    name: 'xml',
    type: 'application/vnd.sdmx.structure+xml',
    version: '2.1',
    short: ['xml', 'structure'],
    also: ['application/xml', 'text/xml'],
  },
];

export type Wanted = { form: Form; parameters: Readonly<Record<string, string>> };

/**
 * The representation that the reader likes best (RFC 9110, 12.5.1). A version may be left open, or given in SDMX's semantic form (`2+.0`,
 * `2.0.0+`). Who accepts nothing of what there is gets 406. `first` is what they get who do not care.
 */
export function negotiate(options: {
  accept: string | undefined;
  format: string | undefined;
  forms: readonly Form[];
  first: string;
}): Wanted {
  const { accept, format, forms, first } = options;
  const fallback = forms.find((f) => f.name === first) as Form;
  if (format !== undefined) {
    const named = forms.find((f) => f.short.includes(format.toLowerCase()));
    if (!named) throw refused(forms);
    return { form: named, parameters: {} };
  }
  if (accept === undefined || accept.trim() === '') return { form: fallback, parameters: {} };
  const ranges = accept
    .split(',')
    .map((part) => {
      const [type = '', ...rest] = part.split(';').map((text) => text.trim());
      const parameters = Object.fromEntries(
        rest.map((text) => {
          const [name = '', ...value] = text.split('=');
          return [name.trim().toLowerCase(), value.join('=').trim().replace(/^"|"$/g, '')];
        }),
      );
      const quality = parameters['q'] === undefined ? 1 : Number(parameters['q']);
      return { type: type.toLowerCase(), parameters, quality: Number.isFinite(quality) ? quality : 0 };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality);
  const ordered = [fallback, ...forms.filter((f) => f !== fallback)];
  for (const { type, parameters } of ranges) {
    const found = ordered.find((form) => {
      if (type === '*/*') return true;
      if (type.endsWith('/*')) return form.type.startsWith(type.slice(0, -1));
      if (form.type === type) return versionFits(parameters['version'], form.version ?? '');
      return (form.also?.includes(type) ?? false) && parameters['version'] === undefined;
    });
    if (found) return { form: found, parameters };
  }
  throw refused(forms);
}

/** `2.0.0`, `2.0.0+` and `2+.0.0` all mean a form that the reader can handle; no version means any. */
export function versionFits(wanted: string | undefined, have: string): boolean {
  if (wanted === undefined || wanted === '' || wanted === have) return true;
  if (!wanted.includes('+')) return have.startsWith(`${wanted}.`);
  const parts = wanted.split('.');
  const at = parts.findIndex((part) => part.endsWith('+') || part === '+');
  const numbers = parts.map((part) => Number(part.replace('+', '') || 0));
  const ours = have.split('.').map(Number);
  for (let i = 0; i < at; i += 1) if ((ours[i] ?? 0) !== (numbers[i] ?? 0)) return false;
  for (let i = at; i < Math.max(ours.length, numbers.length); i += 1) {
    if ((ours[i] ?? 0) > (numbers[i] ?? 0)) return true;
    if ((ours[i] ?? 0) < (numbers[i] ?? 0)) return false;
  }
  return true;
}

export const contentType = ({ form, parameters }: Wanted): string =>
  [
    form.version ? `${form.type};version=${form.version}` : form.type,
    ...['labels', 'keys', 'timeformat'].flatMap((name) => (parameters[name] ? [`${name}=${parameters[name]}`] : [])),
  ].join(';');

function refused(forms: readonly Form[]): SdmxError {
  const list = forms.map((f) => `${f.type};version=${f.version ?? ''}`).join(', ');
  return new SdmxError('acceptable', { zh: `可用的格式：${list}`, en: `available: ${list}` });
}
