-- Whether a resident is insured (参保), as an item that can be shared: yes, no, or null where the authority holds no record. One person, one row.
-- Shares read it with the rights of its owner and narrow it themselves; the module's own role sees no more of it than of the persons. A
-- security_invoker view would not do: seen through a share it asks for the taker's rights on the tables below, and a taker has none.
create view population.insured with (security_barrier = true) as
  select p.pid, p.committee_code, case c.value when 'yes' then true when 'no' then false end as insured, (c.source ->> 'at')::timestamptz::date as stated_on
  from population.person p left join population.condition c on c.pid = p.pid and c.kind = 'insured' and c.tx_to is null
  where p.death_date is null
    and (current_user <> 'population_app' or (p.committee_code >= (select kernel.area_from()) and p.committee_code < (select kernel.area_to())));
revoke insert, update, delete on population.insured from population_app, population_app_all;
