-- The operations centre (城运中心, P28): exercises, composite incidents, options, orders and the shift.

-- A run of a scripted scenario (演练). Its time is the scenario's: it goes `speed` times as fast as the clock, and stands still in a pause.
create table ops.exercise (
  id uuid primary key,
  scenario text not null check (scenario ~ '^[a-z][a-z0-9-]{1,40}$'),
  speed int not null check (speed between 1 and 60),
  state text not null check (state in ('running', 'paused', 'stopped', 'finished')),
  -- Seconds of the scenario that had gone by at `as_of`; `next` is the step that comes next.
  position_s float8 not null default 0,
  as_of timestamptz not null,
  next int not null default 0,
  started_at timestamptz not null,
  started_by text not null,
  started_name text not null,
  ended_at timestamptz
);
create unique index exercise_one on ops.exercise (scenario) where state in ('running', 'paused');

-- Composite incidents (复合事件). `key` follows from what it is made of: the same events make the same key in every run.
create table ops.incident (
  id uuid primary key,
  key text not null,
  no text not null unique,
  family text not null,
  title jsonb not null,
  level int not null check (level between 1 and 4),
  state text not null check (state in ('open', 'closed', 'merged')),
  hypothesis text check (length(hypothesis) between 2 and 1000),
  -- Middle of its members, and how far they lie from it.
  lon float8 not null check (lon between -180 and 180),
  lat float8 not null check (lat between -90 and 90),
  radius_m int not null default 0,
  first_at timestamptz not null,
  last_at timestamptz not null,
  made_at timestamptz not null,
  merged_into uuid references ops.incident,
  closed_at timestamptz,
  exercise uuid references ops.exercise,
  sample boolean not null default false,
  check ((state = 'merged') = (merged_into is not null)),
  check (merged_into <> id)
);
create unique index incident_key on ops.incident (key, coalesce(exercise, '00000000-0000-0000-0000-000000000000'));
create index incident_open on ops.incident (level, last_at desc) where state = 'open';
create index incident_time on ops.incident (made_at desc);

-- What an incident is made of: by reference, never a copy. A report that fits nothing yet stands here without an incident.
create table ops.member (
  id uuid primary key,
  source text not null check (source in ('case', 'alert', 'exercise')),
  ref text collate "C" not null,
  class text not null,
  title jsonb not null,
  level int not null check (level between 1 and 4),
  lon float8 not null,
  lat float8 not null,
  at timestamptz not null,
  incident uuid references ops.incident,
  exercise uuid references ops.exercise,
  -- A person has put it where it is: the machine leaves it there.
  by_hand boolean not null default false,
  check ((source = 'exercise') = (exercise is not null))
);
create unique index member_once on ops.member (source, ref, coalesce(exercise, '00000000-0000-0000-0000-000000000000'));
create index member_incident on ops.member (incident);
create index member_near on ops.member (at);

create table ops.incident_entry (
  id uuid primary key,
  incident uuid not null references ops.incident,
  at timestamptz not null,
  what text not null check (what in ('made', 'joined', 'level', 'hypothesis', 'split', 'merged', 'closed')),
  by_account text not null,
  by_name text not null,
  text text,
  data jsonb not null default '{}'
);
create index incident_entry_of on ops.incident_entry (incident, at, id);

-- Option sets (决策方案): what may be done, by which criteria it is compared, who decided and why. What was not chosen is kept.
create table ops.option_set (
  id uuid primary key,
  incident uuid not null references ops.incident,
  question text not null check (length(question) between 4 and 300),
  -- [{id, title, weight, direction: benefit | cost, unit}]
  criteria jsonb not null,
  state text not null check (state in ('open', 'decided')),
  made_at timestamptz not null,
  made_by text not null,
  made_name text not null,
  chosen uuid,
  reason text check (length(reason) between 4 and 1000),
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  -- Closeness and ranks as they stood when it was decided.
  scores jsonb,
  exercise uuid references ops.exercise,
  check ((state = 'decided') = (chosen is not null)),
  check ((state = 'decided') = (decided_by is not null and reason is not null)),
  check (decided_by <> made_by)
);
create index option_set_incident on ops.option_set (incident);
create table ops.option (
  id uuid primary key,
  option_set uuid not null references ops.option_set,
  position int not null,
  title text not null check (length(title) between 2 and 200),
  demand text not null check (length(demand) between 4 and 2000),
  units text[] not null check (cardinality(units) between 1 and 40),
  -- {criterion: {value, evidence}}
  facts jsonb not null,
  unique (option_set, position)
);
alter table ops.option_set add foreign key (chosen) references ops.option (id) deferrable initially deferred;

-- Command orders (指令): one order, many units, each with a line of its own.
create table ops.command_order (
  id uuid primary key,
  no text not null unique,
  title text not null check (length(title) between 2 and 200),
  demand text not null check (length(demand) between 4 and 2000),
  urgent boolean not null,
  state text not null check (state in ('draft', 'issued', 'closed', 'cancelled')),
  incident uuid references ops.incident,
  option_set uuid unique references ops.option_set,
  feedback_minutes int not null check (feedback_minutes between 5 and 1440),
  due_at timestamptz not null,
  drafted_by text not null,
  drafted_name text not null,
  drafted_at timestamptz not null,
  issued_by text,
  issued_name text,
  issued_at timestamptz,
  ended_at timestamptz,
  exercise uuid references ops.exercise,
  sample boolean not null default false,
  check (state in ('draft', 'cancelled') or issued_at is not null)
);
create index order_open on ops.command_order (due_at) where state = 'issued';
create index order_new on ops.command_order (drafted_at desc);

