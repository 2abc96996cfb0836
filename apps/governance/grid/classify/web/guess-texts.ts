import { useTranslation } from 'react-i18next';
import { addTexts } from '#web/i18n/index.ts';

const zh = {
  title: '按描述推荐的类别',
  sure: '看起来是“{{name}}”，把握 {{share}}。不选时就按这一类受理，工作人员还会核对。',
  unsure: '拿不准（最高 {{share}}，不到 {{least}}），由工作人员选定。知道是哪一类的，可以点选：',
  nothing: '从描述看不出类别，由工作人员选定。',
  clerkSure: '看起来是“{{name}}”，把握 {{share}}，请核对。',
  clerkUnsure: '拿不准（最高 {{share}}，不到 {{least}}），请您选定。',
  clerkNothing: '从描述看不出类别，请您选定。',
  one: '{{name}} {{share}}',
};
const en: typeof zh = {
  title: 'Classes that the words may mean',
  sure: 'Looks like “{{name}}”, {{share}} sure. It is taken as that unless you choose; the staff check it.',
  unsure: 'Not sure ({{share}} at most, below {{least}}): the staff will choose. If you know it, press one:',
  nothing: 'The words do not tell the class: the staff will choose.',
  clerkSure: 'Looks like “{{name}}”, {{share}} sure. Please check.',
  clerkUnsure: 'Not sure ({{share}} at most, below {{least}}): please choose.',
  clerkNothing: 'The words do not tell the class: please choose.',
  one: '{{name}} {{share}}',
};
addTexts('grid-guess', { zh, en });

export function useGuessTexts() {
  const { t, i18n } = useTranslation('grid-guess');
  return { t, language: i18n.language === 'en' ? ('en' as const) : ('zh' as const) };
}
