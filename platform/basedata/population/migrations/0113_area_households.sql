-- Households by area, unprotected: what is too small is withheld with its totals before it is shown (count-areas.ts).
create function population.area_households(digits int) returns table (code text, n int)
language sql stable security definer set search_path = pg_catalog as $$
  select left(p.committee_code, digits), count(distinct p.household_no)::int
  from population.person p where p.committee_code is not null and p.death_date is null group by 1
$$;
