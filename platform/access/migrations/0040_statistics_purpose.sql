-- Counting persons for published statistics: nobody reads a single row of it.
insert into access.purpose (code, title, basis, posts) values
 ('public-statistics', '{"zh":"编制公开统计并检验其匿名性","en":"Make public statistics and test their anonymity"}', '{"source":"中华人民共和国个人信息保护法","article":"第四条、第七十三条","en":"Personal Information Protection Law, art. 4 and 73"}', '{data-officer}');
