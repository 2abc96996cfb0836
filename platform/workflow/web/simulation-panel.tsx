import { type FormEvent, useState } from 'react';
import { call, useSubmit } from '#web/client/index.ts';
import { formatNumber } from '#web/design/format.ts';
import { RefusalPanel } from '#web/design/refusal-panel.tsx';
import { variablesOf, nameOf, stepsOf, textOf } from './edit-element.ts';
import { type OpenDrawing, service } from './bpmn-services.ts';
import { SimulationFigures } from './simulation-figures.tsx';
import type { Process, Simulation, Vocabulary } from './shapes.ts';
import { useProcessTexts } from './texts.ts';

/** What a simulation begins with before anything was entered [A]. */
const BEGIN = { runs: 200, perDay: 10, minutes: 30, seed: 1, limit: 10 };

/** Plays the drawing with invented cases (仿真): how long they take, where they wait, who is busy. */
export function SimulationPanel({
  process,
  current,
  drawing,
  vocabulary,
}: {
  process: Process;
  current: () => Promise<string>;
  drawing: OpenDrawing | null;
  vocabulary: Vocabulary | undefined;
}) {
  const { t, language } = useProcessTexts();
  const [result, setResult] = useState<Simulation | null>(null);
  const { busy, problem, submit } = useSubmit(async (settings: object) =>
    call<Simulation>('/api/workflow/simulate', {
      method: 'POST',
      body: { xml: await current(), process: process.id, settings },
    }),
  );
  if (!drawing) return null;
  const steps = stepsOf(drawing).filter(({ type }) => type === 'bpmn:UserTask');
  const posts = [
    ...new Set(
      steps
        .flatMap(({ businessObject }) => textOf(businessObject, 'district:posts').split(/\s+/))
        .filter((each) => /^[a-z]/.test(each)),
    ),
  ];
  const root = service(drawing, 'canvas').getRootElement();
  const variables = root.type === 'bpmn:Process' ? variablesOf(root.businessObject) : [];
  const results = new Set(steps.map(({ businessObject }) => textOf(businessObject, 'district:result')));
  const given = variables.filter(({ name }) => !results.has(name));
  const titleOf = (post: string) => vocabulary?.posts.find(({ id }) => id === post)?.title[language] ?? post;
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const filled = (prefix: string, names: readonly string[]) =>
      names.flatMap((name) => (text(`${prefix} ${name}`) === '' ? [] : [[name, text(`${prefix} ${name}`)] as const]));
    const made = await submit({
      seed: Number(text('seed')),
      runs: Number(text('runs')),
      perDay: Number(text('perDay')),
      defaultMinutes: Number(text('minutes')),
      durations: Object.fromEntries(
        filled(
          'step',
          steps.map(({ id }) => id),
        ).map(([id, minutes]) => [id, { minutes: Number(minutes) }]),
      ),
      posts: Object.fromEntries(filled('post', posts).map(([post, people]) => [post, Number(people)])),
      outcomes: {},
      variables: Object.fromEntries(
        given.flatMap(({ name, type }) => {
          const value = text(`variable ${name}`);
          return value === '' ? [] : [[name, typed(type, value)]];
        }),
      ),
    });
    if (made) setResult(made);
  };
  const number = (name: keyof typeof BEGIN, label: string, least: number) => (
    <label key={name}>
      {label} <input name={name} type="number" min={least} step="any" defaultValue={BEGIN[name]} required />
    </label>
  );
  return (
    <section aria-label={t('tabs.simulation')}>
      <p className="soft">{t('simulationLead')}</p>
      <form className="process-simulation" onSubmit={(event) => void send(event)}>
        {number('runs', t('runs'), 1)}
        {number('perDay', t('perDay'), 0.1)}
        {number('minutes', t('minutes'), 0)}
        {number('seed', t('seed'), 0)}
        {posts.length > 0 && (
          <fieldset>
            <legend>
              {t('people')} <small className="soft">{t('peopleHelp')}</small>
            </legend>
            {posts.map((post) => (
              <label key={post}>
                {titleOf(post)} <input name={`post ${post}`} type="number" min={0} defaultValue={1} />
              </label>
            ))}
          </fieldset>
        )}
        <details>
          <summary>
            {t('stepMinutes')} <small className="soft">{t('stepMinutesHelp')}</small>
          </summary>
          {steps.map((shape) => (
            <label key={shape.id}>
              {nameOf(shape)} <input name={`step ${shape.id}`} type="number" min={0} step="any" />
            </label>
          ))}
        </details>
        {given.length > 0 && (
          <fieldset>
            <legend>
              {t('startValues')} <small className="soft">{t('startValuesHelp')}</small>
            </legend>
            {given.map(({ name, type }) => (
              <label key={name}>
                <code>{name}</code>{' '}
                <input name={`variable ${name}`} defaultValue={type === 'number' ? BEGIN.limit : ''} />
              </label>
            ))}
          </fieldset>
        )}
        <button type="submit" className="primary" disabled={busy}>
          {t('simulate')}
        </button>
      </form>
      {problem && <RefusalPanel problem={problem} />}
      {result && <SimulationFigures result={result} steps={stepsOf(drawing)} titleOf={titleOf} />}
      {busy && <p role="status">{t('loading', { ns: 'shell' })}</p>}
      {result && <p className="soft">{t('workingDays', { n: formatNumber(Math.round(result.days), { language }) })}</p>}
    </section>
  );
}

/** What was typed for a variable, as a value of its type. */
function typed(type: string, value: string): string | number | boolean | string[] {
  switch (type) {
    case 'number':
      return Number(value);
    case 'boolean':
      return /^(true|yes|是|1)$/i.test(value);
    case 'list':
      return value.split(/\s+/);
    default:
      return value;
  }
}
