import { type FormEvent, type ReactNode, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { call, useApi, useSubmit } from '#web/client/index.ts';
import { FormErrors } from '#web/design/form-errors.tsx';
import { formatExact, instantFromField } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { useStreets } from '#web/design/unit-select.tsx';
import type { Warning } from './parts.tsx';
import { useSignalTexts } from './texts.ts';
import { infoIn } from './warnings-page.tsx';

const STATUSES = ['Actual', 'Exercise', 'Test', 'System', 'Draft'] as const;
const TYPES = ['Alert', 'Update', 'Cancel'] as const;
const SCOPES = ['Public', 'Restricted'] as const;
const CATEGORIES = [
  'Met',
  'Safety',
  'Fire',
  'Health',
  'Transport',
  'Infra',
  'Env',
  'Security',
  'Rescue',
  'Geo',
  'CBRNE',
  'Other',
] as const;
const RESPONSES = [
  'Avoid',
  'Shelter',
  'Evacuate',
  'Prepare',
  'Monitor',
  'Execute',
  'Assess',
  'AllClear',
  'None',
] as const;
const URGENCIES = ['Immediate', 'Expected', 'Future', 'Past', 'Unknown'] as const;
const CERTAINTIES = ['Observed', 'Likely', 'Possible', 'Unlikely', 'Unknown'] as const;
const SIX_HOURS_MS = 6 * 3_600_000;

const atField = (ms: number): string => formatExact(ms).replace(' ', 'T');

/** The editor of a warning (起草预警). A fault of the server stands at its field, and nothing typed is lost. */
export default function DraftPage() {
  const { t } = useSignalTexts();
  const streets = useStreets();
  const go = useNavigate();
  const [status, setStatus] = useState<(typeof STATUSES)[number]>('Actual');
  const [msgType, setMsgType] = useState<(typeof TYPES)[number]>('Alert');
  const [scope, setScope] = useState<(typeof SCOPES)[number]>('Public');
  const { busy, problem, submit } = useSubmit((body: object, key) =>
    call<Warning>('/api/signal/warnings', { method: 'POST', body, headers: key }),
  );
  const fault = (pointer: string): string | undefined =>
    problem?.details.fields?.find(
      (field) =>
        field.pointer === pointer ||
        field.pointer.startsWith(`${pointer}/`) ||
        // What is wrong with the centre as a whole stands at its first field.
        `${field.pointer}/lat` === pointer,
    )?.message;
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const made = await submit(bodyOf(new FormData(event.currentTarget)));
    if (made) await go(`/gov/warnings/${made.id}`);
  };
  const field = (name: string, pointer: string, label: string, control: (id: string, bad: boolean) => ReactNode) => (
    <label key={name}>
      {label}
      {control(`f${pointer}`, fault(pointer) !== undefined)}
      {fault(pointer) && <span className="signal-fault">{fault(pointer)}</span>}
    </label>
  );
  const select = (
    name: string,
    pointer: string,
    label: string,
    options: readonly (readonly [string, string])[],
    more: { value?: string; onChange?: (value: string) => void } = {},
  ) =>
    field(name, pointer, label, (id, bad) => (
      <select
        id={id}
        name={name}
        aria-invalid={bad}
        value={more.value}
        onChange={more.onChange && ((event) => more.onChange?.(event.target.value))}
      >
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    ));
  const input = (name: string, pointer: string, label: string, more: Record<string, unknown> = {}) =>
    field(name, pointer, label, (id, bad) => <input id={id} name={name} aria-invalid={bad} required {...more} />);
  const words = (name: string, language: 'zh' | 'en') =>
    field(`${name}-${language}`, `/${name}/${language}`, t(name as 'description'), (id, bad) => (
      <textarea
        id={id}
        name={`${name}-${language}`}
        lang={language}
        aria-invalid={bad}
        required
        maxLength={3_000}
        rows={4}
      />
    ));
  return (
    <div className="signal">
      <p>
        <Link to="/gov/warnings">{t('back')}</Link>
      </p>
      <h1>{t('draft')}</h1>
      <p className="notice" role="status">
        {status === 'Actual' && scope === 'Public' ? t('reaches') : t('reachesNot')}
      </p>
      {problem && !problem.details.fields?.length && <RefusalPanel problem={problem} />}
      <FormErrors
        errors={(problem?.details.fields ?? []).map(({ pointer, message }) => ({ path: `f${pointer}`, message }))}
      />
      <form onSubmit={send}>
        <div className="signal-pair">
          {select(
            'status',
            '/status',
            t('status'),
            STATUSES.map((each) => [each, t(`statuses.${each}`)]),
            {
              value: status,
              onChange: (value) => setStatus(value as typeof status),
            },
          )}
          {select(
            'scope',
            '/scope',
            t('scope'),
            SCOPES.map((each) => [each, t(`scopes.${each}`)]),
            {
              value: scope,
              onChange: (value) => setScope(value as typeof scope),
            },
          )}
          {select(
            'msgType',
            '/msgType',
            t('msgType'),
            TYPES.map((each) => [each, t(`msgTypes.${each}`)]),
            {
              value: msgType,
              onChange: (value) => setMsgType(value as typeof msgType),
            },
          )}
          {select(
            'level',
            '/level',
            t('levelHead'),
            ([1, 2, 3, 4] as const).map((each) => [String(each), t(`level.${each}`)]),
          )}
          {select(
            'urgency',
            '/urgency',
            t('urgency'),
            URGENCIES.map((each) => [each, t(`urgencies.${each}`)]),
          )}
          {select(
            'certainty',
            '/certainty',
            t('certainty'),
            CERTAINTIES.map((each) => [each, t(`certainties.${each}`)]),
          )}
          {select(
            'category',
            '/category',
            t('category'),
            CATEGORIES.map((each) => [each, t(`categories.${each}`)]),
          )}
          {input('expires', '/expires', t('expires'), {
            type: 'datetime-local',
            defaultValue: atField(Date.now() + SIX_HOURS_MS),
          })}
        </div>
        {scope === 'Restricted' && input('restriction', '/restriction', t('restriction'), { maxLength: 500 })}
        {msgType !== 'Alert' && <Referred fault={fault('/refersTo')} />}
        <fieldset>
          <legend>{t('response')}</legend>
          {RESPONSES.map((each) => (
            <label key={each} className="signal-check">
              <input type="checkbox" name="responseType" value={each} /> {t(`responses.${each}`)}
            </label>
          ))}
        </fieldset>
        {(['zh', 'en'] as const).map((language) => (
          <fieldset key={language}>
            <legend>{language === 'zh' ? t('chinese') : t('english')}</legend>
            {input(`event-${language}`, `/event/${language}`, t('event'), { maxLength: 100, lang: language })}
            {input(`headline-${language}`, `/headline/${language}`, t('headline'), { maxLength: 160, lang: language })}
            {words('description', language)}
            {words('instruction', language)}
          </fieldset>
        ))}
        {input('areaDesc', '/area/0/areaDesc', t('areaDesc'), { maxLength: 500 })}
        <fieldset>
          <legend>{t('circle')}</legend>
          {input('lat', '/area/0/circle/0/lat', t('lat'), {
            type: 'number',
            step: 'any',
            min: -90,
            max: 90,
            required: false,
          })}
          {input('lon', '/area/0/circle/0/lon', t('lon'), {
            type: 'number',
            step: 'any',
            min: -180,
            max: 180,
            required: false,
          })}
          {input('radius', '/area/0/circle/0/radiusKm', t('radius'), {
            type: 'number',
            step: 'any',
            min: 0,
            max: 100,
            required: false,
          })}
          {field('geocode', '/area/0/geocode', t('geocode'), (id, bad) => (
            <select id={id} name="geocode" aria-invalid={bad} defaultValue="">
              <option value="">{t('noGeocode')}</option>
              {streets.map(({ code, name }) => (
                <option key={code} value={code}>
                  {name}
                </option>
              ))}
            </select>
          ))}
        </fieldset>
        <button type="submit" className="primary" disabled={busy}>
          {t('submit')}
        </button>
      </form>
    </div>
  );
}

