-- The register of information resources (政务信息资源目录) in full: items of systems that are not on this platform, their classes and codes, their
-- life with review by a second person, and the demand, duty and negative lists.

-- Classes 类·项·目·细目 of the compiling guide: 1 + 2 + 3 + n digits, each the prefix of those below it.
create table catalog.class (
  code text collate "C" primary key check (code ~ '^[1-9]([0-9]{2}([0-9]{3}([0-9]{1,6})?)?)?$'),
  parent text collate "C" references catalog.class,
  title jsonb not null,
  -- Last sequence number that was given in the class; numbers are never given twice.
  last int not null default 0,
  check ((length(code) = 1) = (parent is null)),
  check (parent is null or code like parent || '%')
);
create function catalog.next_code(class_code text) returns text language sql set search_path = pg_catalog as $$
  update catalog.class set last = last + 1 where code = class_code returning code || '/' || lpad(last::text, 6, '0')
$$;

-- Resources of manifests carry class and code like every other item.
alter table catalog.resource add column class text collate "C", add column code text collate "C" unique;

create table catalog.entry (
  id uuid primary key,
  unit text not null,
  code text collate "C" unique,
  state text not null default 'draft' check (state in ('draft', 'published', 'withdrawn')),
  -- What is in force; none before the first publication.
  content jsonb,
  version int not null default 0,
  published_at timestamptz,
  revised_at timestamptz,
  withdrawn_at timestamptz,
  sample boolean not null default false,
  -- What somebody proposes, and where it stands.
  proposal text check (proposal in ('new', 'revision', 'withdrawal')),
  proposed jsonb,
  proposed_by text,
  proposed_name text,
  proposed_why text,
  submitted_at timestamptz,
  review_clock uuid,
  returned_reason text,
  -- The provider said that the resource has changed: the catalogue must follow in time.
  changed_on date,
  change_note text,
  change_clock uuid,
  made_at timestamptz not null,
  check ((state = 'draft') = (content is null)),
  check ((state = 'draft') = (code is null)),
  check ((submitted_at is null) = (review_clock is null)),
  check (submitted_at is null or proposal is not null),
  check (num_nulls(proposal, proposed_by, proposed_name) in (0, 3)),
  check (num_nulls(changed_on, change_clock) in (0, 2))
);
create index entry_unit on catalog.entry (unit, state);
create index entry_review on catalog.entry (submitted_at) where submitted_at is not null;

create table catalog.entry_step (
  entry uuid not null references catalog.entry,
  seq bigint generated always as identity,
  at timestamptz not null,
  step text not null,
  account text,
  name text,
  unit text,
  reason text,
  primary key (entry, seq)
);

-- 需求·责任·负面清单. A demand is a need that no item serves: its owner confirms and catalogues it in time, or says by which article not.
create table catalog.list_entry (
  id uuid primary key,
  list text not null check (list in ('demand', 'duty', 'negative')),
  -- Who answers for it: the unit that should provide (demand), that must keep it (duty), or that owns it (negative).
  unit text not null,
  title jsonb not null,
  reason text not null,
  article text,
  resource text references catalog.resource,
  entry uuid references catalog.entry,
  valid_from date not null,
  valid_to date,
  made_by text not null,
  made_name text not null,
  made_unit text not null,
  made_at timestamptz not null,
  state text not null default 'in-force' check (state in ('open', 'catalogued', 'refused', 'in-force', 'ended')),
  ended_name text,
  ended_reason text,
  ended_at timestamptz,
  clock uuid,
  escalated_at timestamptz,
  late_unit text,
  check ((list = 'demand') = (state in ('open', 'catalogued', 'refused'))),
  check ((list = 'demand') = (clock is not null)),
  check (list = 'demand' or article is not null),
  check (state <> 'refused' or article is not null),
  check (state <> 'catalogued' or num_nonnulls(resource, entry) = 1),
  check (valid_to is null or valid_to >= valid_from)
);
create index list_entry_list on catalog.list_entry (list, state);
create index list_entry_resource on catalog.list_entry (resource) where list = 'negative';
revoke update, delete on catalog.entry_step from catalog_app, catalog_app_all;
revoke delete on catalog.entry, catalog.list_entry, catalog.class from catalog_app, catalog_app_all;
