-- Public warnings (公共预警) as CAP 1.2 messages.

create table signal.warning (
  id uuid primary key,
  identifier text not null unique check (identifier !~ '[\s,<&]'),
  -- The message itself: what is written as XML, and for a relayed one also the XML as it came.
  message jsonb not null,
  raw text,
  status text not null check (status in ('Actual', 'Exercise', 'System', 'Test', 'Draft')),
  msg_type text not null check (msg_type in ('Alert', 'Update', 'Cancel')),
  scope text not null check (scope in ('Public', 'Restricted', 'Private')),
  level int not null check (level between 1 and 4),
  origin text not null check (origin in ('own', 'relayed')),
  state text not null check (state in ('draft', 'submitted', 'returned', 'released', 'superseded', 'cancelled')),
  unit text not null,
  expires_at timestamptz not null,
  drafted_by text not null,
  drafted_name text not null,
  drafted_at timestamptz not null,
  approved_by text,
  approved_name text,
  approved_at timestamptz,
  returned_note text,
  -- The message that this one changes or ends.
  refers_to uuid references signal.warning (id),
  sm3 text,
  -- Four eyes (双人): who drafted a message never releases it. What a higher office has sent is relayed as it is.
  check (approved_by <> drafted_by),
  check (origin = 'relayed' or (state in ('released', 'superseded', 'cancelled')) = (approved_by is not null)),
  unique (id, status, scope)
);
create index warning_list on signal.warning (drafted_at desc);

-- The only table that anything shown or sent to citizens reads. What is an exercise, a test, a draft or not public cannot be in it.
create table signal.public_warning (
  id uuid primary key,
  identifier text not null unique,
  status text not null check (status = 'Actual'),
  scope text not null check (scope = 'Public'),
  message jsonb not null,
  xml text not null,
  level int not null,
  released_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  foreign key (id, status, scope) references signal.warning (id, status, scope)
);
create index public_warning_valid on signal.public_warning (expires_at) where ended_at is null;

-- Row of a message to a citizen: bound to a public warning, so no other can be told to them.
alter table signal.message add column citizen boolean not null default false;
alter table signal.message add column public_warning uuid references signal.public_warning (id);
alter table signal.message add constraint citizen_by_public_warning check (not citizen or (about = 'warning' and public_warning is not null and public_warning = subject));
