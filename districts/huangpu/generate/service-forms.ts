/**
 * Forms of the sample's services: blocks of data elements as forms of districts have them (申请人、企业、代办、场所、事项、送达), and for each family of
 * services its own fields, guided questions and materials. Written by hand after public forms; details are invented.
 */
import type { FormField, Material, Question } from '#platform/service/item-definition.ts';

type Block = readonly FormField[];

/** One line a field: element | 中文 | English | type | required | length or range or choices | resource.field that shares it. */
function block(group: FormField['group'], lines: string): Block {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [element = '', zh = '', en = '', type = 'text', required = '', limit = '', source = ''] = line
        .split('|')
        .map((part) => part.trim());
      const at = source.lastIndexOf('.');
      return {
        element,
        title: { zh, en },
        group,
        type: type as FormField['type'],
        required: required === '!',
        ...limits(type, limit),
        ...(source && { resource: source.slice(0, at), field: source.slice(at + 1) }),
      };
    });
}

function limits(type: string, limit: string): Partial<FormField> {
  if (limit === '') return {};
  if (type === 'choice') return { choices: limit.split('/') };
  if (type === 'number') {
    const [minimum, maximum] = limit.split('~').map(Number);
    return { minimum, maximum };
  }
  return /^\d+$/.test(limit) ? { maxLength: Number(limit) } : { pattern: limit };
}

export const BLOCKS = {
  person: block(
    'applicant',
    `
name|姓名|Name|text|!|50|population.resident.name
id-number|公民身份号码|Identity number|text|!|^[0-9]{17}[0-9X]$
sex|性别|Sex|text|!|10|population.resident.sex
birth-date|出生日期|Date of birth|date|!||population.resident.birthDate
nation|民族|Ethnic group|text||20|population.resident.nation
phone|联系电话|Phone|text|!|20|population.resident.phone
address|居住地址|Address|text|!|120|population.resident.address
hukou-address|户籍地址|Registered address|text||120|population.resident.hukouAddress`,
  ),
  enterprise: block(
    'enterprise',
    `
firm-name|企业名称|Name of the enterprise|text|!|100|legal-entity.entity.name
uscc|统一社会信用代码|Unified social credit code|text|!|^[0-9A-Z]{18}$|legal-entity.entity.uscc
firm-kind|企业类型|Type of enterprise|text|!|60|legal-entity.entity.kind
firm-address|住所|Registered address|text|!|120|legal-entity.entity.registeredAddress
founded|成立日期|Founded|date|||legal-entity.entity.foundedOn
capital|注册资本|Registered capital|text||40|legal-entity.entity.registeredCapital
industry|所属行业|Industry|text|!|60|legal-entity.entity.industryName
representative|法定代表人|Legal representative|text|!|50|legal-entity.entity.legalRepresentative
representative-id-type|法定代表人证件类型|Kind of the representative's papers|choice|!|居民身份证/护照/港澳居民来往内地通行证/台湾居民来往大陆通行证
representative-id|法定代表人证件号码|Number of the representative's papers|text|!|30
representative-phone|法定代表人电话|Phone of the representative|text|!|20
contact-name|联系人姓名|Contact|text|!|50
contact-id|联系人证件号码|Number of the contact's papers|text||30
contact-phone|联系人手机|Phone of the contact|text|!|20
contact-email|电子邮箱|E-mail|text||60
postal-code|邮政编码|Postal code|text||^[0-9]{6}$`,
  ),
  agent: block(
    'agent',
    `
agent-name|代办人姓名|Agent|text|!|50
agent-id|代办人证件号码|Number of the agent's papers|text|!|30
agent-phone|代办人手机|Phone of the agent|text|!|20
agent-scope|代办权限|Scope of the mandate|choice|!|提交材料/提交材料并更正/全权办理
agent-until|委托期限|Mandate until|date|!|`,
  ),
  premises: block(
    'premises',
    `
premises-address|经营场所地址|Address of the premises|text|!|120
premises-room|室号|Room|text||20
building-code|房屋编码|Building code|text||40
premises-area|场所面积（平方米）|Area in square metres|number|!|1~200000
premises-floor|所在楼层|Floor|text|!|20
premises-use|房屋用途|Use of the building|choice|!|商业/办公/居住/工业/其他
premises-tenure|场所取得方式|How the premises are held|choice|!|自有/租赁/无偿使用
premises-owner|产权人|Owner of the premises|text|!|100
premises-certificate|不动产权证号|Number of the real estate certificate|text||60
lease-from|租期开始|Lease from|date||
lease-to|租期结束|Lease to|date||`,
  ),
  delivery: block(
    'delivery',
    `
delivery-way|结果领取方式|How the result is received|choice|!|电子送达/窗口领取/邮寄
delivery-name|收件人|Recipient|text||50
delivery-phone|收件人电话|Phone of the recipient|text||20
delivery-address|收件地址|Address for delivery|text||120`,
  ),
} as const;

