import type { ReactNode } from 'react';
import { type OpenDrawing, service, type Shape } from './bpmn-services.ts';
import {
  append,
  APPENDABLE,
  conditionOf,
  isDefault,
  kindOf,
  leadsOn,
  loopOf,
  nameOf,
  setCondition,
  setDefault,
  setLoop,
  setText,
  setTimer,
  stepsOf,
  textOf,
  timerOf,
  triggerOf,
} from './edit-element.ts';
import { ChoiceField, SelectField, TextField } from './field.tsx';
import type { Vocabulary } from './shapes.ts';
import { useProcessTexts } from './texts.ts';
import { VariablesField } from './variables-field.tsx';

type Held = { drawing: OpenDrawing; shape: Shape; vocabulary: Vocabulary | undefined };

/** What the engine needs to know of the selected element (属性): read from and kept in the drawing's own file. */
export function Properties({
  drawing,
  selected,
  vocabulary,
}: {
  drawing: OpenDrawing;
  selected: Shape | null;
  vocabulary: Vocabulary | undefined;
}) {
  const { t } = useProcessTexts();
  const shape = selected ?? service(drawing, 'canvas').getRootElement();
  const kind = kindOf(shape);
  const held = { drawing, shape, vocabulary };
  const set = (attribute: string) => (value: string) => setText(drawing, shape, attribute, value);
  return (
    <section className="process-properties" aria-label={t('properties')} key={shape.id}>
      <h2>
        {selected ? nameOf(shape) : t('wholeProcess')} <small className="soft">{t(`kinds.${kind}`, kind)}</small>
      </h2>
      <TextField label={t('name')} value={textOf(shape.businessObject, 'name')} onKeep={set('name')} />
      {kind === 'Process' && <VariablesField drawing={drawing} shape={shape} />}
      {kind === 'UserTask' && <Person {...held} />}
      {kind === 'ServiceTask' && (
        <TextField
          code
          label={t('handler')}
          help={t('handlerHelp')}
          list={(vocabulary?.handlers ?? []).map((value) => ({ value, title: value }))}
          value={textOf(shape.businessObject, 'district:handler')}
          onKeep={set('district:handler')}
        />
      )}
      {kind === 'BusinessRuleTask' && (
        <TextField
          code
          label={t('decision')}
          help={t('decisionHelp')}
          value={textOf(shape.businessObject, 'district:decision')}
          onKeep={set('district:decision')}
        />
      )}
      {kind === 'SequenceFlow' && <Branch {...held} />}
      {triggerOf(shape)?.$type === 'bpmn:TimerEventDefinition' && <TimerFields {...held} />}
      {/(Task|SubProcess|CallActivity)$/.test(kind) && <LoopFields {...held} />}
      {/Task$/.test(kind) && (
        <TextField
          code
          label={t('result')}
          help={t('resultHelp')}
          value={textOf(shape.businessObject, 'district:result')}
          onKeep={set('district:result')}
        />
      )}
      {selected && leadsOn(shape) && <Next {...held} />}
      {selected && (
        <button type="button" className="quiet" onClick={() => service(drawing, 'modeling').removeElements([shape])}>
          {t('remove')}
        </button>
      )}
    </section>
  );
}

/** A step of a person: who may do it, with which results, by when, and who must not be the same. */
function Person({ drawing, shape, vocabulary }: Held) {
  const { t, language } = useProcessTexts();
  const element = shape.businessObject;
  const words = (attribute: string) =>
    textOf(element, attribute)
      .split(/\s+/)
      .filter((word) => word !== '');
  const set = (attribute: string) => (value: string) => setText(drawing, shape, attribute, value);
  const others = stepsOf(drawing).filter((each) => each.type === 'bpmn:UserTask' && each.id !== shape.id);
  const posts = textOf(element, 'district:posts');
  return (
    <>
      {posts.startsWith('=') ? (
        <TextField code label={t('posts')} value={posts} onKeep={set('district:posts')} />
      ) : (
        <ChoiceField
          label={t('posts')}
          value={words('district:posts')}
          options={(vocabulary?.posts ?? []).map(({ id, title }) => ({ value: id, title: title[language] }))}
          onKeep={(value) => set('district:posts')(value.join(' '))}
        />
      )}
      <TextField
        code
        label={t('units')}
        help={t('unitsHelp')}
        value={textOf(element, 'district:units')}
        onKeep={set('district:units')}
      />
      <TextField
        label={t('outcomes')}
        help={t('outcomesHelp')}
        value={textOf(element, 'district:outcomes')}
        onKeep={set('district:outcomes')}
      />
      <TextField
        label={t('limitWorkingDays')}
        help={t('limitHelp')}
        value={textOf(element, 'district:limitWorkingDays')}
        onKeep={set('district:limitWorkingDays')}
      />
      {others.length > 0 && (
        <ChoiceField
          label={t('separateFrom')}
          value={words('district:separateFrom')}
          options={others.map((each) => ({ value: each.id, title: nameOf(each) }))}
          onKeep={(value) => set('district:separateFrom')(value.join(' '))}
        />
      )}
      <TextField
        code
        label={t('form')}
        help={t('formHelp')}
        value={textOf(element, 'district:form')}
        onKeep={set('district:form')}
      />
    </>
  );
}

