-- More time that was asked of the city (市热线延期): whether the unit asks for it, or the city has been asked. The limit itself stands in `finish_due`, and only the city moves it.
alter table grid.hotline_order add column extension text check (extension in ('asked', 'sent'));
create table grid.hotline_extension (
  id uuid primary key,
  hotline_order uuid not null references grid.hotline_order,
  state text not null check (state in ('sent', 'granted', 'refused', 'denied')),
  -- What the unit asked for.
  reason text not null,
  document text not null,
  unit text,
  until timestamptz,
  asked_by text not null,
  -- Who of the centre decided, and in which words.
  decided_by text not null,
  decided_name text not null,
  words text not null,
  at timestamptz not null,
  -- Number of the message that asked the city.
  seq int,
  due_before timestamptz not null,
  due_after timestamptz,
  -- Number of the city's decision: the same twice is one.
  answer text,
  answered_at timestamptz,
  answer_words text,
  check (asked_by <> decided_by),
  check ((state = 'granted') = (due_after is not null))
);
create unique index hotline_extension_open on grid.hotline_extension (hotline_order) where state = 'sent';
create index hotline_extension_order on grid.hotline_extension (hotline_order, at);

-- What the city refuses again and again is put aside (搁置) until a person has put it right or dropped it.
alter table grid.hotline_push add column refusals int not null default 0;
alter table grid.hotline_push add column aside_at timestamptz;
alter table grid.hotline_push add column dropped_at timestamptz;
alter table grid.hotline_push add column drop_reason text;
alter table grid.hotline_push add check (dropped_at is null or (sent_at is null and drop_reason is not null));
drop index grid.hotline_push_waiting;
create index hotline_push_waiting on grid.hotline_push (next_at) where sent_at is null and dropped_at is null and aside_at is null;
create index hotline_push_aside on grid.hotline_push (aside_at) where aside_at is not null;

-- Files that the city names with an order (工单附件): fetched from the city, through the house's guards; what was refused keeps its name and the reason.
create table grid.hotline_attachment (
  id uuid primary key,
  hotline_order uuid not null references grid.hotline_order,
  city_id text not null,
  name text not null,
  kind text not null check (kind in ('photo', 'recording', 'document')),
  url text not null,
  state text not null default 'waiting' check (state in ('waiting', 'kept', 'refused')),
  file uuid,
  media_type text,
  size bigint,
  -- A photo stands with the case as well.
  in_case uuid,
  code text,
  at timestamptz not null,
  done_at timestamptz,
  tries int not null default 0,
  next_at timestamptz not null,
  last_error jsonb,
  unique (hotline_order, city_id),
  check ((state = 'kept') = (file is not null)),
  check ((state = 'refused') = (code is not null))
);
create index hotline_attachment_waiting on grid.hotline_attachment (next_at) where state = 'waiting';

revoke delete on grid.hotline_extension, grid.hotline_attachment from grid_app, grid_app_all;
alter table grid.hotline_extension enable row level security;
alter table grid.hotline_attachment enable row level security;
create policy whole_district on grid.hotline_extension to grid_app_all using (true) with check (true);
create policy whole_district on grid.hotline_attachment to grid_app_all using (true) with check (true);
