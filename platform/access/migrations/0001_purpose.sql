-- Purposes (使用目的) under which personal data may be read, each with its legal basis. 待核 until a person has verified it.
create table access.purpose (
  code text primary key check (code ~ '^[a-z][a-z0-9.-]{1,60}$'),
  title jsonb not null,
  basis jsonb not null,
  posts text[] not null,
  verified_by text,
  verified_on date
);
insert into access.purpose (code, title, basis, posts) values
 ('community-care', '{"zh":"社区服务与走访","en":"Community service and visits"}', '{"source":"中华人民共和国个人信息保护法","article":"第十三条第一款第三项","en":"Personal Information Protection Law, art. 13(1)(3)"}', '{committee-worker,street-clerk}'),
 ('verify-application', '{"zh":"核验办事申请","en":"Verify an application"}', '{"source":"中华人民共和国个人信息保护法","article":"第十三条第一款第三项","en":"Personal Information Protection Law, art. 13(1)(3)"}', '{street-clerk,data-officer}'),
 ('data-quality', '{"zh":"核对数据质量","en":"Check data quality"}', '{"source":"中华人民共和国个人信息保护法","article":"第八条","en":"Personal Information Protection Law, art. 8"}', '{data-officer}'),
 ('emergency', '{"zh":"突发事件处置","en":"Emergency response"}', '{"source":"中华人民共和国个人信息保护法","article":"第十三条第一款第四项","en":"Personal Information Protection Law, art. 13(1)(4)"}', '{street-clerk,committee-worker,duty-officer}'),
 ('enterprise-service', '{"zh":"企业服务走访","en":"Enterprise service visit"}', '{"source":"优化营商环境条例","article":"第三条","en":"Regulation on Optimising the Business Environment, art. 3"}', '{street-clerk,committee-worker,data-officer,duty-officer}'),
 ('audit-review', '{"zh":"安全审计","en":"Security audit"}', '{"source":"中华人民共和国个人信息保护法","article":"第五十四条","en":"Personal Information Protection Law, art. 54"}', '{security-auditor}');
