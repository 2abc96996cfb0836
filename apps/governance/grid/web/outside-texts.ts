import { useTranslation } from 'react-i18next';
import { addTexts } from '#web/i18n/index.ts';

const zh = {
  title: '区外上报',
  lead: '位置不在本区的上报，凭回执移交所在区，不在本区立案计时。',
  none: '没有区外上报',
  handed: '已移交{{to}}：{{note}}',
  to: '移交给',
  note: '移交情况',
  handOver: '记录移交',
  offered: '位置在{{to}}，建议移交{{to}}',
  unknown: '没有对上邻近的区，请核实所在区',
  nearLine: '（临近区界，请核对）',
};
const en: typeof zh = {
  title: 'Outside of the district',
  lead: 'Reports for places of other districts: handed over against a receipt, no case and no clock here.',
  none: 'Nothing from outside of the district',
  handed: 'Handed over to {{to}}: {{note}}',
  to: 'Handed over to',
  note: 'How it was handed over',
  handOver: 'Record the hand-over',
  offered: 'It lies in {{to}}: offer it there',
  unknown: 'No neighbour is known for this place: please find out',
  nearLine: '(near a line of districts: please check)',
};
addTexts('outside', { zh, en });

export function useOutsideTexts() {
  const { t, i18n } = useTranslation('outside');
  return { t, language: i18n.language === 'en' ? ('en' as const) : ('zh' as const) };
}
