import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '#web/client/index.ts';
import type { Reply } from '#web/client/reply.ts';
import { addTexts } from '#web/i18n/index.ts';
import { RefusalPanel } from './refusal-panel.tsx';
import './guided-form.css';

/** A joined form as the service module answers. */
export type FormView = Reply<'/api/service/forms/open', 'post'>;
export type Situations = FormView['situations'];

const zh = {
  questions: '先回答几个问题',
  answered: '您的情况',
  change: '改',
  materials: '您要准备的材料',
  materialsLater: '回答完上面的问题，这里会列出准确的材料清单。目前已确定：',
  none: '不需要准备材料。',
  source: { data: '系统核验，不用提交', certificate: '调用电子证照，不用提交', upload: '需要您提交' },
  original: '需出示原件',
  optional: '可选',
  fields: '申请表',
  fieldsText: '共 {{joined}} 项，其中 {{obtained}} 项由系统填好，请核对。',
  saving: '分开办要填 {{separate}} 项，一起办只填 {{joined}} 项。',
  obtained: '自动填入',
  required: '必填',
  group: {
    applicant: '申请人',
    enterprise: '企业',
    agent: '代办人',
    premises: '经营场所',
    matter: '申请内容',
    delivery: '领取方式',
  },
};
const en: typeof zh = {
  questions: 'A few questions first',
  answered: 'Your situation',
  change: 'Change',
  materials: 'What you need',
  materialsLater: 'Once the questions are answered, the exact list stands here. Certain so far:',
  none: 'You need nothing.',
  source: { data: 'Checked by the system', certificate: 'Taken from your e-certificates', upload: 'To be handed in' },
  original: 'Show the original',
  optional: 'Optional',
  fields: 'The form',
  fieldsText: '{{joined}} fields, {{obtained}} of them filled in by the system for you to check.',
  saving: 'One by one: {{separate}} fields. Together: {{joined}}.',
  obtained: 'filled in',
  required: 'required',
  group: {
    applicant: 'Applicant',
    enterprise: 'Enterprise',
    agent: 'Agent',
    premises: 'Premises',
    matter: 'Application',
    delivery: 'Delivery',
  },
};
addTexts('guided-form', { zh, en });

/**
 * Guided questions (情形引导) and what follows from the answers: the exact materials and the form. `load` asks the server, since what follows is
 * decided there; the part is the same for people and for the preview of whoever draws the item up.
 */
export function GuidedForm({
  name,
  load,
  titles = {},
}: {
  /** Changes with what is asked about. */
  name: string;
  load: (situations: Situations, signal: AbortSignal) => Promise<FormView>;
  /** Titles of questions by item and id, for the answers that were given. */
  titles?: Record<string, string>;
}) {
  const { t, i18n } = useTranslation('guided-form');
  const say = (text: { zh: string; en: string }) => (i18n.language === 'en' ? text.en : text.zh);
  const [situations, setSituations] = useState<Situations>({});
  const [given, setGiven] = useState<Record<string, { question: string; option: string }>>({});
  const state = useApi(`guided ${name} ${JSON.stringify(situations)}`, (signal) => load(situations, signal));
  const view = state.data;
  const answer = (item: string, id: string, value: string, words: { question: string; option: string }) => {
    setGiven({ ...given, [`${item} ${id}`]: words });
    setSituations({ ...situations, [item]: { ...situations[item], [id]: value } });
  };
  const forget = (item: string, id: string) => {
    // What was asked because of this answer is asked anew as well.
    const own = Object.entries(situations[item] ?? {});
    const kept = own.slice(
      0,
      own.findIndex(([key]) => key === id),
    );
    setSituations({ ...situations, [item]: Object.fromEntries(kept) });
  };
  return (
    <div className="guided" aria-busy={state.loading}>
      {state.problem && <RefusalPanel problem={state.problem} onRetry={state.reload} />}
      <Given
        situations={situations}
        given={given}
        titles={titles}
        onForget={forget}
        label={t('answered')}
        change={t('change')}
      />
      {view && view.next.length > 0 && (
        <section>
          <h3>{t('questions')}</h3>
          {view.next.map((question) => (
            <Question
              key={`${question.item} ${question.id}`}
              title={say(question.title)}
              help={question.help ? say(question.help) : undefined}
              options={question.options.map(({ value, title }) => ({ value, title: say(title) }))}
              onAnswer={(value, option) =>
                answer(question.item, question.id, value, { question: say(question.title), option })
              }
            />
          ))}
        </section>
      )}
      {view && <Materials view={view} />}
      {view && <Fields view={view} />}
    </div>
  );
}

