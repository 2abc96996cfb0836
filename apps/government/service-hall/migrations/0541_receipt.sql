-- Paper receipts (纸质回执) of a window that was cut off and had no reserved code left: bound to the case once that is filed.
create table service_hall.receipt (
  receipt text collate "C" primary key check (receipt ~ '^R-[0-9a-f]{6}-[0-9]{3,6}$'),
  centre text collate "C" not null references service_hall.centre,
  case_code text collate "C" not null,
  bound_at timestamptz not null,
  bound_by text not null
);
create index receipt_case on service_hall.receipt (case_code);
revoke update, delete on service_hall.receipt from service_hall_app, service_hall_app_all;
alter table service_hall.receipt enable row level security;
create policy of_the_centre on service_hall.receipt to service_hall_app using (centre = any ((select service_hall.my_centres())::text[]));
create policy of_all on service_hall.receipt to service_hall_app_all using (true);

-- One application that was taken in twice (重复收件并案): the case that is kept, where the other one’s receipt leads from then on.
alter table service_hall.intake add column joined_into text collate "C";
-- The same for two intakes of one applicant, whether or not the district knows them.
alter table service_hall.intake add column applicant text collate "C";
create index intake_applicant on service_hall.intake (applicant, item, received_at) where applicant is not null;

create table service_hall.joining (
  id uuid primary key,
  kept uuid not null references service_hall.intake,
  other uuid not null references service_hall.intake check (other <> kept),
  kept_centre text collate "C" not null references service_hall.centre,
  other_centre text collate "C" not null references service_hall.centre check (other_centre <> kept_centre),
  state text not null check (state in ('proposed', 'confirmed', 'refused', 'too-late')),
  proposed_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  -- The case of the other one has been closed.
  done_at timestamptz,
  unique (kept, other),
  check ((state = 'proposed') = (decided_at is null))
);
-- What is joined is joined to one.
create unique index joining_one on service_hall.joining (other) where state in ('proposed', 'confirmed');
revoke delete on service_hall.joining from service_hall_app, service_hall_app_all;
alter table service_hall.joining enable row level security;
create policy of_the_centres on service_hall.joining to service_hall_app
  using (kept_centre = any ((select service_hall.my_centres())::text[]) or other_centre = any ((select service_hall.my_centres())::text[]));
create policy of_all on service_hall.joining to service_hall_app_all using (true);

-- The earlier intake of the same applicant and item at another centre, if there is one: its number and place, nobody's name.
create function service_hall.twin_of(asked uuid, since timestamptz) returns table (id uuid, centre text)
language sql stable security definer set search_path = pg_catalog as $$
  select i.id, i.centre from service_hall.intake me join service_hall.intake i
    on i.item = me.item and i.centre <> me.centre and i.case_code <> me.case_code and i.applicant = me.applicant
  where me.id = asked and me.joined_into is null and i.joined_into is null and i.received_at between since and me.received_at
  order by i.received_at, i.id limit 1
$$;
-- What a proposal is about, for the clerk of either centre: the other side's intake is not theirs to see otherwise.
create function service_hall.joining_sides(asked uuid) returns table (kept_code text, other_code text, no int, title jsonb, kept_at timestamptz, other_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select k.case_code, o.case_code, o.no, o.title, k.received_at, o.received_at from service_hall.joining j
  join service_hall.intake k on k.id = j.kept join service_hall.intake o on o.id = j.other where j.id = asked
$$;
-- Where a receipt leads, whichever centre gave it: codes only.
create function service_hall.receipt_case(asked text) returns table (no int, title jsonb, centre text, case_code text, joined boolean)
language sql stable security definer set search_path = pg_catalog as $$
  select i.no, i.title, i.centre, coalesce(i.joined_into, i.case_code), i.joined_into is not null
  from service_hall.intake i where i.case_code = coalesce((select r.case_code from service_hall.receipt r where r.receipt = asked), asked) order by i.no
$$;
revoke execute on function service_hall.twin_of(uuid, timestamptz), service_hall.joining_sides(uuid), service_hall.receipt_case(text) from public;
grant execute on function service_hall.twin_of(uuid, timestamptz), service_hall.joining_sides(uuid), service_hall.receipt_case(text)
  to service_hall_app, service_hall_app_all;
