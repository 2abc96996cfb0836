import type { Text } from '#platform/kernel/text.ts';

type Say = (of: { what: Text; no: string; unit: Text | undefined }) => Text;
const to = (unit: Text | undefined, language: 'zh' | 'en', before: string): string =>
  unit ? `${before}${unit[language]}` : '';

/** What a reporter is told (告知上报人), by act: where it stands and what they can do. Nothing of what they said, nobody’s name. */
export const TO_REPORTER: Readonly<Record<string, Say>> = {
  accept: ({ what, no }) => ({
    zh: `您反映的“${what.zh}”已受理（${no}）`,
    en: `Your report “${what.en}” was accepted (${no})`,
  }),
  reject: ({ what, no }) => ({
    zh: `您反映的“${what.zh}”不予受理，请查看原因（${no}）`,
    en: `Your report “${what.en}” was not accepted; see why (${no})`,
  }),
  'ask-facts': ({ what, no }) => ({
    zh: `您反映的“${what.zh}”需要您补充说明（${no}）`,
    en: `Something is missing in your report “${what.en}”: please add it (${no})`,
  }),
  merge: ({ what, no }) => ({
    zh: `您反映的“${what.zh}”已有人先报，两件合并办理，您会继续收到进展（${no}）`,
    en: `“${what.en}” had been reported before: the two go on as one, and you will learn of each step (${no})`,
  }),
  establish: ({ what, no }) => ({
    zh: `您反映的“${what.zh}”已立案（${no}）`,
    en: `Your report “${what.en}” was filed as a case (${no})`,
  }),
  dispatch: ({ what, no, unit }) => ({
    zh: `您反映的“${what.zh}”已派遣${to(unit, 'zh', '给')}处置（${no}）`,
    en: `Your report “${what.en}” was sent to be handled${to(unit, 'en', ' by ')} (${no})`,
  }),
  rule: ({ what, no, unit }) => ({
    zh: `您反映的“${what.zh}”已明确${to(unit, 'zh', '由')}负责处置（${no}）`,
    en: `It was settled who handles your report “${what.en}”${to(unit, 'en', ': ')} (${no})`,
  }),
  reassign: ({ what, no, unit }) => ({
    zh: `您反映的“${what.zh}”已改派${to(unit, 'zh', '给')}处置（${no}）`,
    en: `Your report “${what.en}” was passed on to be handled${to(unit, 'en', ' by ')} (${no})`,
  }),
  feedback: ({ what, no }) => ({
    zh: `您反映的“${what.zh}”已处置完成，正在核查（${no}）`,
    en: `Your report “${what.en}” was dealt with and is being checked (${no})`,
  }),
  close: ({ what, no }) => ({
    zh: `您反映的“${what.zh}”已结案，请评价是否满意（${no}）`,
    en: `Your report “${what.en}” is closed: please say whether you are satisfied (${no})`,
  }),
  cancel: ({ what, no }) => ({
    zh: `您反映的“${what.zh}”已撤销，请查看原因（${no}）`,
    en: `Your report “${what.en}” was taken off the list; see why (${no})`,
  }),
  'call-back': ({ what, no }) => ({
    zh: `您对“${what.zh}”的不满意评价已回访，请查看结果（${no}）`,
    en: `Your rating of “${what.en}” was followed up; see the outcome (${no})`,
  }),
};

/** What officials are told (告知办理人员), by what happened. */
export const TO_OFFICIAL: Readonly<Record<string, Say>> = {
  dispatch: ({ what, no }) => ({
    zh: `新派遣案件：${what.zh}（${no}）`,
    en: `A case for your unit: ${what.en} (${no})`,
  }),
  rule: ({ what, no }) => ({
    zh: `裁决由本单位处置：${what.zh}（${no}）`,
    en: `Ruled to be your unit’s: ${what.en} (${no})`,
  }),
  reassign: ({ what, no }) => ({
    zh: `改派本单位的案件：${what.zh}（${no}）`,
    en: `Passed on to your unit: ${what.en} (${no})`,
  }),
  rework: ({ what, no }) => ({ zh: `退回返工：${what.zh}（${no}）`, en: `To be done again: ${what.en} (${no})` }),
  'call-back': ({ what, no }) => ({
    zh: `回访后须重新处置：${what.zh}（${no}）`,
    en: `To be done again after the call: ${what.en} (${no})`,
  }),
  return: ({ what, no }) => ({
    zh: `案件被退件，请重新派遣：${what.zh}（${no}）`,
    en: `Given back, to be dispatched again: ${what.en} (${no})`,
  }),
  refer: ({ what, no }) => ({ zh: `提请裁决：${what.zh}（${no}）`, en: `Waits for a ruling: ${what.en} (${no})` }),
  'ask-suspend': ({ what, no }) => ({
    zh: `挂账申请待审批：${what.zh}（${no}）`,
    en: `A suspension waits for you: ${what.en} (${no})`,
  }),
  'ask-extend': ({ what, no }) => ({
    zh: `延期申请待审批：${what.zh}（${no}）`,
    en: `An extension waits for you: ${what.en} (${no})`,
  }),
  allow: ({ what, no }) => ({
    zh: `申请已批准：${what.zh}（${no}）`,
    en: `What you asked for is granted: ${what.en} (${no})`,
  }),
  deny: ({ what, no }) => ({
    zh: `申请未获同意：${what.zh}（${no}）`,
    en: `What you asked for is denied: ${what.en} (${no})`,
  }),
  complain: ({ what, no }) => ({
    zh: `上报人不满意，待回访：${what.zh}（${no}）`,
    en: `A reporter is not satisfied, call back: ${what.en} (${no})`,
  }),
  'answer-facts': ({ what, no }) => ({
    zh: `上报人已补充说明：${what.zh}（${no}）`,
    en: `The reporter has answered: ${what.en} (${no})`,
  }),
  'due-soon': ({ what, no }) => ({ zh: `即将到期：${what.zh}（${no}）`, en: `Due soon: ${what.en} (${no})` }),
  remind: ({ what, no, unit }) => ({
    zh: `催办：${to(unit, 'zh', '')}尚未${unit ? '' : '有单位'}办理，${what.zh}（${no}）`,
    en: `Reminder: ${unit ? `${unit.en} has` : 'the unit has'} not acted yet, ${what.en} (${no})`,
  }),
};
