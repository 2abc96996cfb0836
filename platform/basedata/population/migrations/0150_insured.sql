-- Whether a resident is insured (参保), as an item that can be shared: yes, no, or null where the authority holds no record. One person, one row;
-- who looks through it sees whom they may see.
create view population.insured with (security_invoker = true) as
  select p.pid, p.committee_code, case c.value when 'yes' then true when 'no' then false end as insured, (c.source ->> 'at')::timestamptz::date as stated_on
  from population.person p left join population.condition c on c.pid = p.pid and c.kind = 'insured' and c.tx_to is null
  where p.death_date is null;
revoke insert, update, delete on population.insured from population_app, population_app_all;
