-- Signals, alerts and what is told of them (G3). A reading is judged by a rule; a rule that fires raises an alert; an alert is acknowledged by a person.

create table signal.rule (
  id text primary key check (id ~ '^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$'),
  version int not null,
  title jsonb not null,
  -- What an alert of it is about: alerts of one kind that are near in place and time are one.
  kind text not null,
  logic jsonb not null,
  -- The decision of the rulebook that gives the level, and how grave the thing itself is.
  decision text not null,
  severity text not null check (severity in ('minor', 'moderate', 'severe', 'extreme')),
  -- Unit that has to act on it.
  unit text not null,
  -- While an alert of this rule stands at the subject above, alerts of the one below are not told (父子抑制).
  parent text references signal.rule (id),
  enabled boolean not null,
  changed_at timestamptz not null,
  changed_by text not null,
  check (parent <> id)
);
create table signal.rule_state (
  rule text not null references signal.rule (id),
  subject text not null,
  -- Where a source is in the house: the subject above it, and its place.
  parent text,
  source text not null,
  lon double precision,
  lat double precision,
  state jsonb not null,
  -- The alert that stands for it, if any.
  alert uuid,
  -- When the clock has to look again.
  look_at timestamptz,
  primary key (rule, subject)
);
create index rule_state_alert on signal.rule_state (alert) where alert is not null;
create index rule_state_look on signal.rule_state (look_at) where look_at is not null;

-- Alerts (预警). Levels: 1 = I red, 2 = II orange, 3 = III yellow, 4 = IV blue.
create table signal.alert (
  id uuid primary key,
  number text not null unique,
  rule text references signal.rule (id),
  kind text not null,
  source text not null,
  subject text not null,
  title jsonb not null,
  level int not null check (level between 1 and 4),
  -- Which version of which decision said so; null where a person did.
  decided jsonb,
  value numeric,
  unit text not null,
  lon double precision check (lon between -180 and 180),
  lat double precision check (lat between -90 and 90),
  note text check (length(note) <= 1000),
  state text not null check (state in ('open', 'acknowledged', 'closed')),
  raised_at timestamptz not null,
  last_at timestamptz not null,
  -- How often it was raised by near sources within the time of a duplicate.
  count int not null default 1 check (count > 0),
  flapping boolean not null default false,
  -- The condition holds no more; a person still has to close what nobody had seen.
  cleared_at timestamptz,
  suppressed_by uuid references signal.alert (id),
  -- Ladder: the step that was told last, when the next one is due.
  step int not null default 0,
  next_step_at timestamptz,
  acknowledged_at timestamptz,
  acknowledged_by text,
  acknowledged_name text,
  closed_at timestamptz,
  closed_by text,
  closed_note text,
  -- Collapsed alerts of a source that storms (告警风暴).
  storm boolean not null default false,
  check ((lon is null) = (lat is null)),
  check ((state = 'closed') = (closed_at is not null)),
  check (suppressed_by <> id)
);
create index alert_near on signal.alert (kind, last_at) where state <> 'closed';
create index alert_list on signal.alert (level, raised_at desc) where state <> 'closed';
create index alert_unit on signal.alert (unit, raised_at desc);
create index alert_ladder on signal.alert (next_step_at) where next_step_at is not null;
create index alert_suppressed on signal.alert (suppressed_by) where suppressed_by is not null;
create unique index alert_storm on signal.alert (source) where storm and state <> 'closed' and cleared_at is null;

-- What happened to it, in order: never changed.
create table signal.alert_entry (
  id uuid primary key,
  alert uuid not null references signal.alert (id),
  at timestamptz not null,
  what text not null check (what in ('raised', 'again', 'flapping', 'cleared', 'suppressed', 'released', 'told', 'unanswered', 'nobody', 'acknowledged', 'closed', 'level')),
  step int,
  by_account text,
  by_name text,
  note text
);
create index alert_entry_alert on signal.alert_entry (alert, at, id);
revoke update, delete on signal.alert_entry from signal_app, signal_app_all;

-- Who is on duty (值班表). Where nobody is named for a role, the holders of its post are told.
create table signal.duty (
  id uuid primary key,
  unit text not null,
  role text not null check (role in ('duty-officer', 'shift-leader', 'deputy-director')),
  account text not null,
  from_at timestamptz not null,
  to_at timestamptz not null check (to_at > from_at),
  entered_by text not null,
  entered_at timestamptz not null
);
create index duty_now on signal.duty (unit, role, from_at);

-- How many alerts a source raised in a minute: what the storm guard counts.
create table signal.source_minute (
  source text not null,
  minute timestamptz not null,
  raised int not null,
  primary key (source, minute)
);

alter table signal.alert enable row level security;
create policy own_unit on signal.alert to signal_app using (unit = kernel.actor('unit'));
create policy whole_district on signal.alert to signal_app_all using (true);
alter table signal.alert_entry enable row level security;
create policy own_unit on signal.alert_entry to signal_app using (exists (select from signal.alert a where a.id = alert));
create policy whole_district on signal.alert_entry to signal_app_all using (true);
