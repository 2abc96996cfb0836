import type { Text } from '#platform/kernel/text.ts';

/** Life events of people (人生事件) and stages of enterprises (企业生命周期) by which services are looked for. */
export type LifeEvent = { id: string; title: Text; audience: 'person' | 'enterprise' };

export const LIFE_EVENTS: readonly LifeEvent[] = [
  { id: 'birth', title: { zh: '出生', en: 'A child is born' }, audience: 'person' },
  { id: 'school', title: { zh: '上学', en: 'School' }, audience: 'person' },
  { id: 'work', title: { zh: '就业', en: 'Work' }, audience: 'person' },
  { id: 'marriage', title: { zh: '婚姻', en: 'Marriage' }, audience: 'person' },
  { id: 'home', title: { zh: '住房', en: 'Home' }, audience: 'person' },
  { id: 'health', title: { zh: '医疗', en: 'Health' }, audience: 'person' },
  { id: 'identity', title: { zh: '户籍证件', en: 'Papers' }, audience: 'person' },
  { id: 'help', title: { zh: '困难救助', en: 'Help in need' }, audience: 'person' },
  { id: 'disability', title: { zh: '助残', en: 'Disability' }, audience: 'person' },
  { id: 'service', title: { zh: '退役', en: 'Leaving the army' }, audience: 'person' },
  { id: 'retire', title: { zh: '退休养老', en: 'Old age' }, audience: 'person' },
  { id: 'death', title: { zh: '身后事', en: 'Death' }, audience: 'person' },
  { id: 'found', title: { zh: '企业开办', en: 'Founding a firm' }, audience: 'enterprise' },
  { id: 'premises', title: { zh: '场所与装修', en: 'Premises' }, audience: 'enterprise' },
  { id: 'permit', title: { zh: '准营许可', en: 'Permits to trade' }, audience: 'enterprise' },
  { id: 'build', title: { zh: '工程建设', en: 'Building' }, audience: 'enterprise' },
  { id: 'staff', title: { zh: '用工社保', en: 'Staff' }, audience: 'enterprise' },
  { id: 'tax', title: { zh: '纳税', en: 'Tax' }, audience: 'enterprise' },
  { id: 'grow', title: { zh: '扶持与资质', en: 'Support' }, audience: 'enterprise' },
  { id: 'close', title: { zh: '变更与注销', en: 'Changing and closing' }, audience: 'enterprise' },
];
