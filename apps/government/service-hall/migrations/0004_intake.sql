-- Rules of routing (属地规则): of one item of a unit, or of all its items (item '').
create table service_hall.routing_rule (
  unit text not null,
  item text collate "C" not null,
  principle text not null check (principle in ('anywhere', 'residence', 'registration', 'business')),
  entered_at timestamptz not null,
  entered_by text not null,
  primary key (unit, item)
);

-- What a window took in (收件): one row for each item of the case, and where it went.
create table service_hall.intake (
  id uuid primary key,
  case_code text collate "C" not null,
  no int not null check (no > 0),
  item text collate "C" not null,
  title jsonb not null,
  unit text not null,
  person uuid,
  entity text collate "C",
  centre text collate "C" not null references service_hall.centre,
  -- How the window knew who stood there: card reader, or typed twice.
  card text not null check (card in ('read', 'manual')),
  state text not null check (state in ('accepted-here', 'to-dispatch', 'to-hand-over', 'handed-over')),
  -- The centre that accepts it.
  target text collate "C" references service_hall.centre,
  why text check (why in ('no-rule', 'unknown-address', 'several-places', 'no-centre')),
  received_at timestamptz not null,
  received_by text not null,
  -- Runs while it is not where it is accepted (收受分离交接时限).
  hand_over_clock uuid,
  handed_at timestamptz,
  handed_to text,
  unique (case_code, no),
  check ((state in ('to-hand-over', 'handed-over')) <= (target is not null)),
  check (state = 'accepted-here' or hand_over_clock is not null),
  check ((state = 'handed-over') = (handed_at is not null))
);
create index intake_centre on service_hall.intake (centre, received_at desc);
create index intake_target on service_hall.intake (target, received_at desc) where target is not null;
create index intake_person on service_hall.intake (person) where person is not null;
revoke delete on service_hall.intake from service_hall_app, service_hall_app_all;

alter table service_hall.intake enable row level security;
-- The centre that received it, the one that it goes to; what nobody knows where to send is seen by the district's centre as well.
create policy of_the_centres on service_hall.intake to service_hall_app
  using (centre = any ((select service_hall.my_centres())::text[]) or target = any ((select service_hall.my_centres())::text[])
    or (state = 'to-dispatch' and exists (select from service_hall.centre c where c.kind = 'district' and c.units @> array[(select kernel.actor('unit'))])))
  -- Whoever dispatches sends it to a centre that is not theirs.
  with check (true);
create policy of_the_person on service_hall.intake for select to service_hall_app
  using (person = (select kernel.actor('person')::uuid) and (select kernel.actor('post')) = 'citizen');
create policy of_all on service_hall.intake to service_hall_app_all using (true);
