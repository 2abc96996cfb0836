-- Everything here is owned by kernel_owner. Modules reach it through the functions at the end only.

create table kernel.clock (
  single boolean primary key default true check (single),
  "offset" interval not null default interval '0'
);
insert into kernel.clock default values;

-- Time as the district sees it; tests move it (kernel_owner only), share.check and deadlines follow.
create function kernel.now() returns timestamptz language sql stable security definer set search_path = pg_catalog
  as $$ select now() + (select "offset" from kernel.clock) $$;
create function kernel.set_clock(shift interval) returns void language sql security definer set search_path = pg_catalog
  as $$ update kernel.clock set "offset" = shift $$;

-- Who acts, as set on the transaction.
create function kernel.actor(name text) returns text language sql stable set search_path = pg_catalog
  as $$ select nullif(current_setting('actor.' || name, true), '') $$;
-- The area of the actor as a half-open range of codes: 310101013 → [310101013, 310101013~).
create function kernel.area_from() returns text language sql stable set search_path = pg_catalog
  as $$ select coalesce(nullif(current_setting('actor.area', true), ''), '~') $$;
create function kernel.area_to() returns text language sql stable set search_path = pg_catalog
  as $$ select coalesce(nullif(current_setting('actor.area', true), ''), '~') || '~' $$;

create table kernel.event (
  seq bigint generated always as identity primary key,
  id uuid not null unique,
  source text not null,
  type text not null,
  subject text not null,
  time timestamptz not null,
  data jsonb not null,
  account text,
  trace text,
  txid xid8 not null default pg_current_xact_id(),
  constraint event_data_is_ids check (jsonb_typeof(data) = 'object' and length(data::text) < 2000)
);
create index event_order on kernel.event (txid, seq);

create table kernel.consumer (
  name text primary key,
  txid xid8 not null default '0',
  seq bigint not null default 0
);

create table kernel.inbox (
  consumer text not null,
  event_id uuid not null,
  at timestamptz not null default now(),
  primary key (consumer, event_id)
);

create table kernel.job (
  id uuid primary key,
  module text not null,
  name text not null,
  payload jsonb not null check (jsonb_typeof(payload) = 'object' and length(payload::text) < 2000),
  key text,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
  run_at timestamptz not null,
  attempts int not null default 0,
  locked_until timestamptz,
  last_error text,
  account text, unit text, post text, purpose text, trace text,
  created_at timestamptz not null default now(),
  finished_at timestamptz
);
create index job_due on kernel.job (run_at) where state in ('waiting', 'running');
create unique index job_single on kernel.job (module, name, key) where key is not null and state in ('waiting', 'running');

create table kernel.idempotency (
  account text not null,
  route text not null,
  key text not null,
  body_hash text not null,
  status int,
  reply text,
  at timestamptz not null default now(),
  primary key (account, route, key)
);
create index idempotency_age on kernel.idempotency (at);

-- Business numbers without gaps: the row lock holds until the number's row is committed.
create table kernel.numbering (
  series text not null,
  period text not null,
  last bigint not null,
  primary key (series, period)
);

-- Typed links between any two things of any module (G1): both ends by module, kind and id.
create table kernel.link (
  id uuid primary key,
  kind text not null,
  from_kind text not null, from_id text not null,
  to_kind text not null, to_id text not null,
  module text not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  unique (kind, from_kind, from_id, to_kind, to_id)
);
create index link_to on kernel.link (to_kind, to_id);

