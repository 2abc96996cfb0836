-- Moving cases under way to another version (迁移在办件): asked for by one person, done by another of the same unit (双人复核).
create table workflow.move (
  id uuid primary key default kernel.uuidv7(),
  app text not null,
  process text not null references workflow.draft,
  from_version int not null check (from_version > 0),
  to_version int not null check (to_version > 0 and to_version <> from_version),
  -- Elements of the old version and what they are in the new one, where that is not the element of the same id.
  map jsonb not null,
  instances uuid[] not null check (cardinality(instances) between 1 and 200),
  reason text not null check (length(reason) between 4 and 300),
  state text not null default 'asked' check (state in ('asked', 'done', 'declined')),
  asked_by text not null,
  asked_by_name text not null,
  asked_at timestamptz not null default kernel.now(),
  decided_by text,
  decided_by_name text,
  decided_at timestamptz,
  -- What was left where it is, and why: they had gone on or ended meanwhile.
  moved int,
  left_behind jsonb,
  check ((state = 'asked') = (decided_at is null)),
  check (state <> 'done' or decided_by <> asked_by)
);
create index move_process on workflow.move (process, asked_at desc);
revoke delete on workflow.move from workflow_app, workflow_app_all;

-- What is under way on a version, for whoever moves it: where it stands, never what it is about.
create function workflow.active_on(of_app text, of_process text, of_version int, most int)
returns table (id uuid, unit text, started_at timestamptz, state jsonb)
language sql stable security definer set search_path = pg_catalog as $$
  select i.id, i.unit, i.started_at, i.state from workflow.instance i join workflow.definition d on d.id = i.definition
  where d.app = of_app and d.process = of_process and d.version = of_version and i.status = 'active' order by i.started_at, i.id limit most
$$;
revoke execute on function workflow.active_on(text, text, int, int) from public;
grant execute on function workflow.active_on(text, text, int, int) to workflow_app, workflow_app_all;
