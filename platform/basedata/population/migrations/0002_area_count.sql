-- How many live where (人口分布), by the first digits of the committee code: 9 = street, 12 = committee. No person stands
-- behind a number: what is below ten stays unsaid. Counts the whole district, whatever the reader's area.
create function population.count_areas(digits int) returns table (code text, residents int, households int, over60 int)
language sql stable security definer set search_path = pg_catalog as $$
  select c.code, case when c.residents >= 10 then c.residents end, case when c.households >= 10 then c.households end,
    case when c.over60 >= 10 then c.over60 end
  from (
    select left(p.committee_code, digits) as code, count(*)::int as residents, count(distinct p.household_no)::int as households,
      count(*) filter (where p.birth_date <= ((kernel.now() at time zone 'Asia/Shanghai')::date - interval '60 years')::date)::int as over60
    from population.person p where p.committee_code is not null and p.death_date is null group by 1) c
$$;