create table ops.order_line (
  id uuid primary key,
  ord uuid not null references ops.command_order,
  unit text collate "C" not null,
  state text not null check (state in ('drafted', 'sent', 'received', 'executing', 'reported', 'verified', 'cancelled')),
  sent_at timestamptz,
  receive_due timestamptz,
  received_at timestamptz,
  received_by text,
  received_name text,
  feedback_due timestamptz,
  feedbacks int not null default 0,
  reported_at timestamptz,
  returns int not null default 0,
  verified_at timestamptz,
  verified_by text,
  -- Ladder: the step that was told last, and when the next is due. It stands still as soon as the unit has received.
  step int not null default 0,
  next_step_at timestamptz,
  unique (ord, unit),
  check (next_step_at is null or state = 'sent'),
  check (verified_by is null or verified_by <> received_by)
);
create index line_unit on ops.order_line (unit, state);
create index line_ladder on ops.order_line (next_step_at) where next_step_at is not null;

create table ops.order_entry (
  id uuid primary key,
  ord uuid not null references ops.command_order,
  line uuid references ops.order_line,
  at timestamptz not null,
  what text not null check (what in ('drafted', 'issued', 'told', 'nobody', 'unanswered', 'received', 'executing', 'feedback', 'reported', 'verified', 'returned', 'closed', 'cancelled')),
  step int,
  by_account text not null,
  by_name text not null,
  by_unit text,
  text text check (length(text) <= 2000),
  data jsonb not null default '{}'
);
create index order_entry_of on ops.order_entry (ord, at, id);

-- The shift (值班): three of eight hours a day, a log that only grows, and what is handed over until it is done.
create table ops.shift (
  id uuid primary key,
  from_at timestamptz not null unique,
  to_at timestamptz not null check (to_at = from_at + interval '8 hours'),
  leader text not null,
  leader_name text not null,
  officers jsonb not null default '[]',
  -- Handed over by the leader who goes, taken over by the one who comes.
  given_by text,
  given_at timestamptz,
  taken_by text,
  taken_name text,
  taken_at timestamptz,
  sample boolean not null default false,
  exclude using gist (tstzrange(from_at, to_at) with &&),
  check ((given_by is null) = (given_at is null)),
  check ((taken_by is null) = (taken_at is null))
);
create table ops.shift_entry (
  id uuid primary key,
  shift uuid not null references ops.shift,
  at timestamptz not null,
  what text not null check (what in ('note', 'given', 'taken', 'item', 'done')),
  by_account text not null,
  by_name text not null,
  text text not null check (length(text) between 1 and 2000)
);
create index shift_entry_of on ops.shift_entry (shift, at, id);
create table ops.handover_item (
  id uuid primary key,
  text text not null check (length(text) between 2 and 500),
  made_in uuid not null references ops.shift,
  made_at timestamptz not null,
  made_name text not null,
  done_in uuid references ops.shift,
  done_at timestamptz,
  done_name text,
  done_note text,
  check ((done_at is null) = (done_in is null))
);
create index handover_open on ops.handover_item (made_at) where done_at is null;

-- What has happened is never changed (只增不改).
revoke update, delete on ops.incident_entry, ops.order_entry, ops.shift_entry from ops_app, ops_app_all;
revoke delete on ops.exercise, ops.incident, ops.member, ops.option_set, ops.option, ops.command_order, ops.order_line, ops.shift, ops.handover_item from ops_app, ops_app_all;

-- A unit sees the orders that were given to it, and of them its own line; the centre and the leaders see the district.
alter table ops.order_line enable row level security;
create policy own_unit on ops.order_line to ops_app using (unit = kernel.actor('unit') and state <> 'drafted');
create policy whole_district on ops.order_line to ops_app_all using (true);
alter table ops.command_order enable row level security;
create policy own_unit on ops.command_order to ops_app using (exists (select from ops.order_line l where l.ord = command_order.id));
create policy whole_district on ops.command_order to ops_app_all using (true);
alter table ops.order_entry enable row level security;
create policy own_unit on ops.order_entry to ops_app
  using (exists (select from ops.command_order o where o.id = order_entry.ord) and (line is null or exists (select from ops.order_line l where l.id = order_entry.line)));
create policy whole_district on ops.order_entry to ops_app_all using (true);
alter table ops.incident enable row level security;
create policy whole_district on ops.incident to ops_app_all using (true);
alter table ops.member enable row level security;
create policy whole_district on ops.member to ops_app_all using (true);
alter table ops.incident_entry enable row level security;
create policy whole_district on ops.incident_entry to ops_app_all using (true);
alter table ops.option_set enable row level security;
create policy whole_district on ops.option_set to ops_app_all using (true);
alter table ops.option enable row level security;
create policy whole_district on ops.option to ops_app_all using (true);
alter table ops.shift enable row level security;
create policy whole_district on ops.shift to ops_app_all using (true);
alter table ops.shift_entry enable row level security;
create policy whole_district on ops.shift_entry to ops_app_all using (true);
alter table ops.handover_item enable row level security;
create policy whole_district on ops.handover_item to ops_app_all using (true);
