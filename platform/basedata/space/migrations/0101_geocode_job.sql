-- Many addresses at once (批量地址解析): kept for who sent them, for a week.
create table space.geocode_job (
  id uuid primary key,
  account text not null,
  -- Rooms are internal (L2): whether who sent the list was an official in service.
  rooms boolean not null default false,
  asked jsonb not null check (jsonb_typeof(asked) = 'array'),
  -- Answers in the order of the addresses, short form; grows with each chunk.
  answers jsonb not null default '[]',
  created_at timestamptz not null
);
create index geocode_job_age on space.geocode_job (created_at);