/** What a family of services asks for beside the blocks: element | 中文 | English | type | required | limit. */
const MATTERS: Record<string, string> = {
  company: `
business-scope|经营范围|Business scope|text|!|500
business-term|经营期限|Term|choice|!|长期/十年/二十年
shareholders|股东及出资情况|Shareholders and shares|text|!|1000
directors|董事监事高管|Directors and managers|text|!|500
paid-in-until|认缴期限|Capital to be paid in until|date||
finance-contact|财务负责人|Head of finance|text||50
staff-planned|拟用工人数|Staff planned|number||0~100000
party-members|党员人数|Party members|number||0~100000`,
  food: `
food-business|主体业态|Kind of food business|choice|!|餐饮服务经营者/食品销售经营者/单位食堂
food-items|经营项目|Food sold or made|text|!|300
food-manager|食品安全管理人员|Food safety manager|text|!|50
food-staff|从业人员数|Staff handling food|number|!|1~5000
kitchen-area|厨房面积（平方米）|Area of the kitchen|number|!|1~20000
seats|餐位数|Seats|number||0~5000
online-food|网络经营|Sells online|yes-no|!|
opening-date|拟开业日期|Opening|date|!|`,
  fire: `
fire-place-kind|场所类别|Kind of place|choice|!|餐饮场所/宾馆饭店/商场市场/公共娱乐场所/其他
fire-manager|消防安全管理人|Fire safety manager|text|!|50
fire-manager-phone|消防安全管理人电话|Phone of the fire safety manager|text|!|20
fire-capacity|最大容纳人数|Most people at a time|number|!|1~50000
fire-exits|安全出口数量|Exits|number|!|1~100
fire-equipment|消防设施配置|Fire equipment|text|!|500
fire-decoration|装修材料燃烧性能|Fire rating of the fittings|choice|!|A级/B1级/B2级
opening-date|拟开业日期|Opening|date|!|`,
  sign: `
sign-text|招牌内容|Text of the sign|text|!|100
sign-size|招牌尺寸（米）|Size in metres|text|!|40
sign-material|招牌材质|Material|choice|!|金属/亚克力/木质/灯箱布/其他
sign-light|夜间照明|Lit at night|yes-no|!|
sign-place|设置部位|Where it hangs|text|!|100
sign-installer|施工单位|Installed by|text|!|100
sign-from|设置日期|Installed on|date|!|`,
  drain: `
water-use|日用水量（立方米）|Water a day in cubic metres|number|!|0~100000
drain-outlets|排水口数量|Outlets|number|!|1~50
drain-kind|排水性质|Kind of waste water|choice|!|餐饮污水/生活污水/工业废水/医疗废水
grease-trap|隔油设施|Grease trap|yes-no|!|
pretreatment|预处理工艺|Pre-treatment|text|!|300
drain-network|接入管网位置|Where it joins the sewer|text|!|120
waste-contract|废油脂收运单位|Collector of used oil|text||100`,
  shop: `
service-kinds|经营项目|What is offered|text|!|300
responsible-name|负责人姓名|Person in charge|text|!|50
responsible-qualification|负责人资格证书编号|Number of the qualification|text||60
qualified-staff|专业人员数|Qualified staff|number|!|0~5000
equipment-list|主要设施设备|Main equipment|text|!|500
rules-in-force|管理制度目录|Rules in force|text|!|500
opening-date|拟开业日期|Opening|date||`,
  equipment: `
equipment-name|设备名称|Equipment|text|!|100
equipment-model|型号规格|Model|text|!|60
equipment-maker|制造单位|Maker|text|!|100
equipment-no|出厂编号|Serial number|text|!|60
equipment-made|制造日期|Made on|date|!|
inspection-report|检验报告编号|Number of the inspection report|text|!|60
equipment-place|使用地点|Where it is used|text|!|120`,
  career: `
education-level|文化程度|Education|choice|!|初中及以下/高中中专/大专/本科/研究生
graduation-school|毕业院校|School|text||100
occupation|从事职业|Occupation|text|!|60
employer|工作单位|Employer|text||100
work-years|工作年限|Years of work|number||0~60
qualification-no|资格证书编号|Number of the qualification|text||60
bank-account|银行账号|Bank account|text||40`,
  benefit: `
apply-reason|申请理由|Reason|text|!|500
household-size|家庭人数|Members of the household|number|!|1~30
household-income|家庭月收入（元）|Income of the household a month|number||0~10000000
benefit-kind|申请类别|Kind applied for|choice|!|首次申请/继续享受/变更信息
bank-name|开户银行|Bank|text|!|60
bank-account|银行账号|Bank account|text|!|40
guardian-name|监护人或代领人|Guardian or payee|text||50
guardian-phone|监护人电话|Phone of the guardian|text||20
living-alone|是否独居|Lives alone|yes-no||`,
  archive: `
query-purpose|用途|Purpose|text|!|200
query-subject|查询对象|Subject|text|!|100
query-from|起始日期|From|date||
query-to|截止日期|Until|date||
copies|份数|Copies|number|!|1~20`,
  card: `
card-kind|办理类型|What is applied for|choice|!|首次申领/到期换领/遗失补领/损坏换领
photo-no|照片回执编号|Number of the photograph|text|!|40
fingerprint|同意采集指纹|Agrees to fingerprints|yes-no||
old-card-no|原证件号码|Old number|text||40
emergency-contact|紧急联系人|Emergency contact|text||50`,
  household: `
household-no|户编号|Household number|text|!|40|population.resident.householdNo
relation|与户主关系|Relation to the head|text|!|20|population.resident.relation
change-reason|办理事由|Reason|text|!|300
event-date|事件发生日期|Date of the event|date|!|
child-name|新生儿姓名|Name of the child|text||50
birth-certificate-no|出生医学证明编号|Number of the birth certificate|text||30
mother-name|母亲姓名|Mother|text||50
father-name|父亲姓名|Father|text||50`,
  marriage: `
spouse-name|对方姓名|Name of the other|text|!|50
spouse-id|对方证件号码|Number of the other's papers|text|!|30
marital-before|婚姻状况|Marital status|choice|!|未婚/离异/丧偶/已婚
marriage-place|登记地|Where|text|!|100
appointment-date|预约日期|Appointment|date|!|
no-kinship|无直系血亲和三代以内旁系血亲关系|Not related|yes-no|!|`,
  medical: `
insured-kind|参保类型|Kind of insurance|choice|!|职工医保/居民医保
hospital|就诊医院|Hospital|text||100
diagnosis|诊断名称|Diagnosis|text||200
treatment-from|就诊开始日期|Treatment from|date||
treatment-to|就诊结束日期|Treatment until|date||
amount-claimed|申报金额（元）|Amount claimed|number||0~10000000
bank-account|银行账号|Bank account|text||40`,
  birth: `
child-name|新生儿姓名|Name of the child|text|!|50
child-sex|新生儿性别|Sex of the child|choice|!|男/女
birth-date-child|新生儿出生日期|Born on|date|!|
birth-hospital|出生医院|Hospital|text|!|100
mother-name|母亲姓名|Mother|text|!|50
mother-id|母亲证件号码|Number of the mother's papers|text|!|30
father-name|父亲姓名|Father|text||50
father-id|父亲证件号码|Number of the father's papers|text||30`,
  pupil: `
pupil-name|学生姓名|Pupil|text|!|50
pupil-id|学生证件号码|Number of the pupil's papers|text|!|30
pupil-birth|学生出生日期|Pupil born on|date|!|
guardian-name|监护人姓名|Guardian|text|!|50
guardian-phone|监护人电话|Phone of the guardian|text|!|20
school-wanted|志愿学校|School wanted|text|!|200
school-now|现就读学校|School now|text||100
home-tenure|住房性质|How the home is held|choice|!|自有/租赁/公房/其他`,
  home: `
household-size|家庭人数|Members of the household|number|!|1~30
household-income|家庭月收入（元）|Income of the household a month|number||0~10000000
home-address-applied|房屋坐落|Home|text|!|120
home-area|建筑面积（平方米）|Floor area|number|!|1~100000
landlord-name|出租人|Landlord|text||50
tenant-name|承租人|Tenant|text||50
rent|月租金（元）|Rent a month|number||0~1000000
lease-from|租期开始|Lease from|date||
lease-to|租期结束|Lease to|date||`,
  property: `
property-no|不动产单元号|Number of the property unit|text|!|40
property-address|不动产坐落|Property|text|!|120
property-area|建筑面积（平方米）|Floor area|number|!|1~100000
seller-name|转让方|Seller|text|!|100
seller-id|转让方证件号码|Number of the seller's papers|text|!|30
buyer-name|受让方|Buyer|text|!|100
buyer-id|受让方证件号码|Number of the buyer's papers|text|!|30
price|成交价格（元）|Price|number|!|1~10000000000
contract-no|合同编号|Number of the contract|text|!|40
contract-date|合同签订日期|Contract of|date|!|
share-way|共有方式|How it is owned|choice||单独所有/共同共有/按份共有`,
  renovation: `
renovation-address|改造地址|Home to be adapted|text|!|120
renovation-items|改造项目|What is to be done|text|!|300
disability-card-no|残疾人证号|Number of the disability card|text||40
living-with|同住人数|People in the home|number||0~30
budget|预算金额（元）|Budget|number||0~10000000
property-consent|产权人同意|Consent of the owner|yes-no|!|
bank-account|银行账号|Bank account|text||40`,
  staff: `
staff-count|职工人数|Employees|number|!|0~1000000
insurance-kinds|参保险种|Kinds of insurance|text|!|100
contribution-base|缴费基数（元）|Contribution base|number||0~1000000
insured-from|参保起始月|Insured from|date|!|
employee-name|职工姓名|Employee|text||50
employee-id|职工证件号码|Number of the employee's papers|text||30
contract-from|合同起始日期|Contract from|date||
bank-name|开户银行|Bank|text|!|60
bank-account|银行账号|Bank account|text|!|40`,
  tax: `
taxpayer-kind|纳税人类别|Kind of taxpayer|choice|!|小规模纳税人/一般纳税人/自然人
tax-period|所属期|Period|text|!|40
invoice-kinds|发票种类|Kinds of invoices|text||100
invoice-limit|单张最高限额（元）|Greatest amount of one invoice|number||0~100000000
accounting-method|会计核算制度|Accounting rules|choice||企业会计准则/小企业会计准则
bank-name|开户银行|Bank|text|!|60
bank-account|银行账号|Bank account|text|!|40`,
  org: `
org-name|拟用名称|Name wanted|text|!|100
org-purpose|宗旨|Purpose|text|!|500
org-scope|业务范围|Field of work|text|!|500
org-members|会员或从业人数|Members or staff|number|!|0~100000
org-sponsor|发起人或举办者|Sponsors|text|!|300
org-funds|开办资金（元）|Funds|number|!|0~10000000000
supervising-unit|业务主管单位|Supervising unit|text||100
charter-date|章程通过日期|Charter of|date||`,
  event: `
event-name|活动名称|Event|text|!|100
event-from|开始时间|From|date|!|
event-to|结束时间|Until|date|!|
event-place|活动地点|Place|text|!|120
event-people|预计参加人数|People expected|number|!|1~1000000
safety-plan|安全工作方案|Safety plan|text|!|1000
event-responsible|安全负责人|Responsible for safety|text|!|50`,
  grant: `
project-name|项目名称|Project|text|!|100
project-summary|项目简介|Summary|text|!|1000
amount-wanted|申请金额（元）|Amount wanted|number|!|1~1000000000
staff-count|职工人数|Employees|number|!|0~1000000
turnover|上年营业收入（元）|Turnover last year|number||0~100000000000
bank-name|开户银行|Bank|text|!|60
bank-account|银行账号|Bank account|text|!|40`,
  injury: `
employer|工作单位|Employer|text|!|100
injury-date|受伤日期|Injured on|date|!|
injury-place|受伤地点|Where|text|!|120
injury-story|受伤经过|How it happened|text|!|1000
diagnosis|诊断名称|Diagnosis|text|!|200
witness|证人|Witness|text||50
bank-account|银行账号|Bank account|text||40`,
  clinic: `
clinic-kind|机构类别|Kind of institution|choice|!|诊所/门诊部/医院/护理站
clinic-subjects|诊疗科目|Departments|text|!|300
clinic-beds|床位数|Beds|number|!|0~10000
doctors|医师人数|Physicians|number|!|1~10000
nurses|护士人数|Nurses|number|!|0~10000
equipment-list|主要设备|Main equipment|text|!|500
waste-contract|医疗废物处置单位|Collector of medical waste|text|!|100`,
  vehicle: `
vehicle-count|车辆数|Vehicles|number|!|0~100000
vehicle-kinds|车辆类型|Kinds of vehicles|text|!|200
parking-spaces|泊位数|Parking spaces|number||0~100000
technicians|技术人员数|Technicians|number|!|0~10000
safety-manager|安全管理人员|Safety manager|text|!|50
equipment-list|主要设备|Main equipment|text|!|500`,
  project: `
project-name|项目名称|Project|text|!|100
project-code|项目代码|Project code|text|!|60
project-address|建设地点|Site|text|!|120
project-investment|总投资（万元）|Investment in 10,000 yuan|number|!|0~100000000
project-area|建筑面积（平方米）|Floor area|number|!|0~10000000
builder|施工单位|Contractor|text|!|100
designer|设计单位|Designer|text||100
supervisor-firm|监理单位|Supervising engineer|text||100
start-date|开工日期|Begins|date|!|
end-date|竣工日期|Ends|date|!|`,
  school: `
school-name|学校名称|School|text|!|100
school-level|办学层次|Level|choice|!|学前教育/义务教育/高中教育/非学历培训
school-places|办学规模（人）|Places|number|!|1~100000
principal|校长|Principal|text|!|50
teachers|专任教师数|Teachers|number|!|1~10000
school-funds|开办资金（元）|Funds|number|!|0~10000000000
charter-date|章程通过日期|Charter of|date||`,
  pet: `
pet-name|犬名|Name of the dog|text|!|40
pet-breed|犬种|Breed|text|!|40
pet-birth|出生日期（犬）|Dog born on|date||
pet-chip|芯片号|Chip number|text|!|30
vaccination-date|免疫日期|Vaccinated on|date|!|
pet-home|饲养地址|Where it lives|text|!|120`,
};

