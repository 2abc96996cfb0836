import { domainError } from '#platform/kernel/errors.ts';

export const NotEnoughPoints = domainError({
  code: 'GRID_POINTS_TOO_FEW',
  status: 409,
  title: { zh: '积分不够', en: 'Not enough points' },
  action: { zh: '上报的问题被受理后可得积分。', en: 'Accepted reports earn points.' },
});
export const SoldOut = domainError({
  code: 'GRID_VOUCHER_GONE',
  status: 409,
  title: { zh: '已经兑完，或已过期', en: 'None is left, or it has expired' },
  action: { zh: '请选择其他兑换券，积分没有扣除。', en: 'Choose another; no points were taken.' },
});
export const DrawClosed = domainError({
  code: 'GRID_DRAW_CLOSED',
  status: 409,
  title: { zh: '抽奖已截止，或您已参加', en: 'The draw is closed, or you have a ticket already' },
  action: { zh: '每人每次一个号码，请留意下一次。', en: 'One ticket for each person; wait for the next draw.' },
});
export const DrawNotDue = domainError({
  code: 'GRID_DRAW_NOT_DUE',
  status: 409,
  title: { zh: '还没到截止时间，或已经开奖', en: 'It does not close yet, or was drawn already' },
  action: { zh: '截止后开奖一次。', en: 'It is drawn once, after it has closed.' },
});
export const PartAdopted = domainError({
  code: 'GRID_PART_ADOPTED',
  status: 409,
  title: { zh: '这个部件已有人认养或申请', en: 'Somebody looks after this part, or has asked to' },
  action: { zh: '请选择其他部件。', en: 'Choose another part.' },
});
export const AdoptionDecided = domainError({
  code: 'GRID_ADOPTION_DECIDED',
  status: 409,
  title: { zh: '申请已经办理', en: 'It was decided already' },
  action: { zh: '请刷新后查看。', en: 'Reload to see.' },
});
export const NotRejected = domainError({
  code: 'GRID_PAUSE_UNFOUNDED',
  status: 409,
  title: {
    zh: '只有不予受理的实名上报才能作出冷静期决定',
    en: 'Only a refused report of a named person can lead to a pause',
  },
  action: { zh: '请先核实上报。', en: 'Check the report first.' },
});
export const PauseDecided = domainError({
  code: 'GRID_PAUSE_DECIDED',
  status: 409,
  title: { zh: '没有待办的申诉，或已经办理', en: 'No appeal waits, or it was decided' },
  action: { zh: '请刷新后查看。', en: 'Reload to see.' },
});
export const SamePerson = domainError({
  code: 'GRID_PAUSE_SAME_PERSON',
  status: 403,
  title: { zh: '申诉须由另一人办理', en: 'Another person decides on an appeal' },
  action: { zh: '请由另一位同事办理。', en: 'Let a colleague do it.' },
});
/** Nobody adopts what another district keeps. */
export const PlaceOutside = domainError({
  code: 'GRID_PLACE_OUTSIDE',
  status: 422,
  title: { zh: '这个位置不在本区', en: 'This place is not in the district' },
  action: { zh: '请选择本区内的部件或地点。', en: 'Choose a part or a place in the district.' },
});

export const ObjectionDecided = domainError({
  code: 'GRID_OBJECTION_DECIDED',
  status: 409,
  title: { zh: '这个异议已有复核结果', en: 'This objection was decided already' },
  action: { zh: '结果已告知当事人，不再更改。', en: 'They were told; it is not changed any more.' },
});
export const NotRenewable = domainError({
  code: 'GRID_ADOPTION_NOT_RENEWABLE',
  status: 409,
  title: { zh: '这项认养不能续', en: 'This adoption cannot be renewed' },
  action: {
    zh: '到期的认养可以续一次；正在认养的到期后再续，自己终止的请重新申请。',
    en: 'What ended by its term can be renewed once; what you ended yourself is asked for anew.',
  },
});
