-- Circulation (数据流通): a product is listed once its rights are checked; an order is metered by its key and settled.
create table open_data.product (
  id uuid primary key,
  title text not null check (length(title) between 4 and 80),
  text text not null,
  seller text not null,
  seller_name text not null,
  account text not null,
  dataset text not null references open_data.dataset,
  rights text not null check (length(rights) between 10 and 600),
  valuation text,
  price_fen bigint not null check (price_fen >= 0),
  -- What each prohibition of the article was answered with.
  checklist jsonb,
  checked_name text,
  checked_at timestamptz,
  state text not null default 'draft' check (state in ('draft', 'listed', 'refused', 'withdrawn')),
  reason text,
  made_at timestamptz not null default kernel.now()
);
create table open_data.trade (
  id uuid primary key,
  no text not null unique,
  product uuid not null references open_data.product,
  buyer text not null,
  buyer_name text not null,
  account text not null,
  key uuid references open_data.api_key,
  -- The price of the day of the order.
  price_fen bigint not null,
  state text not null default 'delivered' check (state in ('delivered', 'closed')),
  ordered_at timestamptz not null default kernel.now()
);
create table open_data.settlement (
  id uuid primary key,
  trade uuid not null references open_data.trade,
  until date not null,
  calls bigint not null,
  amount_fen bigint not null,
  at timestamptz not null default kernel.now(),
  by_name text not null,
  unique (trade, until)
);
revoke update, delete on open_data.settlement from open_data_app, open_data_app_all;