export const matterOf = (family: string): Block => block('matter', MATTERS[family] ?? '');

/** Families whose services have premises. */
export const WITH_PREMISES = new Set([
  'company',
  'food',
  'fire',
  'sign',
  'drain',
  'shop',
  'equipment',
  'clinic',
  'vehicle',
  'school',
]);

const option = (value: string, zh: string, en: string) => ({ value, title: { zh, en } });

/** Guided questions that many services share. */
export const QUESTIONS = {
  who: {
    id: 'who',
    title: { zh: '谁来办？', en: 'Who applies?' },
    options: [option('self', '本人', 'In person'), option('agent', '委托他人', 'An agent')],
  },
  tenure: {
    id: 'tenure',
    title: { zh: '经营场所是自有还是租的？', en: 'Are the premises owned or rented?' },
    options: [
      option('own', '自有', 'Owned'),
      option('rent', '租赁', 'Rented'),
      option('free', '无偿使用', 'Used for free'),
    ],
  },
  delivery: {
    id: 'delivery',
    title: { zh: '办好后怎么取？', en: 'How is the result received?' },
    options: [option('electronic', '电子送达', 'Electronically'), option('paper', '纸质（窗口或邮寄）', 'On paper')],
  },
  local: {
    id: 'local',
    title: { zh: '是否本区户籍？', en: 'Registered in this district?' },
    options: [option('yes', '是', 'Yes'), option('no', '否', 'No')],
  },
  child: {
    id: 'child',
    title: { zh: '孩子在哪里出生？', en: 'Where was the child born?' },
    options: [option('here', '本市医院', 'In a hospital of the city'), option('elsewhere', '外地或境外', 'Elsewhere')],
  },
  'food-kind': {
    id: 'food-kind',
    title: { zh: '做哪一类餐食？', en: 'What kind of food?' },
    options: [
      option('hot', '热食', 'Hot food'),
      option('cold', '含冷食、生食、裱花', 'With cold or raw food'),
      option('sale', '只卖预包装食品', 'Pre-packed food only'),
    ],
  },
  'fire-way': {
    id: 'fire-way',
    title: { zh: '消防检查选哪种方式？', en: 'Which way of fire check?' },
    options: [
      option('commitment', '告知承诺（当场办结）', 'On a commitment'),
      option('check', '先检查后发证', 'Checked first'),
    ],
  },
} as const satisfies Record<string, Question>;

