import { Type } from 'typebox';
import { resource } from '#platform/kernel/resource.ts';

const Words = Type.Object({ zh: Type.String(), en: Type.String() });
const MaybeText = Type.Union([Type.String(), Type.Null()]);
const Moment = Type.String({ format: 'date-time' });
const MaybeMoment = Type.Union([Moment, Type.Null()]);
const Day = Type.String({ format: 'date' });
const id = { schema: Type.String({ format: 'uuid' }), title: { zh: '编号', en: 'Id' }, level: 'L2' } as const;
const person = {
  schema: Type.String({ format: 'uuid' }),
  title: { zh: '市民', en: 'Resident' },
  level: 'L3',
  subject: 'person',
} as const;
const COMMON = {
  version: 1,
  owner: 'operations-centre',
  sharing: 'none',
  opening: 'closed',
  updates: 'realtime',
  key: 'id',
  badge: 'sample',
} as const;

/** Points (积分流水): for what somebody got or spent them. Never compared between persons. */
export const points = resource({
  ...COMMON,
  id: 'grid.points',
  title: { zh: '市民参与积分', en: 'Participation points' },
  summary: { zh: '本人积分的每一笔来由。', en: 'Each line of one’s own points and its cause.' },
  retention: { zh: '三年', en: 'Three years' },
  table: 'grid.points',
  time: 'at',
  fields: {
    id,
    person,
    kind: { schema: Type.String(), title: { zh: '事由', en: 'Kind' }, level: 'L3' },
    amount: { schema: Type.Integer(), title: { zh: '分值', en: 'Points' }, level: 'L3' },
    at: { schema: Moment, title: { zh: '时间', en: 'When' }, level: 'L3' },
    note: {
      schema: MaybeText,
      title: { zh: '收回或恢复的理由', en: 'Why it was taken back or given again' },
      level: 'L3',
    },
  },
});

/** Adopted parts and places (认养). */
export const adoption = resource({
  ...COMMON,
  id: 'grid.adoption',
  title: { zh: '部件认养', en: 'Adopted parts' },
  summary: {
    zh: '市民申请认养的部件或地点、审批和期限。',
    en: 'What residents ask to look after, decisions and dates.',
  },
  retention: { zh: '终止后一年', en: 'A year after its end' },
  table: 'grid.adoption',
  time: 'askedAt',
  fields: {
    id,
    person,
    part: { schema: MaybeText, title: { zh: '部件代码', en: 'Part' }, level: 'L2' },
    lon: { schema: Type.Number(), title: { zh: '经度', en: 'Longitude' }, level: 'L2' },
    lat: { schema: Type.Number(), title: { zh: '纬度', en: 'Latitude' }, level: 'L2' },
    street: { schema: Type.String(), title: { zh: '街道代码', en: 'Street' }, level: 'L2' },
    wish: { schema: Type.String(), title: { zh: '认养说明', en: 'What they want to do' }, level: 'L2' },
    state: { schema: Type.String(), title: { zh: '状态', en: 'State' }, level: 'L2' },
    askedAt: { schema: Moment, title: { zh: '申请时间', en: 'Asked' }, level: 'L2' },
    reason: { schema: MaybeText, title: { zh: '审批意见', en: 'Reason of the decision' }, level: 'L2' },
    until: { schema: Type.Union([Day, Type.Null()]), title: { zh: '期限', en: 'Until' }, level: 'L2' },
    endedAt: { schema: MaybeMoment, title: { zh: '终止时间', en: 'Ended' }, level: 'L2' },
    endedBy: { schema: MaybeText, title: { zh: '终止方式', en: 'How it ended' }, level: 'L2' },
    renews: {
      schema: Type.Union([Type.String({ format: 'uuid' }), Type.Null()]),
      title: { zh: '续养自', en: 'Goes on from' },
      level: 'L2',
    },
  },
});

/** Pauses of points (冷静期), each decided by a person and open to an appeal. */
export const pause = resource({
  ...COMMON,
  id: 'grid.pause',
  title: { zh: '积分冷静期决定', en: 'Pauses of points' },
  summary: {
    zh: '虚假上报后暂停积分的人工决定、理由、申诉和结果。',
    en: 'Decisions of persons after a false report, with reason, appeal and outcome.',
  },
  retention: { zh: '两年', en: 'Two years' },
  table: 'grid.pause',
  time: 'decidedAt',
  fields: {
    id,
    person,
    report: { schema: Type.String({ format: 'uuid' }), title: { zh: '上报', en: 'Report' }, level: 'L2' },
    reason: { schema: Type.String(), title: { zh: '理由', en: 'Reason' }, level: 'L3' },
    until: { schema: Day, title: { zh: '至', en: 'Until' }, level: 'L3' },
    decidedAt: { schema: Moment, title: { zh: '决定时间', en: 'Decided' }, level: 'L3' },
    appeal: { schema: MaybeText, title: { zh: '申诉', en: 'Appeal' }, level: 'L3' },
    outcome: { schema: MaybeText, title: { zh: '申诉结果', en: 'Outcome' }, level: 'L3' },
    outcomeReason: { schema: MaybeText, title: { zh: '结果理由', en: 'Reason of the outcome' }, level: 'L3' },
  },
});

/** Draws (抽奖): seed, digest of the tickets and the numbers that won, so that anybody can compute it again. */
export const draws = resource({
  ...COMMON,
  id: 'grid.draw',
  sharing: 'unconditional',
  opening: 'open',
  title: { zh: '积分抽奖', en: 'Draws' },
  summary: {
    zh: '种子事先公布，结果可复算；只有号码，没有姓名。',
    en: 'The seed is published before; numbers only, no names.',
  },
  retention: { zh: '三年', en: 'Three years' },
  table: 'grid.draw',
  time: 'openedAt',
  fields: {
    id: { ...id, level: 'L1' },
    title: { schema: Words, title: { zh: '名称', en: 'Title' }, level: 'L1' },
    cost: { schema: Type.Integer(), title: { zh: '所需积分', en: 'Points for a ticket' }, level: 'L1' },
    winners: { schema: Type.Integer(), title: { zh: '中奖数', en: 'Winners' }, level: 'L1' },
    seed: { schema: Type.String(), title: { zh: '种子', en: 'Seed' }, level: 'L1' },
    openedAt: { schema: Moment, title: { zh: '公布时间', en: 'Published' }, level: 'L1' },
    closesAt: { schema: Moment, title: { zh: '截止', en: 'Closes' }, level: 'L1' },
    drawnAt: { schema: MaybeMoment, title: { zh: '开奖时间', en: 'Drawn' }, level: 'L1' },
    poolDigest: { schema: MaybeText, title: { zh: '号码池摘要', en: 'Digest of the tickets' }, level: 'L1' },
  },
});
