-- Inspections (检查, G4): checklist version → task → record filled on site → findings → rectification order → re-check → closed.

-- A version is never changed: what was checked in March is read with the list of March.
create table inspection.checklist (
  code text not null check (code ~ '^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$'),
  version int not null check (version > 0),
  title jsonb not null,
  items jsonb not null,
  digest text not null,
  published_at timestamptz not null,
  published_by text not null,
  primary key (code, version)
);
revoke update, delete on inspection.checklist from inspection_app, inspection_app_all;

-- A draw (双随机): targets and inspectors by a seed that anybody can recompute the result from.
create table inspection.draw (
  id uuid primary key,
  title text not null,
  seed text not null,
  pool_sm3 text not null,
  inspectors_sm3 text not null,
  terms jsonb not null,
  drawn_at timestamptz not null,
  drawn_by text not null
);
revoke update, delete on inspection.draw from inspection_app, inspection_app_all;

create table inspection.task (
  id uuid primary key,
  number text not null unique,
  checklist text not null,
  version int not null,
  target text not null,
  target_name text not null,
  address text,
  unit text not null,
  inspectors text[] not null,
  due_on date not null,
  state text not null check (state in ('open', 'conflict', 'done', 'void')),
  -- The record that counts.
  record uuid,
  draw uuid references inspection.draw (id),
  made_by text not null,
  made_at timestamptz not null,
  foreign key (checklist, version) references inspection.checklist (code, version)
);
create index task_unit on inspection.task (unit, state, due_on);

-- What somebody filled on site, as it came. Both times are kept: that of the device and ours.
create table inspection.record (
  -- Made by the device: the same record sent again is the same one.
  id uuid primary key,
  task uuid not null references inspection.task (id),
  -- The record that the device knew when it was filled; another one since is a conflict.
  base uuid,
  answers jsonb not null,
  digest text not null,
  device_filled_at timestamptz not null,
  device_sent_at timestamptz not null,
  received_at timestamptz not null,
  -- The moment of filling by our clock: ours at receipt less what passed on the device.
  filled_at timestamptz not null,
  skew_seconds int not null,
  lon double precision,
  lat double precision,
  accuracy double precision,
  state text not null check (state in ('counts', 'conflict', 'aside')),
  by_account text not null,
  by_name text not null
);
create index record_task on inspection.record (task, received_at);
alter table inspection.task add foreign key (record) references inspection.record (id);

create table inspection.finding (
  id uuid primary key,
  task uuid not null references inspection.task (id),
  record uuid not null references inspection.record (id),
  item text not null,
  severity text not null check (severity in ('minor', 'major', 'critical')),
  note text not null,
  photos uuid[] not null default '{}',
  ord uuid
);
create index finding_task on inspection.finding (task);

-- Orders to put something right (责令改正通知书).
create table inspection.rectification (
  id uuid primary key,
  number text not null unique,
  task uuid not null references inspection.task (id),
  unit text not null,
  demand text not null,
  basis text not null,
  clock uuid not null,
  state text not null check (state in ('issued', 'reported', 'closed')),
  issued_at timestamptz not null,
  issued_by text not null,
  issued_name text not null,
  reported_at timestamptz,
  report text,
  overdue_at timestamptz,
  closed_at timestamptz
);
create index rectification_unit on inspection.rectification (unit, state);
alter table inspection.finding add foreign key (ord) references inspection.rectification (id);

create table inspection.recheck (
  id uuid primary key,
  rectification uuid not null references inspection.rectification (id),
  at timestamptz not null,
  by_account text not null,
  by_name text not null,
  passed boolean not null,
  note text not null,
  photos uuid[] not null default '{}'
);
revoke update, delete on inspection.recheck from inspection_app, inspection_app_all;

alter table inspection.task enable row level security;
create policy own_unit on inspection.task to inspection_app using (unit = kernel.actor('unit'));
create policy whole_district on inspection.task to inspection_app_all using (true);
alter table inspection.record enable row level security;
create policy own_unit on inspection.record to inspection_app using (exists (select from inspection.task t where t.id = task));
create policy whole_district on inspection.record to inspection_app_all using (true);
alter table inspection.finding enable row level security;
create policy own_unit on inspection.finding to inspection_app using (exists (select from inspection.task t where t.id = task));
create policy whole_district on inspection.finding to inspection_app_all using (true);
alter table inspection.rectification enable row level security;
create policy own_unit on inspection.rectification to inspection_app using (unit = kernel.actor('unit'));
create policy whole_district on inspection.rectification to inspection_app_all using (true);
alter table inspection.recheck enable row level security;
create policy own_unit on inspection.recheck to inspection_app using (exists (select from inspection.rectification r where r.id = rectification));
create policy whole_district on inspection.recheck to inspection_app_all using (true);
