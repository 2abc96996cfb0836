/** Kinds of post (岗位类别) that may be set up, for the choice in the form. */
export const POST_KINDS = [
  { id: 'street-clerk', title: { zh: '街道经办', en: 'Street clerk' } },
  { id: 'committee-worker', title: { zh: '居委社工', en: 'Committee worker' } },
  { id: 'data-officer', title: { zh: '部门数据专员', en: 'Department data officer' } },
  { id: 'duty-officer', title: { zh: '运行值班员', en: 'Operations duty officer' } },
  { id: 'unit-head', title: { zh: '单位负责人', en: 'Head of unit' } },
  { id: 'district-leader', title: { zh: '区领导', en: 'District leader' } },
  { id: 'unit-liaison', title: { zh: '单位联络员', en: 'Unit liaison' } },
  { id: 'staffing-officer', title: { zh: '机构编制专员', en: 'Staffing officer' } },
  { id: 'system-administrator', title: { zh: '系统管理员', en: 'System administrator' } },
  { id: 'security-administrator', title: { zh: '安全管理员', en: 'Security administrator' } },
  { id: 'security-auditor', title: { zh: '安全审计员', en: 'Security auditor' } },
] as const;