/** Papers that a service asks for, by family: id | 中文 | English. */
const PAPERS: Record<string, string> = {
  company: `articles|公司章程|Articles of association
appointment|任职文件|Appointments`,
  food: `layout|经营场所布局图|Floor plan
food-rules|食品安全管理制度|Food safety rules
facilities|操作流程及设施清单|Process and equipment`,
  fire: `fire-plan|灭火和应急疏散预案|Fire and evacuation plan
decoration-report|装修材料燃烧性能检测报告|Fire test of the fittings`,
  sign: `sign-drawing|招牌效果图|Drawing of the sign
sign-structure|结构安全承诺|Statement of structural safety`,
  drain: `drain-drawing|排水接管总平面图|Drainage plan
grease-drawing|隔油池设计图|Drawing of the grease trap`,
  shop: `layout|场所平面布置图|Floor plan
rules|管理制度文本|Rules`,
  equipment: `inspection|检验报告|Inspection report`,
  career: `training|培训证明|Proof of training`,
  benefit: `income-statement|家庭收入申报书|Statement of income`,
  archive: `purpose-proof|用途证明|Proof of purpose`,
  card: `photo|证件照片回执|Photograph`,
  household: `event-proof|事件证明材料|Proof of the event`,
  marriage: `marriage-photo|双方合影|Photograph of both`,
  medical: `invoice|医疗费用票据|Medical bills
record|病历资料|Medical record`,
  birth: `parents-statement|父母双方声明|Statement of the parents`,
  pupil: `home-proof|居住证明材料|Proof of residence`,
  home: `lease|房屋租赁合同|Lease`,
  property: `contract|买卖合同|Contract of sale`,
  renovation: `renovation-plan|改造方案|Plan of the work`,
  staff: `staff-list|职工名册|List of employees`,
  tax: `tax-form|纳税资料|Tax papers`,
  org: `charter|章程草案|Draft charter
minutes|会议纪要|Minutes`,
  event: `event-plan|活动方案|Plan of the event`,
  grant: `project-plan|项目计划书|Project plan`,
  injury: `diagnosis-proof|诊断证明|Diagnosis`,
  clinic: `layout|建筑设计平面图|Floor plan`,
  vehicle: `vehicle-list|车辆清单|List of vehicles`,
  project: `drawings|施工图设计文件|Drawings
contract|施工合同|Contract`,
  school: `charter|学校章程|Charter
teachers-list|教师名册|List of teachers`,
  pet: `vaccination|免疫证明|Proof of vaccination`,
};

export const papersOf = (family: string): Pick<Material, 'id' | 'title'>[] =>
  (PAPERS[family] ?? '')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [id = '', zh = '', en = ''] = line.split('|');
      return { id, title: { zh, en } };
    });