function Given({
  situations,
  given,
  titles,
  onForget,
  label,
  change,
}: {
  situations: Situations;
  given: Record<string, { question: string; option: string }>;
  titles: Record<string, string>;
  onForget: (item: string, id: string) => void;
  label: string;
  change: string;
}) {
  const answers = Object.entries(situations).flatMap(([item, own]) => Object.keys(own).map((id) => ({ item, id })));
  if (answers.length === 0) return null;
  return (
    <section>
      <h3>{label}</h3>
      <ul className="guided-given">
        {answers.map(({ item, id }) => {
          const words = given[`${item} ${id}`];
          return (
            <li key={`${item} ${id}`}>
              <span className="soft">{titles[`${item} ${id}`] ?? words?.question}</span> <b>{words?.option}</b>
              <button type="button" className="link" onClick={() => onForget(item, id)}>
                {change}
                <span className="hidden"> {words?.question}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function Question({
  title,
  help,
  options,
  onAnswer,
}: {
  title: string;
  help?: string;
  options: { value: string; title: string }[];
  onAnswer: (value: string, option: string) => void;
}) {
  const group = useId();
  return (
    <fieldset className="guided-question">
      <legend>{title}</legend>
      {help && <p className="soft">{help}</p>}
      {options.map((option) => (
        <label key={option.value} className="choice">
          <input type="radio" name={group} checked={false} onChange={() => onAnswer(option.value, option.title)} />
          <span>{option.title}</span>
        </label>
      ))}
    </fieldset>
  );
}

function Materials({ view }: { view: FormView }) {
  const { t, i18n } = useTranslation('guided-form');
  const say = (text: { zh: string; en: string }) => (i18n.language === 'en' ? text.en : text.zh);
  // What people have to bring comes first.
  const order = ['upload', 'certificate', 'data'];
  const materials = [...view.materials].sort((a, b) => order.indexOf(a.source) - order.indexOf(b.source));
  return (
    <section>
      <h3>
        {t('materials')} <small>{materials.length}</small>
      </h3>
      {view.next.length > 0 && <p className="soft">{t('materialsLater')}</p>}
      {materials.length === 0 && <p className="soft">{t('none')}</p>}
      <ul className="guided-materials">
        {materials.map((material) => (
          <li key={`${material.source} ${material.from ?? ''} ${material.id}`} data-source={material.source}>
            <b>{say(material.title)}</b>
            <span>
              {t(`source.${material.source}`)}
              {material.original && ` · ${t('original')}`}
              {!material.required && ` · ${t('optional')}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Fields({ view }: { view: FormView }) {
  const { t, i18n } = useTranslation('guided-form');
  const say = (text: { zh: string; en: string }) => (i18n.language === 'en' ? text.en : text.zh);
  const { joined, asked, separate } = view.saving;
  const groups = [...new Set(view.fields.map(({ group }) => group))];
  return (
    <section>
      <h3>
        {t('fields')} <small>{joined}</small>
      </h3>
      <p className="soft">
        {t('fieldsText', { joined, obtained: joined - asked })}
        {view.items.length > 1 && ` ${t('saving', { separate, joined })}`}
      </p>
      <dl className="guided-fields">
        {groups.map((group) => (
          <div key={group}>
            <dt>{t(`group.${group}`)}</dt>
            <dd>
              {view.fields
                .filter((field) => field.group === group)
                .map((field) => (
                  <span key={field.element} data-obtained={field.source !== null}>
                    {say(field.title)}
                    {field.source ? (
                      <small>{t('obtained')}</small>
                    ) : (
                      field.required && <small aria-label={t('required')}>*</small>
                    )}
                  </span>
                ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
