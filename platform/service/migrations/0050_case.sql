-- Cases (办件): one application for one or more items, with one code; a sub-case for each item, in the hands of its unit.
create table service.case_file (
  id uuid primary key,
  code text collate "C" not null unique check (code ~ '^[0-9]{18}[0-9A-Z]$'),
  channel text not null check (channel in ('web', 'window', 'kiosk', 'city')),
  title jsonb not null,
  bundle text,
  -- The form that was filled in: a form becomes one case, whatever is sent twice.
  form uuid not null,
  applicant_person uuid,
  applicant_entity text collate "C",
  -- Keyed digest of the identity number of somebody who is no resident.
  applicant_key text,
  -- Sealed: name, phone, identity number if there is one.
  applicant text not null,
  -- Keyed digests, bound to the code, of the last digits by which the public query knows the applicant.
  factors text[] not null,
  units text[] not null check (cardinality(units) > 0),
  state text not null,
  received_at timestamptz not null,
  received_by text not null,
  received_name text not null,
  -- The centre whose window took it in; null = the applicant sent it.
  received_unit text,
  -- When all is decided if nothing stops: the end of the critical path.
  promised_at timestamptz,
  closed_at timestamptz,
  sample boolean not null default false,
  unique (received_by, form),
  check (num_nonnulls(applicant_person, applicant_entity, applicant_key) >= 1)
);
create index case_file_person on service.case_file (applicant_person, received_at desc);
create index case_file_entity on service.case_file (applicant_entity, received_at desc);
create index case_file_units on service.case_file using gin (units);

create table service.sub_case (
  id uuid primary key,
  case_id uuid not null references service.case_file deferrable initially deferred,
  no int not null check (no > 0),
  item text not null,
  item_version int not null,
  title jsonb not null,
  unit text not null,
  -- ItemTerms as they stood when it was filed.
  terms jsonb not null,
  applicant_person uuid,
  applicant_entity text collate "C",
  received_unit text,
  -- Sealed: the answers that this item asks for, and where each came from.
  answers text not null,
  -- [{id, source, document}]: ids only.
  materials jsonb not null,
  -- Numbers of the sub-cases that must be granted first.
  after int[] not null default '{}',
  state text not null,
  outcome text check (outcome in ('granted', 'refused', 'revoked')),
  waits boolean not null,
  committed boolean not null,
  heard boolean not null default false,
  corrections int not null default 0,
  further_correction boolean not null default false,
  -- What is missing: collected by the unit, told when every unit of the case has looked. [{what, how}]
  defects jsonb,
  receivers text[] not null default '{}',
  received_at timestamptz not null,
  accepted_at timestamptz,
  -- The day from which the time for the decision is counted, and whether silence accepted it.
  accepted_as_of timestamptz,
  deemed boolean not null default false,
  handler text,
  handler_name text,
  -- {outcome, by, name, reason, remedy, at}
  draft jsonb,
  extended boolean not null default false,
  -- Reason and remedy of what was not accepted, refused or revoked: no such act without both.
  reason text,
  remedy text,
  decided_at timestamptz,
  decided_by text,
  decided_name text,
  accept_clock uuid,
  decide_clock uuid,
  certify_clock uuid,
  -- What was granted on a commitment is looked at: does it hold?
  verify_clock uuid,
  verified text check (verified in ('holds', 'false')),
  planned_start timestamptz,
  planned_end timestamptz,
  closed_at timestamptz,
  unique (case_id, no),
  unique (case_id, item),
  check (state <> 'not-accepted' or num_nulls(reason, remedy) = 0),
  check (outcome is null or outcome = 'granted' or num_nulls(reason, remedy) = 0),
  -- Whoever received it decides nothing, and no machine refuses.
  check (not decided_by = any (receivers)),
  check (outcome is null or outcome = 'granted' or decided_by not like 'system:%')
);
create index sub_case_unit on service.sub_case (unit, state, received_at);

-- Timeline (进度): everything that happened, in order; `shown` is what the applicant reads.
create table service.case_event (
  seq bigint generated always as identity primary key,
  case_id uuid not null references service.case_file deferrable initially deferred,
  sub_case uuid references service.sub_case deferrable initially deferred,
  -- Whose it is: null = of the whole case.
  unit text,
  at timestamptz not null,
  kind text not null,
  by_account text not null,
  by_name text not null,
  by_unit text,
  shown boolean not null,
  text text,
  data jsonb not null default '{}'
);
create index case_event_case on service.case_event (case_id, seq);
revoke update, delete on service.case_event from service_app, service_app_all;
revoke delete on service.case_file, service.sub_case from service_app, service_app_all;

