-- Messages to people (消息) and what became of them on each channel.

-- How somebody wants to be told; addresses are sealed.
create table signal.preference (
  account text primary key,
  contact text,
  email boolean not null default false,
  sms boolean not null default false,
  wechat boolean not null default false,
  -- Quiet hours (免打扰), local time; they may reach over midnight. Level I does not wait.
  quiet_from time,
  quiet_to time,
  changed_at timestamptz not null,
  check ((quiet_from is null) = (quiet_to is null))
);

create table signal.message (
  id uuid primary key,
  seq bigint generated always as identity unique,
  txid xid8 not null default pg_current_xact_id(),
  account text not null,
  -- What it is about, and which telling of it: one message once, whoever tries to tell it again.
  key text not null,
  about text not null check (about in ('alert', 'warning', 'storm')),
  subject uuid not null,
  level int not null check (level between 1 and 4),
  step int not null default 0,
  title jsonb not null,
  created_at timestamptz not null,
  read_at timestamptz,
  unique (account, key)
);
create index message_own on signal.message (account, created_at desc);
create index message_unread on signal.message (account) where read_at is null;
create index message_order on signal.message (txid, seq);

create table signal.delivery (
  message uuid not null references signal.message (id),
  channel text not null check (channel in ('email', 'sms', 'wechat')),
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed')),
  not_before timestamptz,
  attempts int not null default 0,
  -- What the other side calls it.
  receipt text,
  error text,
  changed_at timestamptz not null,
  primary key (message, channel)
);

alter table signal.message enable row level security;
create policy own on signal.message to signal_app using (account = kernel.actor('account'));
create policy whole_district on signal.message to signal_app_all using (true);
alter table signal.preference enable row level security;
create policy own on signal.preference to signal_app using (account = kernel.actor('account'));
create policy whole_district on signal.preference to signal_app_all using (true);
alter table signal.delivery enable row level security;
create policy own on signal.delivery to signal_app using (exists (select from signal.message m where m.id = message));
create policy whole_district on signal.delivery to signal_app_all using (true);
