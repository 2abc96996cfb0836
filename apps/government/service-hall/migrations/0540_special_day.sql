-- Days on which a centre keeps other hours (延时服务、临时闭馆). Null = closed.
create table service_hall.special_day (
  centre text collate "C" not null references service_hall.centre,
  day date not null,
  open_from text collate "C" check (open_from ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
  open_to text collate "C" check (open_to ~ '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$'),
  why text not null check (length(why) between 2 and 100),
  entered_at timestamptz not null,
  entered_by text not null,
  primary key (centre, day),
  check (num_nulls(open_from, open_to) in (0, 2)),
  check (open_from < open_to)
);
-- Everybody may know when a centre is open; who runs it says so.
alter table service_hall.special_day enable row level security;
create policy seen on service_hall.special_day for select to service_hall_app using (true);
create policy of_the_centre on service_hall.special_day to service_hall_app using (centre = any ((select service_hall.my_centres())::text[]));
create policy of_all on service_hall.special_day to service_hall_app_all using (true);
