-- Fees of services (缴费): orders, payments over a channel, refunds, the provider's notices and bills, differences.

-- Payment order (缴费单) of an app.
create table ledger.fee_order (
  id uuid primary key,
  app text not null,
  -- What people quote (缴费单号).
  no text collate "C" not null unique,
  -- The app's own key: asking again makes no second order.
  key text not null,
  -- Id of the app's row that it belongs to (a case).
  subject text not null,
  unit text not null,
  title jsonb not null check (title ?& array['zh', 'en']),
  payer_person uuid,
  payer_entity text collate "C",
  total bigint not null check (total > 0),
  refunded bigint not null default 0,
  state text not null check (state in ('open', 'paid', 'cancelled', 'expired')),
  expires_at timestamptz not null,
  created_by text not null,
  created_at timestamptz not null default kernel.now(),
  -- The payment that paid it.
  payment uuid,
  paid_at timestamptz,
  closed_at timestamptz,
  unique (app, key),
  unique (id, app),
  check (num_nonnulls(payer_person, payer_entity) = 1),
  check (refunded between 0 and total),
  check ((state = 'paid') = (num_nulls(payment, paid_at) = 0)),
  check ((state = 'open') = (closed_at is null))
);
create index fee_order_person on ledger.fee_order (payer_person, created_at desc) where payer_person is not null;
create index fee_order_entity on ledger.fee_order (payer_entity, created_at desc) where payer_entity is not null;
create index fee_order_unit on ledger.fee_order (unit, created_at desc);
create index fee_order_subject on ledger.fee_order (app, subject);
create index fee_order_open on ledger.fee_order (expires_at) where state = 'open';

create table ledger.fee_line (
  fee_order uuid not null,
  app text not null,
  no int not null check (no > 0),
  -- Code of the charge (收入项目) and on what it rests (收费依据).
  item text not null,
  title jsonb not null check (title ?& array['zh', 'en']),
  amount bigint not null check (amount > 0),
  basis text not null check (length(basis) >= 2),
  primary key (fee_order, no),
  foreign key (fee_order, app) references ledger.fee_order (id, app)
);

-- One try to pay an order over a channel (支付单).
create table ledger.payment (
  id uuid primary key,
  app text not null,
  fee_order uuid not null,
  channel text not null,
  -- Our number at the provider (商户订单号): the only one that this payment ever has.
  no text collate "C" not null unique,
  amount bigint not null check (amount > 0),
  state text not null check (state in ('asking', 'ready', 'paid', 'closed', 'refused')),
  -- Came although the order was paid already, or was open no more: it goes back.
  surplus boolean not null default false,
  code_url text,
  expires_at timestamptz not null,
  created_at timestamptz not null default kernel.now(),
  -- The provider's number (支付平台订单号), when it says that it was paid, and how we came to know.
  transaction text,
  provider_at timestamptz,
  paid_at timestamptz,
  source text check (source in ('notice', 'query', 'bill')),
  journal uuid references ledger.journal (id),
  -- Asked to go back and not refused; gone back.
  refunding bigint not null default 0,
  refunded bigint not null default 0,
  query_at timestamptz,
  queries int not null default 0,
  -- The provider may have heard of it: from here on it is queried before it is asked again.
  sent boolean not null default false,
  problem text,
  -- Day of the bill that settled it.
  settled_on date,
  unique (id, app),
  unique (channel, transaction),
  foreign key (fee_order, app) references ledger.fee_order (id, app),
  check (refunded between 0 and refunding),
  constraint refund_not_above_payment check (refunding <= amount),
  check (refunding = 0 or state = 'paid'),
  check ((state = 'paid') = (num_nulls(transaction, provider_at, paid_at, source, journal) = 0))
);
create index payment_order on ledger.payment (fee_order);
create index payment_query on ledger.payment (query_at) where query_at is not null;
create index payment_day on ledger.payment (channel, provider_at) where state = 'paid';

