-- Entity resolution (实体归并). Rows belong to the module that links its records (`app`); what the records state stays with that
-- module: here are numbers of records, block keys as digests, weights, and what people decided.

-- Trained parameters, every version. The one in force is the one that was put in force last.
create table linkage.model (
  app text not null,
  space text not null,
  version text not null,
  document jsonb not null,
  in_force_at timestamptz not null default kernel.now(),
  primary key (app, space, version)
);

-- A record that was taken in. `anchor`: the subject that a verified identifier names for it; `subject`: where it belongs now.
create table linkage.member (
  app text not null,
  space text not null,
  record bigint not null,
  anchor uuid,
  subject uuid not null,
  primary key (app, space, record)
);
create index member_subject on linkage.member (app, space, subject);

create table linkage.block_key (
  app text not null,
  space text not null,
  pass smallint not null,
  key bigint not null,
  record bigint not null,
  -- The record's subject is known by a verified identifier: two such are not compared.
  anchored boolean not null,
  primary key (app, space, pass, key, record)
);

-- A pair that weighs enough to be said. `band` is what the engine says, `verdict` what people said.
create table linkage.link (
  app text not null,
  space text not null,
  a bigint not null,
  b bigint not null,
  weight double precision not null,
  probability double precision not null,
  version text not null,
  band text not null check (band in ('automatic', 'clerical')),
  -- Why a person is asked; null = nobody is.
  reason text,
  verdict text check (verdict in ('same', 'different')),
  found_at timestamptz not null default kernel.now(),
  decided_at timestamptz,
  primary key (app, space, a, b),
  check (a < b),
  check ((verdict is null) = (decided_at is null))
);
create index link_other on linkage.link (app, space, b);
create index link_open on linkage.link (app, space, found_at) where reason is not null and verdict is null;

-- One answer a person a pair, never changed: two must agree, and neither sees the other's before giving their own.
create table linkage.answer (
  app text not null,
  space text not null,
  a bigint not null,
  b bigint not null,
  reviewer text not null,
  answer text not null check (answer in ('same', 'different', 'unsure')),
  note text,
  at timestamptz not null default kernel.now(),
  primary key (app, space, a, b, reviewer),
  foreign key (app, space, a, b) references linkage.link
);

-- What was joined and parted (归并与拆分): `records` went from one subject to the other.
create table linkage.journal (
  id uuid primary key,
  app text not null,
  space text not null,
  kind text not null check (kind in ('merge', 'unmerge')),
  from_subject uuid not null,
  to_subject uuid not null,
  records bigint[] not null,
  version text not null,
  -- The merge that an unmerge takes back.
  undoes uuid references linkage.journal,
  by text not null,
  at timestamptz not null default kernel.now()
);
create index journal_list on linkage.journal (app, space, at desc);
create index journal_from on linkage.journal (app, space, from_subject);
create index journal_to on linkage.journal (app, space, to_subject);
revoke update, delete on linkage.answer, linkage.journal from linkage_app, linkage_app_all;
revoke delete on linkage.model, linkage.member, linkage.link from linkage_app, linkage_app_all;

alter table linkage.model enable row level security;
alter table linkage.member enable row level security;
alter table linkage.block_key enable row level security;
alter table linkage.link enable row level security;
alter table linkage.answer enable row level security;
alter table linkage.journal enable row level security;
