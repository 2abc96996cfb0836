-- Whether a resident is insured (参保), as an item that can be shared: yes, no, or null where the authority holds no record. One person, one row.
create view population.insured as
  select p.pid, p.committee_code, case c.value when 'yes' then true when 'no' then false end as insured, (c.source ->> 'at')::timestamptz::date as stated_on
  from population.person p left join population.condition c on c.pid = p.pid and c.kind = 'insured' and c.tx_to is null
  where p.death_date is null;
-- It runs with the owner's rights and holds everybody: only a grant opens it.
revoke all on population.insured from population_app, population_app_all;