/** Which warning an update or a cancel is about: one that is released. */
function Referred({ fault }: { fault: string | undefined }) {
  const { t, language } = useSignalTexts();
  const list = useApi('warnings', (signal) => call<{ warnings: Warning[] }>('/api/signal/warnings', { signal }));
  return (
    <label>
      {t('refersTo')}
      <select id="f/refersTo" name="refersTo" aria-invalid={fault !== undefined}>
        <option value="">{t('choose')}</option>
        {list.data?.warnings
          .filter(({ state }) => state === 'released')
          .map((warning) => (
            <option key={warning.id} value={warning.id}>
              {infoIn(warning.message, language)?.headline ?? warning.identifier}（
              {t(`statuses.${warning.message.status}`)}）
            </option>
          ))}
      </select>
      {fault && <span className="signal-fault">{fault}</span>}
    </label>
  );
}

function bodyOf(form: FormData): object {
  const text = (name: string): string => String(form.get(name) ?? '').trim();
  const both = (name: string) => ({ zh: text(`${name}-zh`), en: text(`${name}-en`) });
  const optional = (name: string) => (text(name) === '' ? {} : { [name]: text(name) });
  const [lat, lon, radiusKm] = [text('lat'), text('lon'), text('radius')];
  const circle =
    lat || lon || radiusKm ? [{ lat: numberOf(lat), lon: numberOf(lon), radiusKm: numberOf(radiusKm) }] : [];
  const geocode = text('geocode') === '' ? [] : [{ valueName: 'GB/T 2260', value: text('geocode') }];
  return {
    status: text('status'),
    msgType: text('msgType'),
    scope: text('scope'),
    ...optional('restriction'),
    ...optional('refersTo'),
    level: Number(text('level')),
    category: [text('category')],
    responseType: form.getAll('responseType').map(String),
    urgency: text('urgency'),
    certainty: text('certainty'),
    event: both('event'),
    headline: both('headline'),
    description: both('description'),
    instruction: both('instruction'),
    expires: instantFromField(text('expires')) ?? '',
    area: [
      { areaDesc: text('areaDesc'), ...(circle.length ? { circle } : {}), ...(geocode.length ? { geocode } : {}) },
    ],
  };
}

/** What is not filled in is not sent: the server says at the field what is missing. */
const numberOf = (text: string | undefined): number | undefined => (text ? Number(text) : undefined);
