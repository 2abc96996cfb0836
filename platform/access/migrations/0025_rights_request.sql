-- Answering what a person asks about the use of their data is a purpose of its own.
insert into access.purpose (code, title, basis, posts) values
 ('rights-request', '{"zh":"办理个人行权请求","en":"Handle a request about one’s data"}', '{"source":"中华人民共和国个人信息保护法","article":"第五十条","en":"Personal Information Protection Law, art. 50"}', '{unit-head,security-auditor}');
