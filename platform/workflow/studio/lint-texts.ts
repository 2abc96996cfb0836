import type { Text } from '#platform/kernel/text.ts';

/** The rules of bpmnlint's recommended set in the words of this house; its own messages are English and short. */
export const LINT_TEXTS: Readonly<Record<string, Text>> = {
  'ad-hoc-sub-process': {
    zh: '自由子流程里不能有开始或结束事件',
    en: 'an ad-hoc sub-process has no start and no end event',
  },
  'conditional-flows': { zh: '这条分支没有写条件', en: 'this branch has no condition' },
  'end-event-required': { zh: '流程没有结束事件', en: 'there is no end event' },
  'event-based-gateway': {
    zh: '事件网关至少要有两个出口，出口上不能写条件',
    en: 'an event gateway needs two ways out, none of them conditional',
  },
  'event-sub-process-typed-start-event': {
    zh: '事件子流程的开始事件要说明由什么触发',
    en: 'the start of an event sub-process says what triggers it',
  },
  'fake-join': {
    zh: '多条线汇到同一步，不会互相等待，这一步会办多次；要等齐请加并行网关',
    en: 'ways meet here without waiting for each other, so it is done more than once: use a parallel gateway to wait',
  },
  global: {
    zh: '消息、信号或错误没有名称、重名或没有用到',
    en: 'a message, signal or error is unnamed, doubled or unused',
  },
  'label-required': { zh: '没有名称，看图的人不知道是什么', en: 'has no name: readers cannot tell what it is' },
  'link-event': { zh: '链接事件没有成对', en: 'a link event has no counterpart' },
  'no-bpmndi': { zh: '没有画在图上', en: 'is not drawn' },
  'no-complex-gateway': { zh: '不支持复杂网关，请用排他、并行或相容网关', en: 'complex gateways are not supported' },
  'no-disconnected': { zh: '没有与其他步骤相连', en: 'is not connected to anything' },
  'no-duplicate-sequence-flows': { zh: '同样的两步之间画了两条线', en: 'two lines connect the same two steps' },
  'no-gateway-join-fork': {
    zh: '一个网关同时汇合又分开，请拆成两个',
    en: 'one gateway joins and forks: make two of it',
  },
  'no-implicit-end': {
    zh: '死路：办完这一步没有去处，请连到下一步或结束事件',
    en: 'a dead end: nothing follows it',
  },
  'no-implicit-split': {
    zh: '这一步后面直接分成几条线，请用网关说明是选一条还是都走',
    en: 'ways part here without a gateway: say whether one or all are taken',
  },
  'no-implicit-start': { zh: '没有线连到这里，也不是开始事件', en: 'nothing leads here and it is no start event' },
  'no-inclusive-gateway': {
    zh: '相容网关不易读懂，能用排他或并行网关就不用它',
    en: 'inclusive gateways are hard to read: prefer exclusive or parallel ones',
  },
  'no-overlapping-elements': { zh: '与别的图形重叠或画到了框外', en: 'overlaps another shape or leaves its frame' },
  'single-blank-start-event': { zh: '有多个普通开始事件', en: 'there is more than one plain start event' },
  'single-event-definition': { zh: '一个事件只能有一种触发', en: 'an event has one trigger only' },
  'start-event-required': { zh: '流程没有开始事件', en: 'there is no start event' },
  'sub-process-blank-start-event': {
    zh: '子流程的开始事件不能带触发条件',
    en: 'the start of a sub-process has no trigger',
  },
  'superfluous-gateway': {
    zh: '只有一进一出的网关是多余的',
    en: 'a gateway with one way in and one way out is not needed',
  },
  'superfluous-label': { zh: '这条线上的文字没有作用', en: 'the label of this line says nothing' },
  'superfluous-termination': { zh: '这个终止事件没有可终止的', en: 'there is nothing left to terminate' },
};
