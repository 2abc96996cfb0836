/** Chinese texts of the shell and the shared parts (the source; `en.ts` must have the same keys). */
export const zh = {
  product: '智慧城区',
  skip: '跳到主要内容',
  loading: '正在加载…',
  retry: '重试',
  cancel: '取消',
  close: '关闭',
  more: '更多',
  language: { label: '语言', zh: '中文', en: 'English', switch: 'English' },
  elder: { on: '大字版', off: '标准字号' },
  start: {
    lead: '一个城区，一套底座。',
    what: '信息只录一次，各部门按授权共享；谁为什么看了您的资料，您随时查得到。',
    enter: '请选择入口',
    promises: {
      once: '一次录入', onceText: '每项数据只有一个来源部门，其他系统引用而不复制。',
      grant: '授权可收回', grantText: '每次共享写明字段、用途和期限，收回后立即失效。',
      trace: '查看有痕', traceText: '每次查看个人信息都记下人员、单位、用途，并告知本人。',
    },
  },
  entrance: {
    citizen: { title: '市民云', what: '办事、我的资料、谁看过我的资料', who: '居民' },
    business: { title: '企业云', what: '企业资料、到期提醒、政策与申请', who: '企业法人与经办人' },
    gov: { title: '政务工作台', what: '待办、人员与企业卡片、社区工作', who: '机关与街道、居委工作人员' },
    ops: { title: '运营管理中心', what: '全区地图、态势与值守', who: '值班员与指挥人员' },
    data: { title: '大数据资源中心', what: '数据目录、授权共享、部门数据导入', who: '数据管理员、开发者与公众' },
  },
  entrances: '五个入口',
  signIn: {
    title: '登录', account: '账号', password: '密码', act: '登录', acting: '正在登录…', out: '退出登录',
    needAccount: '请填写账号', needPassword: '请填写密码', wrong: '账号或密码不对。请核对后再试。',
    demo: '演示账号', demoHelp: '仅在样例数据环境中提供。点一个，账号和密码就会填好。', show: '显示密码', hide: '隐藏密码',
    why: '登录后，系统按您的单位和岗位显示您可以办理的事项。', back: '回到首页',
  },
  person: { menu: '我的账号', guest: '未登录', unit: '单位', post: '岗位', area: '负责区域' },
  empty: {
    citizen: { title: '您想办什么？', text: '登录后，这里先显示等您处理的事和剩余天数，再显示办事主题。', act: '登录查看我的事项' },
    business: { title: '我的企业', text: '登录后，这里显示企业的到期事项、适用的政策和进行中的申请。', act: '登录查看我的企业' },
    gov: { title: '没有待办', text: '分派给您的事项会按剩余时间排在这里。需要查人、查企业、查房屋，按 Ctrl K。', act: '打开快捷查找' },
    ops: { title: '地图数据尚未载入', text: '街道、居委会和房屋导入后会显示在这里，点击即可逐级查看。', act: '查看数据导入' },
    data: { title: '数据目录', text: '已登记的数据资源会列在这里，可以按名称、部门、字段查找。', act: '登录查看目录' },
  },
  notFound: { title: '没有这个页面', text: '地址可能写错了，或者页面已经移走。', act: '回到首页' },
  fault: { title: '页面出了问题', text: '您填写的内容如已提交则不受影响。请重新打开本页；仍不行时，请把下面的编号告诉管理员。', act: '重新打开' },
  nav: { main: '主导航', breadcrumb: '所在位置', home: '首页', me: '我的', phone: '底部导航', signIn: '登录' },
  palette: { open: '快捷查找', title: '快捷查找', placeholder: '输入名称、拼音首字母或功能', none: '没有找到。换个说法试试。', hint: '↑↓ 选择 · 回车打开 · Esc 关闭' },
  asOf: { label: '数据截至', now: '截至 {{at}}', past: '正在看 {{at}} 时的情况', change: '换个时间', back: '回到现在', field: '查看这一时刻的情况', apply: '查看' },
  source: { label: '来源', from: '来源部门', received: '接收时间', authority: '权威等级', authoritative: '权威来源', reference: '参考来源', wrong: '信息不对？', none: '来源不详' },
  purpose: {
    title: '为什么需要看', text: '{{subject}}属于个人信息。请选择用途；本次查看会记入审计，并告知本人。', act: '按此用途查看',
    none: '您的岗位没有可用的用途，不能查看这项个人信息。', needed: '选择用途后显示', ask: '选择用途', chosen: '用途：{{purpose}}', pick: '请选择一项用途', failed: '用途清单没有取到。',
  },
  refusal: {
    means: '这意味着', todo: '您可以', who: '可以授权的单位', trace: '编号', copy: '复制编号', copied: '已复制',
    withdrawn: '授权已收回', withdrawnText: '{{by}}于 {{since}} 收回了这项数据的授权。', withdrawnBy: '数据提供部门',
    withdrawnTodo: '如仍需使用，请向数据提供部门重新申请。',
    code: {
      NO_ANSWER: { title: '没有连上服务器', detail: '您填写的内容还在，没有丢失。', remedy: '请检查网络，然后重试。' },
      UNAUTHENTICATED: { title: '请先登录', detail: '登录已过期或尚未登录。', remedy: '请重新登录，之后会回到本页。' },
      FORBIDDEN: { title: '您的岗位不能查看或办理这一项', detail: '系统按单位和岗位授权。', remedy: '如工作需要，请联系本单位管理员。' },
      NOT_FOUND: { title: '没有找到', detail: '可能不存在，或者不在您的负责区域内。', remedy: '请核对编号。' },
      BUSY: { title: '请求太多，请稍候', detail: '系统暂时限制了请求次数。', remedy: '请过一分钟再试。' },
      UNAVAILABLE: { title: '服务暂时不可用', detail: '数据没有改动。', remedy: '请稍后重试；长时间不恢复请联系值班员。' },
      PURPOSE_REQUIRED: { title: '需要先说明用途', detail: '这是个人信息，查看前须选择用途。', remedy: '请选择用途后继续。' },
      OTHER: { title: '没有办成', detail: '系统没有接受这次请求，数据没有改动。', remedy: '请重试；仍不行时把编号告诉管理员。' },
    },
  },
  clock: {
    left: '还剩 {{n}} 个工作日', leftDays: '还剩 {{n}} 天', leftHours: '还剩 {{n}} 小时', today: '今天到期', over: '已超期 {{n}} 个工作日', overDays: '已超期 {{n}} 天',
    stopped: '计时暂停：{{why}}', done: '已办结', due: '{{at}} 到期',
  },
  number: { target: '目标 {{value}}', withheld: '数据不足', rows: '查看明细', trend: '走势' },
  stale: '{{age}}的数据，可能已变',
  sample: { text: '样例数据', explain: '本页数据由程序生成，不对应真实的人或企业。' },
  table: {
    columns: '显示的列', export: '导出 CSV', total: '共 {{n}} 行', page: '第 {{page}} 页，共 {{pages}} 页', pageOpen: '第 {{page}} 页', previous: '上一页', next: '下一页',
    size: '每页', sort: '按{{column}}排序', filter: '筛选{{column}}', all: '全部', none: '没有符合条件的行', noneText: '放宽或清除筛选条件后再看。', clear: '清除筛选', keys: '上下键选行，回车打开',
  },
  map: { label: '地图', list: '列表', map: '地图', zoomIn: '放大', zoomOut: '缩小', whole: '看全部', back: '返回上一级', missing: '无数据', legend: '图例', failed: '此浏览器不能显示地图，请使用列表。', place: '地点', nothing: '这一层没有地点' },
  form: { summary: '有 {{n}} 处需要改正', filledFrom: '来自{{source}}' },
  progress: { done: '{{done}} / {{total}}', left: '约剩 {{time}}', leave: '可以离开本页，回来继续查看进度。', seconds: '{{n}} 秒', minutes: '{{n}} 分钟' },
  timeline: { empty: '还没有记录' },
} as const;

type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };

/** The shape that every other language must fill. */
export type ShellTexts = Texts<typeof zh>;
