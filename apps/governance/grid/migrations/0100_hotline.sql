-- Orders of the city's hotline (12345 市民服务热线工单): what the city gave us, what became of it here, and what the city was told.
create table grid.hotline_order (
  id uuid primary key,
  no text collate "C" not null unique check (no ~ '^[A-Z0-9][A-Z0-9-]{7,39}$'),
  -- Outside system that pushed it (`gateway.system`).
  system text not null,
  kind text not null check (kind in ('help', 'complaint', 'suggestion', 'consultation', 'praise')),
  title text not null,
  content text not null,
  category text,
  class text,
  address text,
  lon float8,
  lat float8,
  -- The caller wants to stay unnamed (来电人要求保密): nothing of who it is is kept, here or with the case.
  confidential boolean not null,
  -- Sealed, and only as long as the order has no case: with the case it is the reporter's.
  contact text,
  caller_name text,
  caller_phone text,
  state text not null check (state in ('filed', 'to-answer', 'to-place', 'outside', 'answered', 'handed-back')),
  -- SM3 over what was pushed last: what comes again unchanged is known by it.
  digest text not null,
  pushes int not null default 1,
  received_at timestamptz not null,
  -- The city's limits (先行联系、办结、退单).
  contact_due timestamptz,
  finish_due timestamptz not null,
  return_due timestamptz not null,
  contacted_at timestamptz,
  finished_at timestamptz,
  report uuid,
  case_id uuid,
  case_no text,
  case_state text,
  -- Case that is likeliest the same (疑似重复).
  twin text,
  receipt text,
  -- Last entry of the case's timeline that the city was told of.
  told_seq bigint not null default 0,
  last_told text,
  satisfied boolean,
  solved boolean,
  evaluated_at timestamptz,
  evaluation text,
  sample boolean not null default false,
  check (not confidential or (contact is null and caller_name is null and caller_phone is null)),
  check ((lon is null) = (lat is null)),
  check ((state = 'filed') <= (case_no is not null)),
  check ((state = 'outside') <= (receipt is not null))
);
create index hotline_order_case on grid.hotline_order (case_id);
create index hotline_order_due on grid.hotline_order (finish_due, id) where finished_at is null;
create index hotline_order_new on grid.hotline_order (received_at desc, id desc);

-- What happened to an order, here and there.
create table grid.hotline_note (
  seq bigint generated always as identity primary key,
  hotline_order uuid not null references grid.hotline_order,
  at timestamptz not null,
  kind text not null,
  text text,
  by_account text not null,
  by_name text not null
);
create index hotline_note_order on grid.hotline_note (hotline_order, seq);

-- What the city is to be told (回传), in order for each order; sent when the city has confirmed it.
create table grid.hotline_push (
  id uuid primary key,
  hotline_order uuid not null references grid.hotline_order,
  seq int not null,
  status text not null,
  body jsonb not null,
  at timestamptz not null,
  sent_at timestamptz,
  tries int not null default 0,
  next_at timestamptz not null,
  last_error jsonb,
  unique (hotline_order, seq)
);
create index hotline_push_waiting on grid.hotline_push (next_at) where sent_at is null;
create index hotline_push_sent on grid.hotline_push (sent_at desc) where sent_at is not null;

revoke delete on grid.hotline_order, grid.hotline_push from grid_app, grid_app_all;
revoke update, delete on grid.hotline_note from grid_app, grid_app_all;
-- For the centre alone: streets and units see the case, never the order.
alter table grid.hotline_order enable row level security;
alter table grid.hotline_note enable row level security;
alter table grid.hotline_push enable row level security;
create policy whole_district on grid.hotline_order to grid_app_all using (true) with check (true);
create policy whole_district on grid.hotline_note to grid_app_all using (true) with check (true);
create policy whole_district on grid.hotline_push to grid_app_all using (true) with check (true);