-- Refund (退费) of a payment: asked by one person and approved by another; of surplus money it needs neither.
create table ledger.refund (
  id uuid primary key,
  app text not null,
  payment uuid not null,
  fee_order uuid not null,
  no text collate "C" not null unique,
  amount bigint not null check (amount > 0),
  kind text not null check (kind in ('asked', 'surplus')),
  reason text not null check (length(reason) between 2 and 200),
  state text not null check (state in ('requested', 'approved', 'refunded', 'refused', 'failed')),
  asked_by text not null,
  asked_name text not null,
  asked_at timestamptz not null default kernel.now(),
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  note text,
  provider_refund text,
  provider_at timestamptz,
  refunded_at timestamptz,
  journal uuid references ledger.journal (id),
  sent boolean not null default false,
  query_at timestamptz,
  queries int not null default 0,
  problem text,
  settled_on date,
  foreign key (payment, app) references ledger.payment (id, app),
  foreign key (fee_order, app) references ledger.fee_order (id, app),
  -- Nobody approves what they asked for, and no machine approves at all.
  constraint refund_by_two check (decided_by is null or (decided_by <> asked_by and decided_by not like 'system:%')),
  check (kind = 'surplus' or state in ('requested') or decided_by is not null),
  check ((state = 'refunded') = (num_nulls(provider_refund, provider_at, refunded_at, journal) = 0))
);
create index refund_payment on ledger.refund (payment);
create index refund_open on ledger.refund (asked_at) where state = 'requested';
create index refund_query on ledger.refund (query_at) where query_at is not null;
create index refund_day on ledger.refund (provider_at) where state = 'refunded';

-- Notices (支付通知) that were taken, by the provider's id: a repeat is known.
create table ledger.notice (
  channel text not null,
  id text not null,
  at timestamptz not null default kernel.now(),
  kind text not null,
  number text not null,
  outcome text not null,
  primary key (channel, id)
);

-- The provider's bill of a day (交易账单) and its rows, as they came.
create table ledger.bill (
  channel text not null,
  day date not null,
  digest text not null,
  rows int not null,
  at timestamptz not null default kernel.now(),
  primary key (channel, day)
);
create table ledger.bill_row (
  channel text not null,
  day date not null,
  no int not null,
  kind text not null check (kind in ('payment', 'refund')),
  -- Our number of the payment or refund.
  number text not null,
  reference text not null,
  state text not null,
  amount bigint not null,
  fee bigint not null,
  at timestamptz not null,
  primary key (channel, day, no),
  foreign key (channel, day) references ledger.bill (channel, day)
);

-- Difference (对账差异) between the provider and us: ends by a person with a note.
create table ledger.difference (
  id uuid primary key,
  channel text not null,
  day date not null,
  kind text not null check (kind in ('missing-here', 'missing-there', 'amount', 'state')),
  subject text not null check (subject in ('payment', 'refund')),
  number text not null,
  -- Where it is one of ours.
  unit text,
  fee_order uuid,
  ours bigint,
  theirs bigint,
  -- The machine has booked it late through the normal path.
  booked boolean not null default false,
  state text not null default 'open' check (state in ('open', 'settled')),
  opened_at timestamptz not null default kernel.now(),
  settled_by text,
  settled_name text,
  settled_at timestamptz,
  note text check (length(note) between 2 and 500),
  unique (channel, kind, subject, number),
  check ((state = 'settled') = (num_nulls(settled_by, settled_name, settled_at, note) = 0)),
  check (settled_by not like 'system:%')
);
create index difference_open on ledger.difference (opened_at) where state = 'open';

revoke delete on ledger.fee_order, ledger.fee_line, ledger.payment, ledger.refund, ledger.notice, ledger.bill, ledger.bill_row, ledger.difference
  from ledger_app, ledger_app_all;
revoke update on ledger.fee_line, ledger.notice, ledger.bill, ledger.bill_row from ledger_app, ledger_app_all;

do $$ declare t text; begin
  foreach t in array array['fee_order', 'fee_line', 'payment', 'refund', 'difference'] loop
    execute format('alter table ledger.%I enable row level security', t);
    execute format('create policy all_apps on ledger.%I to ledger_app_all using (true) with check (true)', t);
  end loop;
end $$;
-- Who pays sees their own; whoever acts for somebody sees none of theirs.
create policy of_the_person on ledger.fee_order to ledger_app
  using (payer_person = (select kernel.actor('person')::uuid) and (select kernel.actor('behalf')) is null);
create policy of_the_entity on ledger.fee_order to ledger_app
  using (payer_entity = (select kernel.actor('entity')) and (select kernel.actor('behalf')) is null);
-- The unit whose fee it is.
create policy of_the_unit on ledger.fee_order to ledger_app using (unit = (select kernel.actor('unit')));
-- What belongs to an order is seen with it.
create policy of_the_order on ledger.fee_line to ledger_app using (fee_order in (select id from ledger.fee_order));
create policy of_the_order on ledger.payment to ledger_app using (fee_order in (select id from ledger.fee_order));
create policy of_the_order on ledger.refund to ledger_app using (fee_order in (select id from ledger.fee_order));
create policy of_the_unit on ledger.difference to ledger_app using (unit = (select kernel.actor('unit')));