-- Blocks of codes for a window that is cut off (断网号段).
create table service.code_block (
  id uuid primary key,
  unit text not null,
  district text not null,
  day date not null,
  first int not null,
  last int not null,
  allocated_at timestamptz not null,
  allocated_by text not null,
  returned_at timestamptz,
  check (last >= first)
);
create unique index code_block_numbers on service.code_block (district, day, first);
-- Numbers of a returned block that became no case (作废号): the series of a day stays without a gap that nobody can explain.
create table service.void_code (
  code text collate "C" primary key,
  block uuid not null references service.code_block,
  at timestamptz not null
);

-- Tries of the public query, by keyed digest of what was asked; whether it exists or not.
create table service.query_try (
  key text primary key,
  tries int not null,
  last_at timestamptz not null,
  locked_until timestamptz
);

alter table service.case_file enable row level security;
alter table service.sub_case enable row level security;
alter table service.case_event enable row level security;
alter table service.code_block enable row level security;

create policy of_the_person on service.case_file to service_app
  using (applicant_person = (select kernel.actor('person')::uuid) and (select kernel.actor('post')) = 'citizen');
create policy of_the_entity on service.case_file to service_app
  using (applicant_entity = (select kernel.actor('entity')) and (select kernel.actor('post')) = 'enterprise-agent');
create policy of_the_units on service.case_file to service_app using (units @> array[(select kernel.actor('unit'))]);
create policy of_the_window on service.case_file to service_app using (received_unit = (select kernel.actor('unit')));
-- Posts that see the whole district see figures elsewhere; the files are those of the units that handle them.
create policy of_the_units_all on service.case_file to service_app_all
  using ((select kernel.actor('unit')) is null or units @> array[(select kernel.actor('unit'))] or received_unit = (select kernel.actor('unit')));

create policy of_the_person on service.sub_case to service_app
  using (applicant_person = (select kernel.actor('person')::uuid) and (select kernel.actor('post')) = 'citizen');
create policy of_the_entity on service.sub_case to service_app
  using (applicant_entity = (select kernel.actor('entity')) and (select kernel.actor('post')) = 'enterprise-agent');
-- A department has its own sub-case, and with it only the fields that its item asks for.
create policy of_the_unit on service.sub_case to service_app using (unit = (select kernel.actor('unit')));
create policy taken_in on service.sub_case for insert to service_app with check (received_unit = (select kernel.actor('unit')));
create policy of_the_unit_all on service.sub_case to service_app_all
  using ((select kernel.actor('unit')) is null or unit = (select kernel.actor('unit')));
create policy taken_in_all on service.sub_case for insert to service_app_all with check (received_unit = (select kernel.actor('unit')));

-- The events of a case are seen by who sees the case; those of one unit by that unit and, where they are shown, by the applicant.
create policy of_the_case on service.case_event to service_app
  using (exists (select from service.case_file c where c.id = case_id)
    and (unit is null or unit = (select kernel.actor('unit')) or (shown and (select kernel.actor('unit')) is null)))
  with check (true);
create policy of_the_case_all on service.case_event to service_app_all
  using (exists (select from service.case_file c where c.id = case_id)
    and (unit is null or unit = (select kernel.actor('unit')) or (select kernel.actor('unit')) is null))
  with check (true);
create policy of_the_unit on service.code_block to service_app using (unit = (select kernel.actor('unit')));
create policy of_the_unit_all on service.code_block to service_app_all
  using ((select kernel.actor('unit')) is null or unit = (select kernel.actor('unit')));

-- What anybody may know of a case who has its code and a second factor: no name, no answer. Nothing for a wrong factor, as for no case.
create function service.query_case(asked text, digests text[])
returns table (id uuid, title jsonb, state text, received_at timestamptz, promised_at timestamptz, items jsonb, events jsonb)
language sql stable security definer set search_path = pg_catalog as $$
  select c.id, c.title, c.state, c.received_at, c.promised_at,
    (select jsonb_agg(jsonb_build_object('no', s.no, 'title', s.title, 'unit', s.unit, 'state', s.state, 'outcome', s.outcome) order by s.no)
     from service.sub_case s where s.case_id = c.id),
    (select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'kind', e.kind, 'no', s.no) order by e.seq), '[]')
     from service.case_event e left join service.sub_case s on s.id = e.sub_case where e.case_id = c.id and e.shown)
  from service.case_file c where c.code = asked and c.factors && digests
