-- The report of a day (城运日报): what stood in the tables when the leader of a shift signed it off. Until then it is computed anew at each look.
create table ops.daily_report (
  day date primary key,
  facts jsonb not null,
  note text check (length(note) between 2 and 1000),
  signed_by text not null,
  signed_name text not null,
  signed_at timestamptz not null
);
revoke update, delete on ops.daily_report from ops_app, ops_app_all;
alter table ops.daily_report enable row level security;
create policy whole_district on ops.daily_report to ops_app_all using (true);
