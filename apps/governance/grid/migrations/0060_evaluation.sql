-- What happened to cases (案件动作), from the events of the register of cases: ids only.
create table grid.case_act (
  id uuid primary key,
  case_id uuid not null,
  act text not null,
  at timestamptz not null
);
create index case_act_case on grid.case_act (case_id, at);
create index case_act_at on grid.case_act (act, at);

-- Monthly evaluation (评价, GB/T 30428.4): an edition is computed, published by a person, and never changed after that; a correction is a new one.
create table grid.evaluation_edition (
  id uuid primary key,
  period text not null check (period ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  edition int not null check (edition > 0),
  state text not null check (state in ('draft', 'published')),
  formulae jsonb not null,
  computed_at timestamptz not null,
  computed_by text not null,
  computed_name text not null,
  -- Why a further edition was made.
  reason text check (length(reason) between 4 and 1000),
  published_by text,
  published_name text,
  published_at timestamptz,
  sample boolean not null default false,
  unique (period, edition),
  check (edition = 1 or reason is not null),
  check ((state = 'published') = (published_at is not null))
);
-- The rows from which the numbers of an edition were made, as they stood then.
create table grid.evaluation_fact (
  edition uuid not null references grid.evaluation_edition,
  case_id uuid not null,
  no text not null,
  class text not null,
  street text not null,
  unit text,
  reported boolean not null,
  established boolean not null,
  due boolean not null,
  closed boolean not null,
  handled boolean not null,
  on_time boolean not null,
  reworked boolean not null,
  closed_in boolean not null,
  reopened boolean not null,
  rated boolean not null,
  satisfied boolean not null,
  primary key (edition, case_id)
);
create table grid.evaluation_score (
  id uuid primary key,
  edition uuid not null references grid.evaluation_edition,
  period text not null,
  edition_no int not null,
  kind text not null check (kind in ('district', 'area', 'department')),
  object text not null,
  indicator text not null,
  numerator int not null,
  denominator int not null check (denominator >= 0),
  -- Empty where nothing can be divided.
  value float8,
  -- Empty where the denominator is small: few cases rank nobody.
  rank int,
  unique (edition, kind, object, indicator)
);
-- What is published is public and stays as it is.
create view grid.evaluation as
  select s.id, s.period, s.edition_no, s.kind, s.object, s.indicator, s.numerator, s.denominator, s.value, s.rank, e.published_at
  from grid.evaluation_score s join grid.evaluation_edition e on e.id = s.edition where e.state = 'published';

create function grid.published_stays() returns trigger language plpgsql set search_path = pg_catalog as $$
declare of uuid;
begin
  if tg_table_name = 'evaluation_edition' then
    if old.state = 'published' then raise exception 'a published evaluation is not changed'; end if;
    return case tg_op when 'DELETE' then old else new end;
  end if;
  of := case tg_op when 'DELETE' then old.edition else new.edition end;
  if exists (select from grid.evaluation_edition e where e.id = of and e.state = 'published') then
    raise exception 'a published evaluation is not changed';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger published_stays before update or delete on grid.evaluation_edition for each row execute function grid.published_stays();
create trigger published_stays before insert or update or delete on grid.evaluation_fact for each row execute function grid.published_stays();
create trigger published_stays before insert or update or delete on grid.evaluation_score for each row execute function grid.published_stays();
