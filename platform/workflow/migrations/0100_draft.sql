-- What is being drawn (草稿) of each process, apart from its published versions: those never change.
create table workflow.draft (
  -- Id of the process element in the file.
  process text primary key check (process ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' and length(process) <= 60),
  -- Module whose cases it is for: definitions and instances belong to it.
  app text not null,
  name text not null,
  -- Unit that answers for the process: its people draw, and another of them publishes.
  unit text not null,
  xml text not null,
  -- Counted with each change: who saves names the one that they began from.
  revision int not null default 1,
  changed_by text not null,
  changed_by_name text not null,
  changed_at timestamptz not null default kernel.now(),
  -- No new case begins; those under way go on.
  retired_at timestamptz
);

-- Who published which version, by name, for whoever reads the list of versions.
create table workflow.publication (
  app text not null,
  process text not null,
  version int not null,
  name text not null,
  primary key (app, process, version)
);
revoke update, delete on workflow.publication from workflow_app, workflow_app_all;

-- How many instances are under way on each version, and what the log of a version holds. Counts and posts only: nobody's case, nobody's
-- name. `event` (what the engine was told) stays out of it.
create function workflow.running_on(of_app text, of_process text) returns table (version int, running bigint)
language sql stable security definer set search_path = pg_catalog as $$
  select i.version, count(*) from workflow.instance i where i.app = of_app and i.process = of_process and i.status = 'active' group by i.version
$$;
create function workflow.log_of(of_app text, of_process text, of_version int, most int)
returns table (instance uuid, seq bigint, node text, token text, lifecycle text, at timestamptz, unit text, post text, outcome text, ended boolean)
language sql stable security definer set search_path = pg_catalog as $$
  with newest as (
    select i.id, i.status <> 'active' as ended from workflow.instance i
    where i.app = of_app and i.process = of_process and i.version = of_version order by i.id desc limit most)
  select s.instance, s.seq, s.node, s.token, s.lifecycle, s.at, s.unit, s.post, s.outcome, newest.ended
  from newest join workflow.step s on s.instance = newest.id where s.node is not null order by s.instance, s.seq
$$;
revoke execute on function workflow.running_on(text, text), workflow.log_of(text, text, int, int) from public;
grant execute on function workflow.running_on(text, text), workflow.log_of(text, text, int, int) to workflow_app, workflow_app_all;

-- A process that is retired takes no new case; what is called by a case under way still goes on.
create function workflow.is_retired(of_app text, of_process text) returns boolean
language sql stable security definer set search_path = pg_catalog as $$
  select exists (select from workflow.draft d where d.process = of_process and d.app = of_app and d.retired_at is not null)
$$;
revoke execute on function workflow.is_retired(text, text) from public;
grant execute on function workflow.is_retired(text, text) to district_module, workflow_app, workflow_app_all;
