-- Branch node (区分平台): what was pushed to the city node, and what flows back from it.
create table open_data.push (
  entry text primary key,
  digest text not null,
  pushed_at timestamptz,
  attempts int not null default 0,
  problem text
);
create table open_data.city_record (
  entry text primary key,
  body jsonb not null,
  -- The city record of an item that a city department owns wins over ours.
  city_owned boolean not null,
  received_at timestamptz not null default kernel.now()
);