/** A line that leaves a gateway: when it is taken. */
function Branch({ drawing, shape }: Held) {
  const { t } = useProcessTexts();
  const from = shape.source ? kindOf(shape.source) : '';
  if (!/^(Exclusive|Inclusive)Gateway$/.test(from)) return <p className="soft">{t('alwaysTaken')}</p>;
  return (
    <>
      <label className="process-tick">
        <input
          type="checkbox"
          checked={isDefault(shape)}
          onChange={(event) => setDefault(drawing, shape, event.target.checked)}
        />{' '}
        {t('default')}
      </label>
      {!isDefault(shape) && (
        <TextField
          code
          label={t('condition')}
          help={t('conditionHelp')}
          value={conditionOf(shape)}
          onKeep={(feel) => setCondition(drawing, shape, feel)}
        />
      )}
    </>
  );
}

function TimerFields({ drawing, shape }: Held) {
  const { t } = useProcessTexts();
  const trigger = triggerOf(shape);
  if (!trigger) return null;
  const timer = timerOf(trigger);
  const kinds = ['working-days', 'duration', 'date', 'cycle'] as const;
  return (
    <>
      <SelectField
        label={t('timer')}
        value={timer.kind}
        options={kinds.map((value) => ({ value, title: t(`timers.${value}`) }))}
        onKeep={(value) => setTimer(drawing, shape, { kind: value as (typeof kinds)[number], value: '' })}
      />
      <TextField
        code
        label={t('timerValue')}
        help={t(`timerHelp.${timer.kind}`)}
        value={timer.value}
        onKeep={(value) => setTimer(drawing, shape, { ...timer, value })}
      />
    </>
  );
}

function LoopFields({ drawing, shape }: Held) {
  const { t } = useProcessTexts();
  const loop = loopOf(shape);
  const keep = (change: Partial<typeof loop>) => setLoop(drawing, shape, { ...loop, ...change });
  const kinds = ['none', 'parallel', 'sequential'] as const;
  return (
    <>
      <SelectField
        label={t('loop')}
        value={loop.kind}
        options={kinds.map((value) => ({ value, title: t(`loops.${value}`) }))}
        onKeep={(value) => keep({ kind: value as (typeof kinds)[number] })}
      />
      {loop.kind !== 'none' && (
        <>
          <TextField
            code
            label={t('collection')}
            help={t('collectionHelp')}
            value={loop.collection}
            onKeep={(collection) => keep({ collection })}
          />
          <TextField code label={t('element')} value={loop.element} onKeep={(element) => keep({ element })} />
          <TextField
            code
            label={t('until')}
            help={t('untilHelp')}
            value={loop.until}
            onKeep={(until) => keep({ until })}
          />
        </>
      )}
    </>
  );
}

/** Where a line leads, by what people call it. */
function targetName(flow: Shape): string {
  const target = flow.businessObject.get('targetRef') as { id?: string; name?: string } | undefined;
  return target?.name || target?.id || '';
}

/** What comes after this step: the lines that are there, to be chosen, and the way of drawing without a mouse. */
function Next({ drawing, shape }: Held): ReactNode {
  const { t } = useProcessTexts();
  const reached = new Set(
    (shape.outgoing ?? []).map((flow) => (flow.businessObject.get('targetRef') as { id?: string } | undefined)?.id),
  );
  const targets = stepsOf(drawing).filter(
    ({ id, type }) => id !== shape.id && !reached.has(id) && !/(StartEvent|BoundaryEvent)$/.test(type),
  );
  return (
    <fieldset className="process-next">
      <legend>{t('next')}</legend>
      {(shape.outgoing ?? []).map((flow) => (
        <button key={flow.id} type="button" onClick={() => service(drawing, 'selection').select(flow)}>
          {t('way', { to: targetName(flow) })}
        </button>
      ))}
      <div className="acts">
        {APPENDABLE.map((type) => (
          <button key={type} type="button" onClick={() => append(drawing, shape, type)}>
            {t(`kinds.${type.replace('bpmn:', '')}`)}
          </button>
        ))}
      </div>
      {targets.length > 0 && (
        <SelectField
          label={t('connectTo')}
          value=""
          options={[{ value: '', title: '—' }, ...targets.map((each) => ({ value: each.id, title: nameOf(each) }))]}
          onKeep={(id) => {
            const target = targets.find((each) => each.id === id);
            if (target) service(drawing, 'modeling').connect(shape, target);
          }}
        />
      )}
    </fieldset>
  );
}
