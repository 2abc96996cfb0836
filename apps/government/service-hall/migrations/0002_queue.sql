-- Waiting lines (排队叫号): kiosks, appointments, tickets, and how many came.

-- A kiosk (取号机) of a centre acts for nobody: it holds a secret with which it may take tickets there, and nothing else.
create table service_hall.kiosk (
  id uuid primary key,
  centre text collate "C" not null references service_hall.centre,
  name text not null check (length(name) between 2 and 60),
  token_hash text not null unique,
  registered_by text not null,
  registered_at timestamptz not null,
  ended_at timestamptz
);

create table service_hall.appointment (
  id uuid primary key,
  centre text collate "C" not null references service_hall.centre,
  day date not null,
  -- Half hour of the day, 0–47.
  half int not null check (half between 0 and 47),
  family text collate "C" not null references service_hall.family,
  person uuid not null,
  priority boolean not null,
  state text not null check (state in ('booked', 'arrived', 'cancelled')),
  made_at timestamptz not null
);
-- One at a time for one thing on a day.
create unique index appointment_once on service_hall.appointment (person, day, family) where state = 'booked';
create index appointment_slot on service_hall.appointment (centre, day, half) where state <> 'cancelled';

create table service_hall.ticket (
  id uuid primary key,
  centre text collate "C" not null references service_hall.centre,
  day date not null,
  -- As it is called: letter of the family and number of the day.
  number text collate "C" not null,
  kind text not null check (kind in ('walk-in', 'appointment', 'virtual')),
  family text collate "C" not null references service_hall.family,
  -- Elderly, disabled or pregnant: which of them is nobody's business.
  priority boolean not null,
  -- From when on it waits; kept when it is transferred or comes back.
  since timestamptz not null,
  taken_at timestamptz not null,
  state text not null check (state in ('waiting', 'called', 'passed', 'serving', 'done', 'no-show', 'left')),
  at_window int,
  -- Transferred to this window by name.
  only_window int,
  called_at timestamptz,
  calls int not null default 0,
  served_at timestamptz,
  ended_at timestamptz,
  person uuid,
  appointment uuid unique references service_hall.appointment,
  unique (centre, day, number),
  foreign key (centre, at_window) references service_hall.service_window (centre, no),
  foreign key (centre, only_window) references service_hall.service_window (centre, no),
  check (state not in ('called', 'serving') or at_window is not null),
  check ((state in ('done', 'no-show', 'left')) = (ended_at is not null))
);
-- Nobody is called to a window at which somebody is.
create unique index ticket_at_window on service_hall.ticket (centre, at_window) where state in ('called', 'serving');
create index ticket_open on service_hall.ticket (centre, day, since) where ended_at is null;
-- Somebody stands in one line of a centre at a time.
create unique index ticket_person on service_hall.ticket (person, centre, family) where ended_at is null and person is not null;

-- How many came (客流), by half hour, from before there were tickets here.
create table service_hall.visit_count (
  centre text collate "C" not null references service_hall.centre,
  day date not null,
  half int not null check (half between 0 and 47),
  people int not null check (people >= 0),
  primary key (centre, day, half)
);
revoke insert, update, delete on service_hall.visit_count from service_hall_app;
revoke delete on service_hall.ticket, service_hall.appointment, service_hall.kiosk from service_hall_app, service_hall_app_all;

alter table service_hall.kiosk enable row level security;
alter table service_hall.appointment enable row level security;
alter table service_hall.ticket enable row level security;
create policy of_the_centre on service_hall.kiosk to service_hall_app using (centre = any ((select service_hall.my_centres())::text[]));
create policy of_all on service_hall.kiosk to service_hall_app_all using (true);
create policy of_the_centre on service_hall.appointment to service_hall_app using (centre = any ((select service_hall.my_centres())::text[]));
create policy of_the_person on service_hall.appointment to service_hall_app
  using (person = (select kernel.actor('person')::uuid) and (select kernel.actor('post')) = 'citizen');
create policy of_all on service_hall.appointment to service_hall_app_all using (true);
create policy of_the_centre on service_hall.ticket to service_hall_app using (centre = any ((select service_hall.my_centres())::text[]));
create policy of_the_person on service_hall.ticket to service_hall_app
  using (person = (select kernel.actor('person')::uuid) and (select kernel.actor('post')) = 'citizen');
-- Whoever may take a ticket is decided before: a kiosk by its secret, a resident by their sign-in.
create policy taken on service_hall.ticket for insert to service_hall_app with check (true);
create policy of_all on service_hall.ticket to service_hall_app_all using (true);

-- The centre of a kiosk, for who holds its secret.
create function service_hall.kiosk_centre(hash text) returns text language sql stable security definer set search_path = pg_catalog
  as $$ select centre from service_hall.kiosk where token_hash = hash and ended_at is null $$;
-- What the hall sees of its line: numbers and windows, nobody's name.
create function service_hall.called(asked text, on_day date)
returns table (number text, at_window int, state text, called_at timestamptz, calls int)
language sql stable security definer set search_path = pg_catalog as $$
  select number, at_window, state, called_at, calls from service_hall.ticket
  where centre = asked and day = on_day and state in ('called', 'serving', 'passed') order by called_at desc, number limit 12
$$;
-- Who waits, without who they are: for estimates and for the open figures.
create function service_hall.waiting(asked text, on_day date)
returns table (id uuid, family text, since timestamptz, priority boolean, only_window int)
language sql stable security definer set search_path = pg_catalog as $$
  select id, family, since, priority, only_window from service_hall.ticket where centre = asked and day = on_day and state = 'waiting'
$$;
-- Half hours that are taken by appointments.
create function service_hall.booked(asked text, from_day date, to_day date) returns table (day date, half int, people int)
language sql stable security definer set search_path = pg_catalog as $$
  select day, half, count(*)::int from service_hall.appointment
  where centre = asked and day between from_day and to_day and state <> 'cancelled' group by day, half
$$;
-- How many came in each half hour: as counted before, and as tickets say since.
create function service_hall.visits(asked text, from_day date, to_day date) returns table (day date, half int, people int)
language sql stable security definer set search_path = pg_catalog as $$
  select day, half, sum(people)::int from (
    select v.day, v.half, v.people from service_hall.visit_count v where v.centre = asked and v.day between from_day and to_day
    union all
    select t.day, extract(hour from t.taken_at at time zone 'Asia/Shanghai')::int * 2 + (extract(minute from t.taken_at at time zone 'Asia/Shanghai') >= 30)::int, 1
    from service_hall.ticket t where t.centre = asked and t.day between from_day and to_day) x
  group by day, half
$$;
revoke execute on all functions in schema service_hall from public;
grant execute on function service_hall.my_centres(), service_hall.kiosk_centre(text), service_hall.called(text, date), service_hall.waiting(text, date),
  service_hall.booked(text, date, date), service_hall.visits(text, date, date) to service_hall_app, service_hall_app_all;
