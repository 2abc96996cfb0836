import { domainError } from '#platform/kernel/errors.ts';

export const UnreadableFile = domainError({
  code: 'PROCESS_FILE_UNREADABLE',
  status: 422,
  title: { zh: '流程文件读不出来', en: 'The process file cannot be read' },
  action: {
    zh: '请改正指出的位置后再保存；编辑器里的内容没有丢失，之前保存的草稿也还在。',
    en: 'Mend the place that is named and save again; nothing in the editor is lost, and the draft kept before is still there.',
  },
});
export const DraftMoved = domainError({
  code: 'PROCESS_DRAFT_MOVED',
  status: 409,
  title: { zh: '草稿已被别人改过', en: 'Somebody else has changed the draft' },
  action: {
    zh: '您画的还在编辑器里。请先下载保存，再打开最新草稿比较。',
    en: 'What you drew is still in the editor. Download it, then open the newest draft and compare.',
  },
});
export const ProcessExists = domainError({
  code: 'PROCESS_EXISTS',
  status: 409,
  title: { zh: '流程编号已被使用', en: 'A process of this id exists' },
  action: { zh: '请换一个编号，或打开已有的流程。', en: 'Choose another id, or open the process that exists.' },
});
export const ProcessFaulty = domainError({
  code: 'PROCESS_FAULTY',
  status: 422,
  title: { zh: '流程还不能发布', en: 'The process cannot be published yet' },
  action: { zh: '请按检查结果逐项修改。', en: 'Mend what the check names, each at its place.' },
});
export const OwnDraft = domainError({
  code: 'PROCESS_OWN_DRAFT',
  status: 409,
  title: { zh: '发布要由另一个人来做', en: 'Somebody else has to publish it' },
  action: {
    zh: '最后修改草稿的人不能自己发布。请本单位另一位有权限的同事检查后发布。',
    en: 'Who changed the draft last does not publish it. Ask a colleague of your unit who may.',
  },
});
export const NothingNew = domainError({
  code: 'PROCESS_UNCHANGED',
  status: 409,
  title: { zh: '草稿与已发布的版本一样', en: 'The draft is the version that is published' },
  action: { zh: '没有需要发布的内容。', en: 'There is nothing to publish.' },
});
export const AppUnknown = domainError({
  code: 'PROCESS_APP_UNKNOWN',
  status: 400,
  title: { zh: '没有这个应用，或它不用流程', en: 'No such app, or it has no processes' },
  action: { zh: '请从列表中选择。', en: 'Choose one of the list.' },
});
export const MoveFaulty = domainError({
  code: 'PROCESS_MOVE_FAULTY',
  status: 422,
  title: { zh: '所选的在办件不能都迁移', en: 'Not all of the chosen cases can be moved' },
  action: {
    zh: '请为指出的步骤选择新版本中的对应步骤，或不选这些件；没有任何件被改动。',
    en: 'Choose a place in the new version for the steps that are named, or leave those cases out; nothing was changed.',
  },
});
export const OwnMove = domainError({
  code: 'PROCESS_OWN_MOVE',
  status: 409,
  title: { zh: '迁移要由另一个人来批准', en: 'Somebody else has to approve the move' },
  action: {
    zh: '提出迁移的人不能自己批准。请本单位另一位有权限的同事核对后批准。',
    en: 'Who asked for the move does not approve it. Ask a colleague of your unit who may.',
  },
});
export const MoveClosed = domainError({
  code: 'PROCESS_MOVE_CLOSED',
  status: 409,
  title: { zh: '这次迁移已经处理过', en: 'This move has been decided already' },
  action: { zh: '请刷新查看结果。', en: 'Reload to see what came of it.' },
});
