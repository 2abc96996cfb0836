import { api, read, useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { Field, GroupFault } from './field-faults.tsx';
import type { Definition } from './item.tsx';
import { useServiceTexts } from './texts.ts';

type Props = { definition: Definition; onChange: (part: Partial<Definition>) => void };
export type Choices = Reply<'/api/service/desk/choices'>;
const FEN = 100;
/** Only these may be granted on a commitment (告知承诺). */
const COMMITTED: readonly string[] = ['licence', 'confirmation'];

export function useChoices(): Choices | undefined {
  return useApi('item choices', (signal) => read(api.GET('/api/service/desk/choices', { signal }))).data;
}

/** On which articles (依据条款) the item rests: at least one. */
export function BasisEditor({ definition, onChange }: Props) {
  const { t } = useServiceTexts();
  const { basis } = definition;
  type Basis = (typeof basis)[number];
  const set = (at: number, part: Partial<Basis> | undefined) =>
    onChange({
      basis: basis.flatMap((each, place) => (place === at ? (part ? [{ ...each, ...part }] : []) : [each])),
    });
  return (
    <fieldset>
      <legend>{t('basis')}</legend>
      <GroupFault pointer="/basis" />
      <ul className="svc-entries">
        {basis.map((each, at) => (
          <li key={at} className="svc-row">
            <Field pointer={`/basis/${at}/law/zh`} label={t('law')} wide>
              {(input) => (
                <input
                  {...input}
                  required
                  value={each.law.zh}
                  onChange={(event) => set(at, { law: { ...each.law, zh: event.target.value } })}
                />
              )}
            </Field>
            <Field pointer={`/basis/${at}/law/en`} label={t('english')} wide>
              {(input) => (
                <input
                  {...input}
                  required
                  value={each.law.en}
                  onChange={(event) => set(at, { law: { ...each.law, en: event.target.value } })}
                />
              )}
            </Field>
            <Field pointer={`/basis/${at}/article`} label={t('article')}>
              {(input) => (
                <input
                  {...input}
                  required
                  value={each.article}
                  placeholder={t('articleHint')}
                  onChange={(event) => set(at, { article: event.target.value })}
                />
              )}
            </Field>
            {basis.length > 1 && (
              <button type="button" className="link" onClick={() => set(at, undefined)}>
                {t('remove')}
                <span className="hidden"> {each.law.zh}</span>
              </button>
            )}
          </li>
        ))}
      </ul>
      <div className="svc-acts">
        <button type="button" onClick={() => onChange({ basis: [...basis, { law: { zh: '', en: '' }, article: '' }] })}>
          {t('addBasis')}
        </button>
      </div>
    </fieldset>
  );
}

/** What it costs (收费): in yuan here, in fen in the definition; without a basis nothing may be charged. */
export function FeeEditor({ definition, onChange }: Props) {
  const { t } = useServiceTexts();
  const { fee } = definition;
  const set = (part: Partial<NonNullable<typeof fee>>) => fee && onChange({ fee: { ...fee, ...part } });
  return (
    <fieldset>
      <legend>{t('fee')}</legend>
      <label className="svc-tick">
        <input
          type="checkbox"
          checked={fee !== undefined}
          onChange={(event) =>
            onChange({ fee: event.target.checked ? { amount: '', basis: { zh: '', en: '' } } : undefined })
          }
        />
        {t('charged')}
      </label>
      {fee && (
        <div className="svc-row">
          <Field pointer="/fee/amount" label={t('feeAmount')}>
            {(input) => (
              <input
                {...input}
                type="number"
                min={0.01}
                step={0.01}
                required
                defaultValue={fee.amount === '' ? '' : Number(fee.amount) / FEN}
                onChange={(event) => set({ amount: fenOf(event.target.value) })}
              />
            )}
          </Field>
          <Field pointer="/fee/due" label={t('feeDue')}>
            {(input) => (
              <select
                {...input}
                value={fee.due ?? 'issue'}
                onChange={(event) => set({ due: event.target.value === 'acceptance' ? 'acceptance' : undefined })}
              >
                {(['issue', 'acceptance'] as const).map((due) => (
                  <option key={due} value={due}>
                    {t(`dueAt.${due}`)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field pointer="/fee/basis/zh" label={t('feeBasis')} wide>
            {(input) => (
              <input
                {...input}
                required
                value={fee.basis.zh}
                onChange={(event) => set({ basis: { ...fee.basis, zh: event.target.value } })}
              />
            )}
          </Field>
          <Field pointer="/fee/basis/en" label={t('english')} wide>
            {(input) => (
              <input
                {...input}
                required
                value={fee.basis.en}
                onChange={(event) => set({ basis: { ...fee.basis, en: event.target.value } })}
              />
            )}
          </Field>
        </div>
      )}
    </fieldset>
  );
}

/** Yuan as typed in whole fen, without a floating number in between; what is no amount stays empty and is refused. */
function fenOf(yuan: string): string {
  const [, whole = '', part = ''] = /^(\d+)(?:\.(\d{1,2}))?$/.exec(yuan) ?? [];
  return `${whole}${whole && part.padEnd(2, '0')}`.replace(/^0+/, '');
}

/** How it is decided and what it ends in: certificate, commitment, process. */
export function HandlingEditor({ definition, onChange, choices }: Props & { choices: Choices | undefined }) {
  const { t, say } = useServiceTexts();
  return (
    <fieldset>
      <legend>{t('handling')}</legend>
      <div className="svc-row">
        <Field pointer="/certificateType" label={t('result')} wide hint={t('resultText')}>
          {(input) => (
            <select
              {...input}
              value={definition.certificateType ?? ''}
              onChange={(event) => onChange({ certificateType: event.target.value || undefined })}
            >
              <option value="">{t('noCertificate')}</option>
              {choices?.certificateTypes.map(({ code, title, issuer }) => (
                <option key={code} value={code}>{`${say(title)}（${say(issuer)}）`}</option>
              ))}
            </select>
          )}
        </Field>
        <Field pointer="/process" label={t('process')} wide hint={t('processText')}>
          {(input) => (
            <select
              {...input}
              value={definition.process ?? ''}
              onChange={(event) => onChange({ process: event.target.value || undefined })}
            >
              <option value="">{t('standardProcess')}</option>
              {choices?.processes.map(({ process, name }) => (
                <option key={process} value={process}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {choices && (COMMITTED.includes(definition.kind) || definition.notifyAndCommit) && (
        <label className="svc-tick">
          <input
            type="checkbox"
            checked={definition.notifyAndCommit !== undefined}
            onChange={(event) =>
              onChange({ notifyAndCommit: event.target.checked ? { rule: choices.commitment.rule } : undefined })
            }
          />
          {t('commitTick', { n: choices.commitment.days })}
        </label>
      )}
      <GroupFault pointer="/notifyAndCommit" />
    </fieldset>
  );
}

/** For whom it is, and in which event of life (人生事件) or stage of an enterprise people look for it. */
export function EventsEditor({ definition, onChange, choices }: Props & { choices: Choices | undefined }) {
  const { t, say } = useServiceTexts();
  const { audience, events } = definition;
  const toggled = <T,>(list: readonly T[], entry: T, on: boolean): T[] =>
    on ? [...list, entry] : list.filter((each) => each !== entry);
  return (
    <fieldset>
      <legend>{t('events')}</legend>
      <div className="svc-row">
        {(['person', 'enterprise'] as const).map((who) => (
          <label key={who} className="svc-tick">
            <input
              type="checkbox"
              checked={audience.includes(who)}
              onChange={(event) => onChange({ audience: toggled(audience, who, event.target.checked) })}
            />
            {t(`audienceOf.${who}`)}
          </label>
        ))}
      </div>
      <GroupFault pointer="/audience" />
      <div className="svc-row">
        {choices?.events
          .filter((event) => (audience as string[]).includes(event.audience) || events.includes(event.id))
          .map((event) => (
            <label key={event.id} className="svc-tick">
              <input
                type="checkbox"
                checked={events.includes(event.id)}
                onChange={(change) => onChange({ events: toggled(events, event.id, change.target.checked) })}
              />
              {say(event.title)}
            </label>
          ))}
      </div>
      <GroupFault pointer="/events" />
    </fieldset>
  );
}