-- Time-ordered identifiers made in the database (RFC 9562 version 7), because PostgreSQL 15 has none.
create function kernel.uuidv7() returns uuid language sql volatile set search_path = pg_catalog as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid())
    placing substring(int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;

create function kernel.emit(event_type text, event_subject text, event_data jsonb) returns uuid
language plpgsql security definer set search_path = pg_catalog as $$
declare made uuid := kernel.uuidv7();
begin
  insert into kernel.event (id, source, type, subject, time, data, account, trace)
  values (made, coalesce(kernel.actor('module'), 'kernel'), event_type, event_subject, kernel.now(), event_data, kernel.actor('account'), kernel.actor('trace'));
  return made;
end $$;

create function kernel.enqueue(target text, job_name text, job_payload jsonb, job_at timestamptz, job_key text) returns uuid
language plpgsql security definer set search_path = pg_catalog as $$
declare made uuid := kernel.uuidv7();
begin
  insert into kernel.job (id, module, name, payload, key, run_at, account, unit, post, purpose, trace)
  values (made, target, job_name, job_payload, job_key, coalesce(job_at, kernel.now()), kernel.actor('account'), kernel.actor('unit'),
          kernel.actor('post'), kernel.actor('purpose'), kernel.actor('trace'))
  on conflict (module, name, key) where key is not null and state in ('waiting', 'running') do nothing;
  return made;
end $$;

create function kernel.next_number(series_name text, period_name text) returns bigint
language sql security definer set search_path = pg_catalog as $$
  insert into kernel.numbering (series, period, last) values (coalesce(kernel.actor('module'), 'kernel') || ':' || series_name, period_name, 1)
  on conflict (series, period) do update set last = kernel.numbering.last + 1
  returning last
$$;

create function kernel.add_link(link_kind text, a_kind text, a_id text, b_kind text, b_id text) returns uuid
language sql security definer set search_path = pg_catalog as $$
  insert into kernel.link (id, kind, from_kind, from_id, to_kind, to_id, module, created_by)
  values (kernel.uuidv7(), link_kind, a_kind, a_id, b_kind, b_id, coalesce(kernel.actor('module'), 'kernel'), coalesce(kernel.actor('account'), ''))
  on conflict (kind, from_kind, from_id, to_kind, to_id) do update set ended_at = null
  returning id
$$;

create function kernel.links_of(a_kind text, a_id text)
returns table (kind text, direction text, other_kind text, other_id text, created_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select kind, 'out', to_kind, to_id, created_at from kernel.link where from_kind = a_kind and from_id = a_id and ended_at is null
  union all
  select kind, 'in', from_kind, from_id, created_at from kernel.link where to_kind = a_kind and to_id = a_id and ended_at is null
$$;

-- An idempotent POST (§ kernel): the row is inserted in the transaction of the handler, so a second request with the
-- same key waits on the unique index until the first commits or rolls back.
create function kernel.idempotency_begin(route_id text, request_key text, request_hash text)
returns table (fresh boolean, same boolean, status int, reply text)
language plpgsql security definer set search_path = pg_catalog as $$
declare who text := coalesce(kernel.actor('account'), '');
begin
  delete from kernel.idempotency i where i.account = who and i.route = route_id and i.key = request_key and i.at < kernel.now() - interval '24 hours';
  insert into kernel.idempotency (account, route, key, body_hash, at) values (who, route_id, request_key, request_hash, kernel.now())
  on conflict do nothing;
  if found then
    return query select true, true, null::int, null::text;
  else
    return query select false, i.body_hash = request_hash, i.status, i.reply
      from kernel.idempotency i where i.account = who and i.route = route_id and i.key = request_key;
  end if;
end $$;

create function kernel.idempotency_end(route_id text, request_key text, reply_status int, sealed_reply text) returns void
language sql security definer set search_path = pg_catalog as $$
  update kernel.idempotency set status = reply_status, reply = sealed_reply
  where account = coalesce(kernel.actor('account'), '') and route = route_id and key = request_key
$$;

grant select, insert, update, delete on all tables in schema kernel to kernel_app, kernel_app_all;
revoke update, delete on kernel.event from kernel_app, kernel_app_all;
revoke all on kernel.clock from kernel_app, kernel_app_all;
grant execute on all functions in schema kernel to district_module, kernel_app, kernel_app_all, share_owner;
revoke execute on function kernel.set_clock(interval) from district_module, kernel_app, kernel_app_all, share_owner, public;

create function kernel.inbox_take(consumer_name text, event uuid) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into kernel.inbox (consumer, event_id) values (consumer_name, event) on conflict do nothing;
  return found;
end $$;
grant execute on function kernel.inbox_take(text, uuid) to district_module, kernel_app, kernel_app_all;
