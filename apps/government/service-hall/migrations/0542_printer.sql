-- Printers of a hall (取号打印机): one at a kiosk, one at the desk. Addressed by IPP (RFC 8011).
create table service_hall.printer (
  centre text collate "C" not null references service_hall.centre,
  -- 'desk', or the kiosk that it stands in.
  place text not null check (place = 'desk' or place ~ '^[0-9a-f-]{36}$'),
  address text not null check (address ~ '^ipps?://[^/@\s]+(/\S*)?$' and length(address) <= 300),
  entered_at timestamptz not null,
  entered_by text not null,
  -- How the last ticket went.
  last_at timestamptz,
  last_state text check (last_state in ('printed', 'failed')),
  last_note text,
  primary key (centre, place),
  check (num_nulls(last_at, last_state) in (0, 2))
);
alter table service_hall.printer enable row level security;
create policy of_the_centre on service_hall.printer to service_hall_app using (centre = any ((select service_hall.my_centres())::text[]));
create policy of_all on service_hall.printer to service_hall_app_all using (true);
-- Where the tickets of a kiosk are printed, for who holds its secret; null = nowhere.
create function service_hall.kiosk_printer(hash text) returns text language sql stable security definer set search_path = pg_catalog
  as $$ select p.place from service_hall.kiosk k join service_hall.printer p on p.centre = k.centre and p.place = k.id::text where k.token_hash = hash and k.ended_at is null $$;
revoke execute on function service_hall.kiosk_printer(text) from public;
grant execute on function service_hall.kiosk_printer(text) to service_hall_app, service_hall_app_all;

-- Waiting times as they are catalogued (等候时间): one row for each centre, nobody's name.
create view service_hall.waiting_time as
  select c.code as centre, c.title, c.lon, c.lat, c.sample,
    (select count(*)::int from service_hall.ticket t where t.centre = c.code and t.day = (kernel.now() at time zone 'Asia/Shanghai')::date and t.state = 'waiting') as waiting,
    (select count(*)::int from service_hall.service_window w where w.centre = c.code) as windows,
    (select count(*)::int from service_hall.service_window w where w.centre = c.code and w.clerk is not null) as windows_open
  from service_hall.centre c;
grant select on service_hall.waiting_time to service_hall_app, service_hall_app_all;
