-- Systems outside of the platform (外部系统) that call the gateway, the keys that they sign with, and the log of every message.
create table gateway.system (
  id text collate "C" primary key check (id ~ '^[a-z][a-z0-9-]{2,40}$'),
  name text not null,
  name_en text not null,
  -- Unit that answers for it: its grants are those of the unit, its rows those of the unit's area.
  unit text collate "C" not null,
  area text collate "C",
  contact text not null,
  -- Networks that it may call from; none = any.
  networks text[] not null default '{}',
  -- SHA-256 fingerprints of the TLS certificates that are its own; with one of them it may call over mutual TLS only.
  tls_fingerprints text[] not null default '{}',
  enabled boolean not null default true,
  created_at timestamptz not null,
  created_by text not null,
  changed_at timestamptz not null
);

-- Services beside granted items that a system may call: for which purposes, about which fields, how often.
create table gateway.permit (
  system text collate "C" not null references gateway.system,
  service text not null,
  purposes text[] not null check (cardinality(purposes) > 0),
  fields text[] not null check (cardinality(fields) > 0),
  per_minute int check (per_minute > 0),
  per_day int check (per_day > 0),
  primary key (system, service)
);

-- Issuers (签发机构) whose certificates are taken for keys of systems.
create table gateway.authority (
  id text collate "C" primary key,
  name text not null,
  certificate text not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  created_at timestamptz not null,
  created_by text not null,
  revoked_at timestamptz,
  revoked_by text,
  revoked_reason text,
  check (num_nulls(revoked_at, revoked_by, revoked_reason) in (0, 3))
);

create table gateway.system_key (
  -- First half of SHA-256 over the public key: nobody can give a key the id of another.
  id text collate "C" primary key check (id ~ '^[0-9a-f]{32}$'),
  system text collate "C" not null references gateway.system,
  algorithm text not null check (algorithm in ('sm2-sm3', 'ed25519', 'ecdsa-p256-sha256')),
  public_key text not null,
  fingerprint text not null,
  certificate text,
  authority text collate "C" references gateway.authority,
  valid_from timestamptz not null,
  valid_until timestamptz not null check (valid_until > valid_from),
  created_at timestamptz not null,
  created_by text not null,
  revoked_at timestamptz,
  revoked_by text,
  revoked_reason text,
  check (num_nulls(certificate, authority) in (0, 2)),
  check (num_nulls(revoked_at, revoked_by, revoked_reason) in (0, 3))
);
create index system_key_system on gateway.system_key (system);
revoke delete on gateway.system, gateway.authority, gateway.system_key from gateway_app, gateway_app_all;

-- What the node signs its answers with; the newest of an algorithm signs, earlier ones prove earlier answers.
create table gateway.node_key (
  id text collate "C" primary key,
  algorithm text not null,
  public_key text not null,
  private text not null,
  since timestamptz not null
);
revoke delete on gateway.node_key from gateway_app, gateway_app_all;

-- Numbers used once (防重放), kept as long as a message with them could be taken.
create table gateway.nonce (
  key text collate "C" not null,
  nonce text collate "C" not null,
  expires_at timestamptz not null,
  primary key (key, nonce)
);
create index nonce_expiry on gateway.nonce (expires_at);

-- Calls by minute and by day. A call adds to one of sixteen rows, so that calls do not queue for one.
create table gateway.calls (
  counted text collate "C" not null,
  period text not null check (period in ('minute', 'day')),
  since timestamptz not null,
  slot smallint not null,
  calls int not null,
  primary key (counted, period, since, slot)
);

-- How often a supplier lets a grant be used (约定频次); without a row as the rulebook says.
create table gateway.grant_limit (
  grant_id uuid primary key,
  per_minute int not null check (per_minute > 0),
  per_day int not null check (per_day > 0),
  set_at timestamptz not null,
  set_by text not null,
  set_unit text not null
);

-- Different statements that a system has had verified about one person or firm on one day (防试探).
create table gateway.verify_tries (
  system text collate "C" not null,
  subject text collate "C" not null,
  day date not null,
  tries int not null,
  primary key (system, subject, day)
);

