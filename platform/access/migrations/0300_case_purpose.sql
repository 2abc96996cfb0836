-- Handling an application: who accepts, examines or decides it reads what the applicant has filed.
insert into access.purpose (code, title, basis, posts) values
 ('handle-case', '{"zh":"办理申请事项","en":"Handle an application"}', '{"source":"中华人民共和国个人信息保护法","article":"第十三条第一款第三项、第三十四条","en":"Personal Information Protection Law, art. 13(1)(3) and 34"}', '{street-clerk,committee-worker,data-officer,unit-head}');
