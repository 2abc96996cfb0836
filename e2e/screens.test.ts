import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, openBrowser, openSettled, overflow, person, picture, SIZES, watchPolicy } from './browser.ts';

const OLD_OFFICE = encodeURIComponent('http://127.0.0.1:9/office/');
/** A system of the sample district asks for somebody who has not consented yet. */
const CONSENT = new URLSearchParams({
  client_id: 'sample-library',
  redirect_uri: 'http://127.0.0.1:9/callback',
  response_type: 'code',
  scope: 'openid profile',
  code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  code_challenge_method: 'S256',
}).toString();

/** Every screen of the entrances: who looks at it, and a text that shows it is there. */
const SCREENS: { name: string; path: string; account?: string; text: string; wall?: boolean; press?: string[] }[] = [
  { name: 'start', path: '/', text: '一个城区' },
  { name: 'login', path: '/login', text: '登录' },
  { name: 'login-reset', path: '/login/reset', text: '设置新密码' },
  { name: 'citizen', path: '/citizen', account: 'citizen.wei', text: '您想办什么' },
  { name: 'citizen-me', path: '/citizen/me', account: 'citizen.wei', text: '我的信息' },
  { name: 'citizen-accesses', path: '/citizen/accesses', account: 'citizen.wei', text: '谁看了我的数据' },
  { name: 'citizen-account', path: '/citizen/account', account: 'citizen.wei', text: '登录记录' },
  { name: 'citizen-orders', path: '/citizen/pay', account: 'citizen.wei', text: '我的缴费' },
  {
    name: 'citizen-pay',
    path: '/citizen/pay',
    account: 'citizen.wei',
    press: ['不动产登记费'],
    text: '收费依据',
  },
  {
    name: 'business-pay',
    path: '/business/pay',
    account: 'agent.siyuan',
    press: ['不动产登记费', '微信支付'],
    text: '打开样例收银台',
  },
  { name: 'gov-supervision', path: '/gov/supervision', account: 'head.ruijin', text: '在办监察' },
  { name: 'gov-supervision-mine', path: '/gov/supervision/mine', account: 'clerk.ruijin', text: '只有您本人能看到' },
  { name: 'gov-supervision-scores', path: '/gov/supervision/scores', account: 'head.ruijin', text: '没有个人得分' },
  { name: 'gov-supervision-rules', path: '/gov/supervision/rules', account: 'head.ruijin', text: '先办后录' },
  { name: 'gov-supervision-map', path: '/gov/supervision/map', account: 'head.ruijin', text: '流程地图' },
  { name: 'ops-incidents', path: '/ops/incidents', account: 'duty.ops', text: '最严重的在最前面' },
  { name: 'ops-orders', path: '/ops/orders', account: 'leader.chen', text: '谁签收了' },
  { name: 'ops-shift', path: '/ops/shift', account: 'duty.ops', text: '跟进打浦桥下立交排水泵检修' },
  { name: 'ops-daily', path: '/ops/daily', account: 'duty.ops', text: '城运日报' },
  { name: 'ops-exercises', path: '/ops/exercises', account: 'duty.ops', text: '台风周五' },
  { name: 'gov-orders', path: '/gov/orders', account: 'liaison.emergency', text: '签收只需点一下' },
  { name: 'ops-supervision', path: '/ops/supervision', account: 'duty.ops', text: '监察态势' },
  { name: 'data-supervision-rules', path: '/data/supervision/rules', account: 'auditor.li', text: '启用中' },
  {
    name: 'data-supervision-appeals',
    path: '/data/supervision/appeals',
    account: 'auditor.li',
    text: '没有待决定的申诉',
  },
  { name: 'gov-alerts', path: '/gov/alerts', account: 'head.ruijin', text: '没有人确认的排在最前' },
  { name: 'gov-warnings', path: '/gov/warnings', account: 'head.ruijin', text: '演练、测试、草稿' },
  { name: 'gov-warning-draft', path: '/gov/warnings/new', account: 'head.ruijin', text: '批准后市民立即可见' },
  { name: 'gov-inspections', path: '/gov/inspections', account: 'clerk.ruijin', text: '未办结的责令改正' },
  { name: 'gov-notifications', path: '/gov/notifications', account: 'clerk.ruijin', text: '签收时限从送达起算' },
  { name: 'citizen-notifications', path: '/citizen/notifications', account: 'citizen.wei', text: '关系人身安全' },
  { name: 'citizen-warnings', path: '/citizen/warnings', account: 'citizen.wei', text: '生效中的预警' },
  { name: 'gov-alert-rules', path: '/gov/alert-rules', account: 'duty.ops', press: ['新建规则'], text: '触发限值' },
  { name: 'gov-hotline', path: '/gov/hotline', account: 'duty.ops', press: ['弄堂路灯不亮'], text: '登记先行联系' },
  { name: 'gov-fees', path: '/gov/fees', account: 'head.ruijin', text: '没有待审批的退费' },
  { name: 'gov-account', path: '/gov/account', account: 'clerk.ruijin', text: '登录记录' },
  { name: 'citizen-delegations', path: '/citizen/delegations', account: 'citizen.father', text: '谁可以替我办' },
  { name: 'citizen-delegations-new', path: '/citizen/delegations/new', account: 'citizen.father', text: '发出委托' },
  { name: 'citizen-clinic', path: '/citizen/clinic', account: 'citizen.wei', text: '预约就诊' },
  { name: 'business-delegations', path: '/business/delegations', account: 'agent.siyuan', text: '谁可以替我办' },
  { name: 'gov-delegations', path: '/gov/delegations', account: 'worker.yandang', text: '我可以替谁办' },
  { name: 'gov-resets', path: '/gov/admin/resets', account: 'admin.system', text: '申请重置' },
  { name: 'gov-classified', path: '/gov/admin/classified', account: 'admin.security', text: '涉密拒收' },
  { name: 'gov-counter-reset', path: '/gov/counter-reset', account: 'worker.yandang', text: '柜台重置密码' },
  { name: 'business', path: '/business', account: 'agent.siyuan', text: '登记信息' },
  { name: 'gov', path: '/gov', account: 'clerk.ruijin', text: '工作台' },
  { name: 'gov-desk-purpose', path: '/gov/community', account: 'clerk.ruijin', text: '为什么需要看' },
  { name: 'ops', path: '/ops', account: 'duty.ops', text: '按时限排队', wall: true },
  { name: 'ops-cockpit', path: '/ops/cockpit', account: 'leader.chen', text: '要马上处理的' },
  { name: 'ops-map', path: '/ops/map', account: 'duty.ops', text: '全区地图', wall: true },
  { name: 'citizen-wallet', path: '/citizen/wallet', account: 'citizen.wei', text: '已失效' },
  { name: 'business-wallet', path: '/business/wallet', account: 'agent.siyuan', text: '已失效' },
  { name: 'certificate-check', path: '/citizen/certificate-check', text: '核验清单取自' },
  { name: 'data', path: '/data', account: 'data.civil', text: '数据目录' },
  { name: 'data-misspelt', path: '/data?q=renkuo', text: '没有写“renkuo”的资源' },
  { name: 'data-item', path: '/data/items/population.household', account: 'data.civil', text: '家庭户' },
  { name: 'data-grants', path: '/data/grants', account: 'data.civil', text: '共享授权' },
  { name: 'data-requests', path: '/data/requests', account: 'data.civil', text: '待本单位办理' },
  { name: 'data-requests-asked', path: '/data/requests', account: 'clerk.ruijin', text: '答复和提供都有法定时限' },
  { name: 'data-themes', path: '/data/themes', account: 'data.civil', text: '合计每月' },
  { name: 'data-storage', path: '/data/storage/street-flow', account: 'data.civil', text: '销毁证明' },
  { name: 'data-theme-index', path: '/data/themes/licensed-firms', account: 'data.market', text: '归集余量' },
  { name: 'data-theme', path: '/data/themes/elder-homes', account: 'data.civil', text: '血缘到字段' },
  { name: 'data-theme-new', path: '/data/themes/new', account: 'data.civil', text: '一、选来源' },
  { name: 'data-forms', path: '/data/forms', account: 'data.civil', text: '别的单位已经共享的数据' },
  { name: 'data-form', path: '/data/forms/shop-survey', account: 'data.market', text: '已有单位共享' },
  { name: 'gov-items', path: '/gov/items', account: 'data.market', text: '事项网办率' },
  { name: 'gov-items-found', path: '/gov/items?q=食品经营许可', account: 'data.market', text: '食品经营许可（新办）' },
  {
    name: 'gov-item',
    path: '/gov/items/1131019901000000454310131007001',
    account: 'data.market',
    text: '谁来办？',
  },
  {
    name: 'gov-item-edit',
    path: '/gov/items/1131019901000000454310131007001',
    account: 'data.market',
    press: ['修改'],
    text: '保存草稿',
  },
  { name: 'gov-bundles', path: '/gov/bundles', account: 'data.market', text: '新建一件事' },
  { name: 'gov-bundle', path: '/gov/bundles/restaurant', account: 'data.market', text: '在关键路径上' },
  {
    name: 'gov-bundle-edit',
    path: '/gov/bundles/restaurant',
    account: 'data.market',
    press: ['修改'],
    text: '须先办结',
  },
  { name: 'gov-service-figures', path: '/gov/service-figures', account: 'data.market', text: '按时办结率' },
  { name: 'gov-blockers', path: '/gov/blockers', account: 'data.market', text: '先清哪个' },
  { name: 'gov-relief', path: '/gov/relief', account: 'clerk.ruijin', text: '为什么需要看' },
  { name: 'data-imports', path: '/data/imports', account: 'data.civil', text: '数据导入' },
  { name: 'data-feeds', path: '/data/feeds', account: 'data.civil', text: '没有需要处理的接口' },
  {
    name: 'data-feed',
    path: '/data/feeds/civil-affairs-daily',
    account: 'data.civil',
    text: '运行记录',
  },
  {
    name: 'data-feeds-register',
    path: '/data/feeds',
    account: 'data.civil',
    press: ['登记数据接口'],
    text: '取数方式',
  },
  { name: 'data-gateway', path: '/data/gateway', account: 'data.market', text: '报文日志' },
  { name: 'gov-admin-gateway', path: '/gov/admin/gateway', account: 'admin.system', text: '登记系统' },
  { name: 'data-economy', path: '/data/economy', text: '活跃指数' },
  { name: 'data-economy-indicator', path: '/data/economy?q=零售&indicator=RETAIL', text: '批发和零售业' },
  { name: 'data-economy-series', path: '/data/economy/series/M.TAX.310101._T._T.V.N.YTD', text: '平均绝对修订' },
  { name: 'data-economy-base', path: '/data/economy/series/M.CPI.310101._T._T.I2015.N.PER', text: '查看接续序列' },
  { name: 'data-economy-releases', path: '/data/economy/releases', account: 'data.statistics', text: '即将发布' },
  { name: 'data-economy-loads', path: '/data/loads', account: 'data.statistics', text: '报送看板' },
  { name: 'data-api', path: '/data/api', text: '接口文档' },
  { name: 'data-api-one', path: '/data/api?q=imports&open=getApiExchangeImports', text: '命令行示例' },
  { name: 'data-space', path: '/data/space', text: '输入一个地址' },
  { name: 'data-space-unsure', path: '/data/space?q=118弄1号', text: '没有' },
  { name: 'data-space-conflicts', path: '/data/space/conflicts', account: 'data.housing', text: '冲突队列' },
  { name: 'data-flows', path: '/data/flows', account: 'data.centre', text: '数据流向' },
  { name: 'open-portal', path: '/data/open', text: '公共数据开放' },
  { name: 'open-set', path: '/data/open/committees', text: '居民委员会' },
  { name: 'open-wishes', path: '/data/wishes', account: 'citizen.wei', text: '提出需求' },
  { name: 'open-reuses', path: '/data/reuses', text: '应用展示' },
  { name: 'open-scores', path: '/data/open-scores', text: '只评价单位' },
  { name: 'open-keys', path: '/data/keys', account: 'citizen.wei', text: '生成密钥' },
  { name: 'open-desk', path: '/data/opening', account: 'data.civil', text: '开放工作台' },
  { name: 'data-quality', path: '/data/quality', account: 'data.civil', text: '数据质量' },
  { name: 'data-reports', path: '/data/reports', account: 'data.civil', text: '上级报表' },
  { name: 'data-report-form', path: '/data/reports/civil-households', account: 'data.civil', text: '取数映射' },
  { name: 'data-register', path: '/data/register', account: 'data.civil', text: '资源编目' },
  { name: 'data-register-review', path: '/data/register?show=review', account: 'data.centre', text: '待审核' },
  { name: 'data-register-new', path: '/data/items/new', account: 'data.civil', text: '保存草稿' },
  { name: 'data-lists', path: '/data/lists', account: 'clerk.ruijin', text: '提出需求' },
  { name: 'data-lists-negative', path: '/data/lists?list=negative', account: 'data.centre', text: '负面清单' },
  { name: 'gov-policies', path: '/gov/admin/policies', account: 'admin.security', text: '全部用例通过' },
  { name: 'gov-district-policies', path: '/gov/admin/district-policies', account: 'admin.security', text: '提交待批' },
  { name: 'gov-purposes', path: '/gov/admin/purposes', account: 'admin.security', text: '登记新目的' },
  { name: 'gov-conflicts', path: '/gov/admin/conflicts', account: 'admin.security', text: '检查的规则' },
  { name: 'gov-break-glass', path: '/gov/break-glass', account: 'clerk.ruijin', text: '打开卡片' },
  { name: 'gov-certification', path: '/gov/certification', account: 'head.ruijin', text: '权限复核' },
  { name: 'gov-access', path: '/gov/access?resource=population.resident', account: 'clerk.ruijin', text: '可以的岗位' },
  { name: 'gov-refusals', path: '/gov/refusals', account: 'clerk.ruijin', text: '为什么被拒绝' },
  { name: 'citizen-consents', path: '/citizen/consents', account: 'citizen.wei', text: '给一个机构授权' },
  { name: 'business-consents', path: '/business/consents', account: 'agent.siyuan', text: '给一个机构授权' },
  { name: 'data-audit', path: '/data/audit', account: 'auditor.li', text: '审计日志' },
  { name: 'gov-posts', path: '/gov/posts', account: 'clerk.ruijin', text: '我的岗位' },
  {
    name: 'gov-admin-units',
    path: '/gov/admin/units?unit=street-310101023',
    account: 'staffing.tang',
    text: '一人一岗',
  },
  { name: 'gov-admin-people', path: '/gov/admin/people', account: 'admin.system', text: '何启明' },
  { name: 'gov-admin-sources', path: '/gov/admin/sources', account: 'admin.system', text: '登记系统' },
  { name: 'gov-admin-clients', path: '/gov/admin/clients', account: 'admin.system', text: '登记应用' },
  {
    name: 'gov-admin-clients-cas',
    path: '/gov/admin/clients',
    account: 'admin.system',
    press: ['登记应用', 'CAS 3.0（老系统）'],
    text: '对方得到的用户名',
  },
  { name: 'consent', path: `/oidc/auth?${CONSENT}`, account: 'citizen.daughter', text: '是否允许' },
  { name: 'cas-login', path: `/cas/login?service=${OLD_OFFICE}`, text: '登录后将打开：旧办公系统' },
  { name: 'cas-refused', path: '/cas/login?service=https://nobody.example/', text: '这个系统没有登记' },
  { name: 'gov-admin-orders', path: '/gov/admin/orders', account: 'staffing.tang', text: '拟调令' },
  { name: 'gov-admin-orders-new', path: '/gov/admin/orders/new', account: 'staffing.tang', text: '预览影响' },
  { name: 'data-objections-purpose', path: '/data/objections', account: 'auditor.li', text: '请先说明用途' },
  { name: 'gov-objections-purpose', path: '/gov/objections', account: 'head.ruijin', text: '请先说明用途' },
  { name: 'data-population', path: '/data/population', account: 'data.police', text: '未来十年' },
  { name: 'data-disputes-purpose', path: '/data/disputes', account: 'data.civil', text: '请先说明用途' },
  { name: 'data-links-purpose', path: '/data/links', account: 'data.civil', text: '请先说明用途' },
  { name: 'data-entities', path: '/data/entities', account: 'data.market', text: '每月新设与注销' },
  { name: 'data-entities-found', path: '/data/entities?q=shikumen', account: 'data.market', text: '石库门里' },
  { name: 'data-reconciliation', path: '/data/reconciliation', account: 'data.market', text: '待核实' },
  {
    name: 'gov-entity-purpose',
    path: '/gov/entities/91310199MA0041E862',
    account: 'data.market',
    text: '请先说明用途',
  },
  { name: 'business-record', path: '/business/record', account: 'agent.siyuan', text: '股东与任职' },
  { name: 'business-accesses', path: '/business/accesses', account: 'agent.siyuan', text: '谁看了' },
  { name: 'gov-calendar', path: '/gov/calendar?year=2026', account: 'admin.system', text: '国庆节' },
  { name: 'gov-cases', path: '/gov/cases', account: 'data.civil', text: '最急的在最前面' },
  { name: 'gov-cases-closed', path: '/gov/cases?view=closed', account: 'data.civil', text: '已办结' },
  { name: 'gov-incidents', path: '/gov/incidents', account: 'clerk.ruijin', text: '最急的在最前面' },
  { name: 'gov-parts', path: '/gov/parts?class=0101', account: 'duty.ops', text: '3101010101000039' },
  { name: 'gov-part', path: '/gov/parts/3101010101000039', account: 'clerk.ruijin', text: '部件变更' },
  { name: 'gov-field', path: '/gov/field', account: 'supervisor.ruijin', text: '断网也能打开和上报' },
  { name: 'gov-field-report', path: '/gov/field/report', account: 'supervisor.ruijin', text: '问题类别' },
  { name: 'gov-text-models', path: '/gov/text-models', account: 'duty.ops', text: '代价最大的混淆' },
  { name: 'gov-incidents-all', path: '/gov/incidents?view=all', account: 'duty.ops', text: '最急的在最前面' },
  {
    name: 'gov-incident',
    path: '/gov/incidents?state=accepted',
    account: 'duty.ops',
    press: ['AJ'],
    text: '立案条件',
  },
  {
    name: 'gov-incidents-held',
    path: '/gov/incidents?view=held',
    account: 'clerk.ruijin',
    text: '这里不显示是谁上报的',
  },
  { name: 'gov-outside', path: '/gov/outside-reports', account: 'duty.ops', text: '凭回执移交' },
  { name: 'gov-responsibility', path: '/gov/responsibility', account: 'duty.ops', text: '现行和历史条目' },
  { name: 'gov-hotspots', path: '/gov/hotspots', account: 'clerk.ruijin', text: '今天的风险' },
  { name: 'gov-root-tasks', path: '/gov/root-tasks', account: 'duty.ops', text: '由人决定是否立项' },
  { name: 'gov-patrols', path: '/gov/patrols', account: 'clerk.ruijin', text: '由人审定' },
  { name: 'gov-city-evaluation', path: '/gov/city-evaluation', account: 'duty.ops', text: '计算公式' },
  { name: 'citizen-city-evaluation', path: '/citizen/city-evaluation', text: '每月公布一次' },
  { name: 'gov-video-platforms', path: '/gov/video-platforms', account: 'clerk.ruijin', text: '每次调看都有记录' },
  { name: 'citizen-reports', path: '/citizen/reports', account: 'citizen.wei', text: '请您评价' },
  { name: 'citizen-report-new', path: '/citizen/reports/new', account: 'citizen.wei', text: '拍一张照片' },
  { name: 'citizen-near', path: '/citizen/near', account: 'citizen.wei', text: '500 米内' },
  { name: 'citizen-points', path: '/citizen/points', account: 'citizen.wei', text: '积分来由' },
  { name: 'citizen-adoptions', path: '/citizen/adoptions', account: 'citizen.wei', text: '申请认养' },
  { name: 'gov-participation', path: '/gov/participation', account: 'clerk.ruijin', text: '认养申请' },
  { name: 'gov-participation-centre', path: '/gov/participation', account: 'duty.ops', text: '积分冷静期' },
  { name: 'citizen-report', path: '/citizen/reports', account: 'citizen.wei', press: ['请您评价'], text: '您满意吗' },
  { name: 'gov-ratings', path: '/gov/ratings', account: 'data.centre', text: '非常满意' },
  { name: 'citizen-cases', path: '/citizen/cases', account: 'citizen.wei', text: '需要您补正' },
  { name: 'citizen-case', path: '/citizen/cases', account: 'citizen.wei', press: ['需要您补正'], text: '请补正' },
  { name: 'citizen-case-rate', path: '/citizen/cases', account: 'citizen.wei', press: ['请您评价'], text: '提交评价' },
  { name: 'business-case', path: '/business/cases', account: 'agent.siyuan', press: ['开餐饮店'], text: '办理进度' },
  { name: 'citizen-case-query', path: '/citizen/case-query', text: '办件编码（19 位）' },
  { name: 'data-rules', path: '/data/rules', account: 'head.ruijin', text: '规则库' },
  { name: 'citizen-verify', path: '/citizen/verify', text: '不用登录' },
  { name: 'citizen-verify-number', path: '/citizen/verify?number=SD-0000', text: '没有这个编号' },
  { name: 'data-rule-decision', path: '/data/rules/service.supervision-level', text: '超期超过 20 %' },
  {
    name: 'data-rule-edit',
    path: '/data/rules/service.elder-allowance/edit',
    account: 'head.ruijin',
    text: '没有矛盾、空缺',
  },
  { name: 'data-rule', path: '/data/rules/audit.objection.answer', account: 'head.ruijin', text: '核实这一版' },
  { name: 'hall-centres', path: '/citizen/centres', account: 'citizen.wei', text: '各中心现在的等候情况' },
  {
    name: 'hall-centres-take',
    path: '/citizen/centres',
    account: 'citizen.wei',
    press: ['取号或预约'],
    text: '需要优先',
  },
  { name: 'hall-display', path: '/citizen/hall-display/affairs-centre-310101023', text: '全屏显示' },
  { name: 'hall-kiosk', path: '/citizen/kiosk', text: '取号机口令' },
  { name: 'gov-queue', path: '/gov/queue', account: 'clerk.ruijin', text: '您在哪个窗口' },
  { name: 'gov-intakes', path: '/gov/intakes', account: 'clerk.ruijin', text: '疑似重复收件' },
  { name: 'gov-intakes-dispatch', path: '/gov/intakes?view=dispatch', account: 'clerk.ruijin', text: '地址不止一处' },
  { name: 'gov-counter', path: '/gov/counter', account: 'clerk.ruijin', text: '您还没有坐到窗口' },
  { name: 'second-screen', path: '/citizen/second-screen', text: '八位配对码' },
  { name: 'gov-papers', path: '/gov/papers', account: 'clerk.ruijin', text: '登记材料' },
  { name: 'gov-offline', path: '/gov/offline-window', account: 'clerk.ruijin', text: '本班口令' },
  { name: 'gov-papers-coming', path: '/gov/papers?view=coming', account: 'clerk.ruijin', text: '营业场所证明' },
  { name: 'gov-links', path: '/gov/links', account: 'data.market', text: '登记或修改对接' },
  { name: 'gov-copy-sheet', path: '/gov/copy-sheet', account: 'data.civil', text: '请先说明用途' },
  { name: 'gov-routing-rules', path: '/gov/routing-rules', account: 'data.civil', text: '任一中心直接受理' },
  { name: 'gov-centres', path: '/gov/centres', account: 'head.ruijin', text: '每小时来人' },
  { name: 'hall-services', path: '/citizen/services', account: 'citizen.wei', text: '一件事一次办' },
  { name: 'hall-search', path: '/business/services?q=canyin', account: 'agent.siyuan', text: '项服务' },
  { name: 'hall-bundle', path: '/business/bundles/restaurant', account: 'agent.siyuan', text: '选择要办的服务' },
  { name: 'gov-inbox', path: '/gov/inbox', account: 'data.civil', text: '待办' },
  { name: 'gov-processes', path: '/gov/processes', account: 'data.civil', text: '单部门行政许可' },
  { name: 'gov-certificates', path: '/gov/certificates', account: 'data.civil', text: '本单位颁发的证照' },
  { name: 'gov-process', path: '/gov/processes/single-permit', account: 'data.civil', text: '单部门行政许可' },
  { name: 'gov-process-moves', path: '/gov/processes/single-permit/moves', account: 'data.civil', text: '迁移在办件' },
  { name: 'gov-process-other', path: '/gov/processes/joint-approval', account: 'clerk.ruijin', text: '多部门联合审批' },
];

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser?.close());