$$;
grant execute on function service.query_case(text, text[]) to service_app, service_app_all;
-- Has a form become a case already? The code only, for the account that sent it.
create function service.case_of_form(account text, asked uuid) returns text
language sql stable security definer set search_path = pg_catalog as $$
  select code from service.case_file where received_by = account and form = asked
$$;
grant execute on function service.case_of_form(text, uuid) to service_app, service_app_all;
-- Where the other items of a case stand, for the units that share it: states and times, no content.
create function service.case_parts(asked uuid)
returns table (no int, title jsonb, unit text, state text, outcome text, waits boolean, looked boolean, after int[], planned_end timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select s.no, s.title, s.unit, s.state, s.outcome, s.waits, s.defects is not null, s.after, s.planned_end
  from service.sub_case s join service.case_file c on c.id = s.case_id
  where c.id = asked and (c.units @> array[kernel.actor('unit')] or c.received_unit = kernel.actor('unit')
    or (kernel.actor('unit') is null and (kernel.actor('account') like 'system:%' or c.applicant_person = kernel.actor('person')::uuid
      or c.applicant_entity = kernel.actor('entity'))))
  order by s.no
$$;
grant execute on function service.case_parts(uuid) to service_app, service_app_all;
create function service.code_used(asked text) returns boolean language sql stable security definer set search_path = pg_catalog
  as $$ select exists (select from service.case_file where code = asked) $$;
grant execute on function service.code_used(text) to service_app, service_app_all;

-- Ratings (好差评): one for each item and round; the rated unit reads them, and does not learn from here who wrote them.
create table service.case_rating (
  id uuid primary key,
  item text not null,
  title jsonb not null,
  unit text not null,
  node text not null check (node in ('delivery', 'acceptance')),
  round int not null check (round in (1, 2)),
  stars int not null check (stars between 1 and 5),
  text text check (length(text) between 2 and 500),
  rated_on date not null,
  state text not null check (state in ('done', 'to-call', 'to-repair', 'to-rate-again')),
  clock uuid,
  call_text text,
  called_at timestamptz,
  repair_text text,
  repaired_at timestamptz,
  check (stars > 2 or round = 2 or clock is not null)
);
create index case_rating_unit on service.case_rating (unit, state, rated_on desc);
create table service.case_rating_author (
  rating uuid primary key references service.case_rating,
  sub_case uuid not null references service.sub_case,
  node text not null,
  round int not null,
  applicant_person uuid,
  applicant_entity text collate "C",
  -- Sealed: whom the office calls back.
  contact text not null,
  unique (sub_case, node, round)
);
revoke delete on service.case_rating, service.case_rating_author from service_app, service_app_all;
alter table service.case_rating enable row level security;
alter table service.case_rating_author enable row level security;
-- The office that calls back (好差评回访) is named by the district.
create function service.rating_office() returns text language sql stable security definer set search_path = pg_catalog
  as $$ select value #>> '{}' from rulebook.rule_at('service.rating.office', (kernel.now() at time zone 'Asia/Shanghai')::date, null) $$;
grant execute on function service.rating_office() to service_app, service_app_all;
create policy rated on service.case_rating to service_app
  using ((select kernel.actor('unit')) is null or unit = (select kernel.actor('unit')) or (select kernel.actor('unit')) = (select service.rating_office()));
create policy rated_all on service.case_rating to service_app_all
  using ((select kernel.actor('unit')) is null or unit = (select kernel.actor('unit')) or (select kernel.actor('unit')) = (select service.rating_office()));
create policy of_the_author on service.case_rating_author to service_app
  using ((applicant_person = (select kernel.actor('person')::uuid) and (select kernel.actor('post')) = 'citizen')
    or (applicant_entity = (select kernel.actor('entity')) and (select kernel.actor('post')) = 'enterprise-agent')
    or (select kernel.actor('unit')) = (select service.rating_office()));
create policy of_the_office on service.case_rating_author to service_app_all
  using ((select kernel.actor('unit')) is null or (select kernel.actor('unit')) = (select service.rating_office()));
-- For the catalogue: both, as far as row security lets the reader see the author.
create view service.rating_with_author with (security_invoker) as
  select r.id, r.title, r.unit, r.node, r.round, r.stars, r.text, r.rated_on, r.state, a.applicant_person, a.applicant_entity
  from service.case_rating r left join service.case_rating_author a on a.rating = r.id;

-- Which item of a bundle waits for which (一件事的前置关系).
create table service.bundle_after (
  bundle text not null,
  item text not null,
  before text not null,
  primary key (bundle, item, before),
  foreign key (bundle, item) references service.bundle_item (bundle, item),
  foreign key (bundle, before) references service.bundle_item (bundle, item),
  check (item <> before)
);