-- The log (报文日志): who sent what to which service for which purpose, what came of it, and both signatures with what they cover.
-- Contents are not kept, their digests are.
create table gateway.message (
  id uuid primary key,
  at timestamptz not null,
  system text collate "C",
  unit text collate "C",
  key text collate "C",
  algorithm text,
  service text,
  item text,
  purpose text,
  case_no text,
  method text not null,
  target text not null,
  address text not null,
  nonce text,
  request_digest text,
  request_signature text,
  request_base text,
  outcome text not null check (outcome in ('answered', 'refused')),
  code text,
  status int not null,
  rows int not null,
  subjects int not null,
  answer_key text,
  answer_digest text,
  answer_signature text,
  answer_base text,
  took_ms int not null,
  -- SM3 over all of it; the same value stands in the audit, whose chain proves it.
  digest text not null
);
create index message_system on gateway.message (system, at desc);
create index message_at on gateway.message (at desc);
revoke update, delete on gateway.message from gateway_app, gateway_app_all;

-- Takes a message once: the key still holds now, the number is new, the calls are within what was agreed.
create function gateway.accept(the_key text, the_nonce text, until timestamptz, moment timestamptz, counted_as text, most_minute int, most_day int, the_slot int,
  out verdict text, out in_minute int, out in_day int)
language plpgsql set search_path = pg_catalog as $$
declare this_minute timestamptz := date_trunc('minute', moment); this_day timestamptz := date_trunc('day', moment at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai';
begin
  if not gateway.key_holds(the_key, moment) then verdict := 'revoked'; return; end if;
  insert into gateway.nonce (key, nonce, expires_at) values (the_key, the_nonce, until) on conflict do nothing;
  if not found then verdict := 'replayed'; return; end if;
  if counted_as is null then verdict := 'taken'; return; end if;
  insert into gateway.calls as c (counted, period, since, slot, calls)
    values (counted_as, 'minute', this_minute, the_slot, 1), (counted_as, 'day', this_day, the_slot, 1)
    on conflict (counted, period, since, slot) do update set calls = c.calls + 1;
  select coalesce(sum(c.calls) filter (where c.period = 'minute' and c.since = this_minute), 0), coalesce(sum(c.calls) filter (where c.period = 'day' and c.since = this_day), 0)
    into in_minute, in_day from gateway.calls c
    where c.counted = counted_as and ((c.period = 'minute' and c.since = this_minute) or (c.period = 'day' and c.since = this_day));
  verdict := case when in_minute > most_minute then 'rate' when in_day > most_day then 'quota' else 'taken' end;
end $$;

-- Takes several messages at once, each with its key and what it is counted under: all of them, or none (no row). Says how many calls there are now;
-- whether they are too many is for the caller, who undoes all of it.
create function gateway.accept_all(the_keys text[], nonces text[], until timestamptz[], counted_as text[], moment timestamptz, the_slot int)
returns table (counted text, in_minute int, in_day int)
language plpgsql set search_path = pg_catalog set plan_cache_mode = force_generic_plan as $$
declare this_minute timestamptz := date_trunc('minute', moment); this_day timestamptz := date_trunc('day', moment at time zone 'Asia/Shanghai') at time zone 'Asia/Shanghai';
  fresh int;
begin
  if exists (select from (select distinct w.k from unnest(the_keys) as w(k)) d where not gateway.key_holds(d.k, moment)) then return; end if;
  -- In one order, so that two lots never wait for each other.
  insert into gateway.nonce (key, nonce, expires_at) select w.k, w.n, w.u from unnest(the_keys, nonces, until) as w(k, n, u) order by w.k, w.n on conflict do nothing;
  get diagnostics fresh = row_count;
  if fresh < cardinality(nonces) then return; end if;
  insert into gateway.calls as c (counted, period, since, slot, calls)
    select w.a, p.period, p.since, the_slot, count(*) from unnest(counted_as) as w(a)
      cross join (values ('minute', this_minute), ('day', this_day)) as p(period, since) group by 1, 2, 3 order by 1, 2 desc
    on conflict on constraint calls_pkey do update set calls = c.calls + excluded.calls;
  return query
    select c.counted, (coalesce(sum(c.calls) filter (where c.period = 'minute' and c.since = this_minute), 0))::int,
      (coalesce(sum(c.calls) filter (where c.period = 'day' and c.since = this_day), 0))::int
    from gateway.calls c
    where c.counted = any (counted_as) and ((c.period = 'minute' and c.since = this_minute) or (c.period = 'day' and c.since = this_day)) group by 1;
end $$;

create function gateway.key_holds(the_key text, moment timestamptz) returns boolean language sql stable set search_path = pg_catalog as $$
  select exists (select from gateway.system_key k join gateway.system s on s.id = k.system left join gateway.authority a on a.id = k.authority
    where k.id = the_key and s.enabled and k.revoked_at is null and k.valid_from <= moment and k.valid_until > moment
      and (k.authority is null or (a.revoked_at is null and a.valid_from <= moment and a.valid_until > moment)))
$$;
