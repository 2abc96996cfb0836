-- Register of parts (部件登记): what stands in the street, under a code of 16 digits (6 division, 2 major, 2 minor class, 6 number; GB/T 30428.2).
create table grid.part (
  code text collate "C" primary key check (code ~ '^[0-9]{16}$'),
  -- Major and minor class, digits 7 to 10.
  class text collate "C" generated always as (substr(code, 7, 4)) stored,
  geometry public.geometry(Point, 4490) not null,
  -- Unit that owns it (权属单位) and unit that keeps it (养护单位).
  owner text not null check (length(owner) between 2 and 60),
  keeper text not null check (length(keeper) between 2 and 60),
  state text not null check (state in ('in-use', 'missing', 'removed')),
  installed date,
  -- Who says so: survey, import, task, generator.
  source text not null check (length(source) between 2 and 60),
  street text collate "C" not null,
  committee text collate "C" not null,
  cell text collate "C" not null,
  sample boolean not null default false,
  updated_at timestamptz not null
);
create index part_geometry on grid.part using gist (geometry);
create index part_class on grid.part (class, code);
create index part_owner on grid.part (owner, code);

-- What was done with a part (部件变更), in order.
create table grid.part_change (
  seq bigint generated always as identity primary key,
  part text collate "C" not null references grid.part,
  at timestamptz not null,
  kind text not null check (kind in ('registered', 'in-use', 'missing', 'removed')),
  by_name text not null,
  by_unit text,
  reason text check (length(reason) between 2 and 500)
);
create index part_change_part on grid.part_change (part, seq);

-- Register tasks (登记任务): somebody named a part that the register does not hold. It bears a temporary code until a keeper confirms it.
create table grid.part_task (
  id uuid primary key,
  case_no text not null,
  -- The code as it was told, and the one it bears until it is registered (临时代码).
  told text collate "C" not null check (told ~ '^[0-9]{16}$'),
  code text collate "C" not null unique check (code ~ '^[0-9]{16}$'),
  state text not null check (state in ('open', 'registered', 'dropped')),
  -- The code under which it was registered, or is registered already.
  part text collate "C" references grid.part,
  reason text check (length(reason) between 2 and 500),
  made_at timestamptz not null,
  decided_at timestamptz,
  decided_name text,
  decided_unit text,
  unique (case_no, told),
  check ((state = 'open') = (decided_at is null)),
  check (state <> 'registered' or part is not null)
);
create index part_task_open on grid.part_task (made_at) where state = 'open';
create sequence grid.part_number minvalue 900000 maxvalue 999999 start 900000 cycle;

revoke delete on grid.part, grid.part_task from grid_app, grid_app_all;
revoke update, delete on grid.part_change from grid_app, grid_app_all;
