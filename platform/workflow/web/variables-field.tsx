import { type OpenDrawing, type Shape } from './bpmn-services.ts';
import { setVariables, type Variable, variablesOf } from './edit-element.ts';
import { useProcessTexts } from './texts.ts';

const TYPES = ['string', 'number', 'boolean', 'date', 'list', 'id'] as const;
const LEVELS = ['L1', 'L2'] as const;

/** Variables of the process (流程变量): what conditions and rules may speak of. Never personal data: hence two levels only. */
export function VariablesField({ drawing, shape }: { drawing: OpenDrawing; shape: Shape }) {
  const { t } = useProcessTexts();
  const variables = variablesOf(shape.businessObject);
  const keep = (next: readonly Variable[]) => setVariables(drawing, shape, next);
  const change = (at: number, part: Partial<Variable>) =>
    keep(variables.map((each, place) => (place === at ? { ...each, ...part } : each)));
  return (
    <fieldset className="process-variables">
      <legend>{t('variables')}</legend>
      <small className="soft">{t('variablesHelp')}</small>
      {variables.map((variable, at) => (
        <div key={`${at} ${variable.name}`}>
          <input
            className="process-code"
            aria-label={t('variableName', { n: at + 1 })}
            defaultValue={variable.name}
            onBlur={(event) => event.target.value !== variable.name && change(at, { name: event.target.value.trim() })}
          />
          <select
            aria-label={t('variableType', { n: at + 1 })}
            value={variable.type}
            onChange={(event) => change(at, { type: event.target.value })}
          >
            {TYPES.map((type) => (
              <option key={type} value={type}>
                {t(`types.${type}`)}
              </option>
            ))}
          </select>
          <select
            aria-label={t('variableLevel', { n: at + 1 })}
            value={variable.level}
            onChange={(event) => change(at, { level: event.target.value })}
          >
            {LEVELS.map((level) => (
              <option key={level}>{level}</option>
            ))}
          </select>
          <button
            type="button"
            className="quiet"
            aria-label={t('variableRemove', { name: variable.name })}
            onClick={() => keep(variables.filter((_, place) => place !== at))}
          >
            ×
          </button>
        </div>
      ))}
      <button
        type="button"
        onClick={() => keep([...variables, { name: `v${variables.length + 1}`, type: 'string', level: 'L1' }])}
      >
        {t('variableAdd')}
      </button>
    </fieldset>
  );
}
