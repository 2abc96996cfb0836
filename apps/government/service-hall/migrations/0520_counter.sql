-- Comprehensive window (综窗): who stands there, what was read and typed, what the citizen has confirmed on the second screen.

-- Devices on the clerk's desk (读卡器、扫描仪、打印机): one agent for a window, known by its key.
create table service_hall.device (
  id uuid primary key,
  centre text collate "C" not null,
  window_no int not null,
  -- Where the browser finds the agent: on its own machine (http://127.0.0.1:port), or a path of this server for the sample's.
  agent text not null check (agent ~ '^(http://127\.0\.0\.1:[0-9]{2,5}|/simulator/peripherals/[a-z0-9-]+/[0-9]+)$'),
  model text not null check (length(model) between 2 and 80),
  -- SM2, uncompressed point, hexadecimal: what it reads is signed.
  public_key text not null check (public_key ~ '^04[0-9a-f]{128}$'),
  simulated boolean not null,
  registered_by text not null,
  registered_at timestamptz not null,
  ended_at timestamptz,
  foreign key (centre, window_no) references service_hall.service_window (centre, no)
);
create unique index device_window on service_hall.device (centre, window_no) where ended_at is null;

create table service_hall.counter_session (
  id uuid primary key,
  centre text collate "C" not null,
  window_no int not null,
  unit text not null,
  clerk text not null,
  clerk_name text not null,
  ticket uuid references service_hall.ticket,
  opened_at timestamptz not null,
  -- What the reader has to sign, so that no reading is used twice.
  challenge text not null,
  card text check (card in ('read', 'manual')),
  device uuid references service_hall.device,
  -- Whoever stands there: resident, if there is one with this number; keyed digest of the number; sealed, what the card says.
  present_person uuid,
  present_key text,
  holder text,
  -- What the clerk saw, and the second means where the photo is not like them.
  photo text check (photo in ('same', 'differs')),
  step_up text check (step_up in ('sms', 'officer')),
  step_up_by text,
  wants_officer boolean not null default false,
  officer_said boolean,
  sms_hash text,
  sms_at timestamptz,
  sms_tries int not null default 0,
  -- For whom: themselves, or by a mandate (帮办代办) somebody else.
  mandate uuid,
  person uuid,
  applicant_name text,
  consent_at timestamptz,
  -- Sealed: items, situations, answers and where each comes from.
  draft text,
  version int not null default 0,
  disputes jsonb not null default '[]',
  state text not null check (state in ('open', 'asked', 'confirmed', 'sending', 'sent', 'ended')),
  -- What was shown when it was confirmed, and by which means.
  digest text,
  confirmed_at timestamptz,
  confirmed_by text check (confirmed_by in ('stroke', 'card')),
  signature text,
  case_code text collate "C",
  ended_at timestamptz,
  foreign key (centre, window_no) references service_hall.service_window (centre, no),
  check ((state = 'ended') <= (ended_at is not null)),
  -- Nothing is sent that nobody has confirmed.
  check (state not in ('confirmed', 'sending', 'sent') or num_nulls(confirmed_at, confirmed_by, digest, consent_at) = 0),
  -- The second officer is another one.
  check (step_up_by is null or step_up_by <> clerk),
  check ((state = 'sent') <= (case_code is not null))
);
create index counter_session_clerk on service_hall.counter_session (clerk) where ended_at is null;
create unique index counter_session_window on service_hall.counter_session (centre, window_no) where ended_at is null;

-- The screen that faces the citizen (第二屏), paired with its window by a short code that is good once and for two minutes.
create table service_hall.second_screen (
  id uuid primary key,
  centre text collate "C" not null,
  window_no int not null,
  code_hash text,
  code_until timestamptz,
  token_hash text unique,
  made_by text not null,
  made_at timestamptz not null,
  paired_at timestamptz,
  seen_at timestamptz,
  ended_at timestamptz,
  foreign key (centre, window_no) references service_hall.service_window (centre, no)
);
create unique index second_screen_window on service_hall.second_screen (centre, window_no) where ended_at is null and paired_at is not null;
create unique index second_screen_code on service_hall.second_screen (code_hash) where code_hash is not null;

-- Of some items the street where the applicant lives decides (委托街道审批), not the department that owns the item.
alter table service_hall.routing_rule add column decides text not null default 'unit' check (decides in ('unit', 'street'));

revoke delete on service_hall.device, service_hall.counter_session, service_hall.second_screen from service_hall_app, service_hall_app_all;
alter table service_hall.device enable row level security;
alter table service_hall.counter_session enable row level security;
alter table service_hall.second_screen enable row level security;
create policy of_the_centre on service_hall.device to service_hall_app using (centre = any ((select service_hall.my_centres())::text[]));
create policy of_all on service_hall.device to service_hall_app_all using (true);
-- A session is its clerk's. A colleague of the centre sees it only while a second officer is asked for.
create policy of_the_clerk on service_hall.counter_session to service_hall_app using (clerk = (select kernel.actor('account')));
create policy of_the_second_officer on service_hall.counter_session to service_hall_app
  using (wants_officer and ended_at is null and centre = any ((select service_hall.my_centres())::text[]));
create policy of_all on service_hall.counter_session to service_hall_app_all using (true);
create policy of_the_centre on service_hall.second_screen to service_hall_app using (centre = any ((select service_hall.my_centres())::text[]));
create policy of_all on service_hall.second_screen to service_hall_app_all using (true);

-- What whoever holds a screen's secret may do, and nothing else: pair once, see the session of its window, consent, say what is wrong, confirm.
create function service_hall.screen_pair(code text, token text) returns text language plpgsql security definer set search_path = pg_catalog as $$
declare s service_hall.second_screen;
begin
  select * into s from service_hall.second_screen where code_hash = code and code_until > kernel.now() and paired_at is null and ended_at is null for update;
  if s.id is null then return null; end if;
  update service_hall.second_screen set ended_at = kernel.now() where centre = s.centre and window_no = s.window_no and paired_at is not null and ended_at is null;
  update service_hall.second_screen set token_hash = token, code_hash = null, paired_at = kernel.now(), seen_at = kernel.now() where id = s.id;
  return s.centre;
end $$;
create function service_hall.screen_of(token text) returns table (centre text, window_no int, session uuid)
language sql stable security definer set search_path = pg_catalog as $$
  select s.centre, s.window_no, c.id from service_hall.second_screen s
  left join service_hall.counter_session c on c.centre = s.centre and c.window_no = s.window_no and c.ended_at is null
  where s.token_hash = token and s.ended_at is null
$$;
create function service_hall.screen_session(token text) returns setof service_hall.counter_session
language sql stable security definer set search_path = pg_catalog as $$
  select c.* from service_hall.counter_session c where c.id = (select o.session from service_hall.screen_of(token) o)
$$;
create function service_hall.screen_device(token text) returns table (agent text, simulated boolean, public_key text)
language sql stable security definer set search_path = pg_catalog as $$
  select d.agent, d.simulated, d.public_key from service_hall.device d, service_hall.screen_of(token) o
  where d.centre = o.centre and d.window_no = o.window_no and d.ended_at is null
$$;
create function service_hall.screen_consent(token text) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  update service_hall.counter_session set consent_at = kernel.now()
  where id = (select o.session from service_hall.screen_of(token) o) and card is not null and consent_at is null and state = 'open';
  return found;
end $$;
create function service_hall.screen_dispute(token text, elements jsonb) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  update service_hall.counter_session set disputes = elements, state = 'open', digest = null, confirmed_at = null, confirmed_by = null, signature = null
  where id = (select o.session from service_hall.screen_of(token) o) and state in ('asked', 'confirmed') and jsonb_array_length(elements) > 0;
  return found;
end $$;
create function service_hall.screen_confirm(token text, shown text, means text, sealed text) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
begin
  update service_hall.counter_session set state = 'confirmed', confirmed_at = kernel.now(), confirmed_by = means, signature = sealed
  where id = (select o.session from service_hall.screen_of(token) o) and state = 'asked' and digest = shown and means in ('stroke', 'card');
  return found;
end $$;
revoke execute on function service_hall.screen_pair(text, text), service_hall.screen_of(text), service_hall.screen_session(text), service_hall.screen_device(text), service_hall.screen_consent(text),
  service_hall.screen_dispute(text, jsonb), service_hall.screen_confirm(text, text, text, text) from public;
grant execute on function service_hall.screen_pair(text, text), service_hall.screen_of(text), service_hall.screen_session(text), service_hall.screen_device(text), service_hall.screen_consent(text),
  service_hall.screen_dispute(text, jsonb), service_hall.screen_confirm(text, text, text, text) to service_hall_app, service_hall_app_all;