describe('on a desktop, then as narrow as a phone', () => {
  it.concurrent.each(SCREENS)(
    '$name shows its content, hangs nowhere out, and axe finds nothing serious',
    async (screen) => {
      const { context, page } = await person({ browser, account: screen.account });
      const broken: string[] = [];
      page.on('pageerror', (error) => broken.push(error.message));
      await watchPolicy(page, broken);
      await openSettled(page, screen.path);
      for (const text of screen.press ?? []) await page.getByText(text).filter({ visible: true }).first().click();
      for (const size of ['desktop', 'phone'] as const) {
        await page.setViewportSize(SIZES[size]);
        await page.getByText(screen.text).filter({ visible: true }).first().waitFor();
        await picture(page, `${screen.name}-${SIZES[size].width}`);
        expect(await overflow(page), size).toBe(0);
        expect(await axe(page), size).toEqual([]);
      }
      expect(broken).toEqual([]);
      await context.close();
    },
  );
});

describe('on the wall', () => {
  it.each(SCREENS.filter((s) => s.wall))('$name fills 3840 × 1080', async (screen) => {
    const { context, page } = await person({ browser, account: screen.account, size: 'wall' });
    await page.goto(screen.path);
    await page.locator('.maplibregl-canvas').first().waitFor({ timeout: 60_000 });
    await picture(page, `${screen.name}-3840`);
    expect(await overflow(page)).toBe(0);
    await context.close();
  });
});

