-- A payment platform of the sample district: what a real one keeps of its merchants, apart from everything of ours.
create table pay_simulator.merchant (
  single boolean primary key default true check (single),
  merchant_id text not null,
  app_id text not null,
  serial text not null,
  public_key text not null,
  platform_serial text not null,
  platform_public_key text not null,
  -- Sealed: the merchant's and the platform's private keys and the APIv3 key.
  secrets text not null
);

create table pay_simulator.trade (
  out_trade_no text collate "C" primary key,
  token uuid not null unique,
  description text not null,
  total bigint not null check (total > 0),
  notify_url text not null,
  state text not null check (state in ('NOTPAY', 'SUCCESS', 'REFUND', 'CLOSED')),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  transaction_id text unique,
  success_time timestamptz,
  check ((state in ('SUCCESS', 'REFUND')) = (num_nulls(transaction_id, success_time) = 0))
);
create index trade_day on pay_simulator.trade (success_time);

create table pay_simulator.refund (
  out_refund_no text collate "C" primary key,
  out_trade_no text collate "C" not null references pay_simulator.trade,
  refund_id text not null unique,
  amount bigint not null check (amount > 0),
  notify_url text,
  status text not null check (status in ('PROCESSING', 'SUCCESS', 'ABNORMAL', 'CLOSED')),
  create_time timestamptz not null,
  success_time timestamptz
);
create index refund_day on pay_simulator.refund (success_time);

create table pay_simulator.notice (
  id uuid primary key,
  kind text not null check (kind in ('TRANSACTION.SUCCESS', 'REFUND.SUCCESS')),
  number text not null,
  fault text,
  tries int not null default 0,
  answered int,
  state text not null default 'waiting' check (state in ('waiting', 'held', 'taken', 'dropped', 'given-up'))
);

-- What goes wrong next: of one number, or of the next that comes.
create table pay_simulator.fault (
  id uuid primary key,
  number text,
  kind text not null,
  seconds int not null default 0,
  left_over int not null default 1 check (left_over >= 0)
);
