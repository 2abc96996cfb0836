-- What the caller has opened by break-glass (紧急调阅), whatever the area of the account: the views run with the owner's rights and
-- hold the named persons only, while it lasts. Row security of the tables stays as it is.
create view population.opened_person as select * from population.person where pid in (select o::uuid from access.opened('population.person.read') o);
create view population.opened_person_version as select * from population.person_version where pid in (select o::uuid from access.opened('population.person.read') o);
create view population.opened_condition as select * from population.condition where pid in (select o::uuid from access.opened('population.person.read') o);
revoke insert, update, delete on population.opened_person, population.opened_person_version, population.opened_condition from population_app, population_app_all;