describe('the policy of pages', () => {
  it('lets the map’s worker fetch its tiles', async () => {
    const { context, page } = await person({ browser, account: 'duty.ops' });
    const tile = page.waitForResponse((reply) => /\/tiles\//.test(reply.url()) && reply.ok(), { timeout: 60_000 });
    await page.goto('/ops/map');
    expect((await tile).status()).toBe(200);
    await context.close();
  });

  it('stops an inline script, a handler in an attribute, a foreign script and a frame, and the check sees it', async () => {
    const { context, page } = await person({ browser });
    const stopped: string[] = [];
    await watchPolicy(page, stopped);
    await page.goto('/');
    await page.getByText('一个城区').first().waitFor();
    expect(stopped).toEqual([]);
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      document.body.insertAdjacentHTML('beforeend', '<img src="/none.png" onerror="window.ran = true">');
      const foreign = document.createElement('script');
      foreign.src = 'https://elsewhere.example/x.js';
      document.body.append(foreign);
      const frame = document.createElement('iframe');
      frame.src = 'https://elsewhere.example/';
      document.body.append(frame);
    });
    await expect.poll(() => stopped.filter((line) => line.startsWith('policy:')).length).toBeGreaterThanOrEqual(4);
    expect(stopped.join()).toMatch(/script-src-elem inline/);
    expect(stopped.join()).toMatch(/script-src-attr inline/);
    expect(stopped.join()).toMatch(/script-src-elem https:\/\/elsewhere/);
    expect(stopped.join()).toMatch(/frame-src https:\/\/elsewhere/);
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
    await context.close();
  });
});

describe('a reader of Chinese', () => {
  it('gets Chinese fonts, and reaches the search by keyboard', async () => {
    const { context, page } = await person({ browser });
    await page.goto('/');
    await page.getByText('一个城区').first().waitFor();
    expect(await page.evaluate(() => document.fonts.check('16px "Noto Sans CJK SC"'))).toBe(true);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toMatch(/跳|内容/);
    await context.close();
  });
});
