-- Whoever reported a problem is called back, and is asked where it is.
insert into access.purpose (code, title, basis, posts) values
 ('contact-reporter', '{"zh":"联系、回访上报人","en":"Contact who reported a problem"}', '{"source":"中华人民共和国个人信息保护法","article":"第十三条第一款第三项、第三十四条","en":"Personal Information Protection Law, art. 13(1)(3) and 34"}', '{duty-officer}');
