-- Video platforms (视频平台, 1+10+29): who may look through which camera. No streams here: rights and who looked.
create table grid.video_platform (
  id text primary key check (id ~ '^[a-z0-9-]{2,40}$'),
  level text not null check (level in ('centre', 'street', 'station')),
  name text not null,
  name_en text not null,
  parent text references grid.video_platform,
  -- Area that it looks after, and unit that runs it.
  area text collate "C" not null,
  unit text not null,
  sample boolean not null default false,
  check ((level = 'centre') = (parent is null))
);
create table grid.video_camera (
  id text primary key check (id ~ '^[A-Za-z0-9-]{2,40}$'),
  platform text not null references grid.video_platform,
  name text not null,
  lon float8 not null,
  lat float8 not null,
  committee text collate "C" not null,
  state text not null default 'in-service' check (state in ('in-service', 'out-of-service')),
  sample boolean not null default false
);
create index video_camera_platform on grid.video_camera (platform, id);
-- A time-boxed right to look at another area (跨区域调看授权).
create table grid.video_grant (
  id uuid primary key,
  platform text not null references grid.video_platform,
  to_unit text not null,
  reason text not null check (length(reason) between 4 and 1000),
  from_at timestamptz not null,
  until_at timestamptz not null,
  state text not null check (state in ('requested', 'approved', 'refused', 'ended')),
  asked_by text not null,
  asked_name text not null,
  asked_at timestamptz not null,
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  answer text check (length(answer) between 2 and 1000),
  ended_at timestamptz,
  sample boolean not null default false,
  check (until_at > from_at),
  check (decided_by <> asked_by),
  check ((state = 'requested') = (decided_at is null))
);
create index video_grant_unit on grid.video_grant (to_unit, until_at);
create index video_grant_platform on grid.video_grant (platform, state);
-- Every look, also at the own area (调看记录).
create table grid.video_view (
  id uuid primary key,
  camera text not null references grid.video_camera,
  platform text not null,
  account text not null,
  name text not null,
  unit text not null,
  at timestamptz not null,
  reason text not null check (length(reason) between 4 and 500),
  through uuid references grid.video_grant,
  sample boolean not null default false
);
create index video_view_camera on grid.video_view (camera, at desc);
create index video_view_platform on grid.video_view (platform, at desc);
revoke update, delete on grid.video_view from grid_app, grid_app_all;
revoke delete on grid.video_grant, grid.video_platform, grid.video_camera from grid_app, grid_app_all;
