-- Residents as they were known at an instant, counted by area, sex and single year of age: what statistics and projections are made
-- of. Whole district, no person; small numbers are withheld before anything leaves the module.
create function population.stock(digits int, known_at timestamptz) returns table (code text, sex text, age int, n int)
language sql stable security definer set search_path = pg_catalog as $$
  select left(p.committee_code, digits), p.sex,
    least(100, extract(year from age((known_at at time zone 'Asia/Shanghai')::date, p.birth_date))::int), count(*)::int
  from (
    select committee_code, sex, birth_date, death_date from population.person where tx_from <= known_at
    union all
    select record ->> 'committee_code', record ->> 'sex', (record ->> 'birth_date')::date, (record ->> 'death_date')::date
    from population.person_version where tx_from <= known_at and tx_to > known_at
  ) p
  where p.committee_code is not null and p.death_date is null and p.sex in ('1', '2') and p.birth_date is not null
    and p.birth_date <= (known_at at time zone 'Asia/Shanghai')::date
  group by 1, 2, 3
$$;

-- Children by the year in which they come to school: six years old on 31 August.
create function population.school_entry(digits int, from_year int, to_year int) returns table (code text, year int, n int)
language sql stable security definer set search_path = pg_catalog as $$
  select c.code, c.year, count(*)::int from (
    select left(committee_code, digits) as code,
      extract(year from birth_date)::int + case when (extract(month from birth_date), extract(day from birth_date)) <= (8, 31) then 6 else 7 end as year
    from population.person where committee_code is not null and death_date is null and birth_date is not null) c
  where c.year between from_year and to_year group by 1, 2
$$;

-- How the base is doing: queues, sources, totals. No person stands behind a number.
create function population.state_of_base() returns jsonb
language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object(
    'persons', (select count(*) from population.person where death_date is null),
    'residents', (select count(*) from population.person where death_date is null and committee_code is not null),
    'unplaced', (select count(*) from population.person where death_date is null and committee_code is null and residence_address is not null),
    'deathsOpen', (select count(*) from population.life_event where kind = 'died' and state in ('reported', 'conflict')),
    'oldestDeath', (select min(known_at) from population.life_event where kind = 'died' and state in ('reported', 'conflict')),
    'numbersOpen', (select count(*) from population.conflict where state = 'frozen'))
$$;
