-- Electronic certificates (电子证照): metadata GB/T 36903, identifier GB/T 36904. A certificate is never rewritten: reissue and change make a
-- new version that names the old one.
-- How long certificates of a type hold; null = without end (长期).
alter table service.certificate_type add column months int check (months > 0);

create table service.certificate (
  id uuid primary key,
  identifier text collate "C" not null unique,
  -- Number on its face (证照编号): a series of each type and year, without a gap. Versions of one certificate share it.
  number text collate "C" not null,
  version int not null check (version between 1 and 999),
  type text not null references service.certificate_type,
  title jsonb not null,
  unit text not null,
  issuer_title jsonb not null,
  holder_person uuid,
  holder_entity text collate "C",
  -- Keyed digest of the holder's identity number.
  holder_key text,
  -- Sealed: name and code of the holder, and what stands on the face, as it was when it was issued.
  content text not null,
  state text not null check (state in ('issued', 'in-force', 'suspended', 'revoked', 'rescinded', 'cancelled', 'replaced')),
  issued_on date not null,
  valid_from date not null,
  -- The last day; null = without end.
  valid_until date,
  replaces uuid references service.certificate,
  cause text not null check (cause in ('first', 'reissue', 'change')),
  sub_case uuid references service.sub_case deferrable initially deferred,
  case_code text collate "C",
  -- Once it is made: the signed code, the key, the files.
  code text,
  key text,
  ofd uuid,
  pdf uuid,
  changed_at timestamptz not null,
  sample boolean not null default false,
  unique (type, number, version),
  check (num_nonnulls(holder_person, holder_entity, holder_key) >= 1),
  check ((replaces is null) = (cause = 'first')),
  check (state = 'issued' or num_nulls(code, key, ofd) = 0 or state in ('revoked', 'rescinded', 'cancelled'))
);
create unique index certificate_live on service.certificate (type, number) where state in ('in-force', 'suspended');
create unique index certificate_of_case on service.certificate (sub_case) where cause = 'first';
create index certificate_person on service.certificate (holder_person, issued_on desc);
create index certificate_entity on service.certificate (holder_entity, issued_on desc);
create index certificate_key on service.certificate (holder_key);
create index certificate_unit on service.certificate (unit, issued_on desc);
create index certificate_number on service.certificate (number);
create index certificate_ended on service.certificate (changed_at) where state not in ('issued', 'in-force');

-- What was done to it, in order. What burdens the holder is a person's act, with basis and reason (行政许可法 art. 69, 70; 行政处罚法 art. 9).
create table service.certificate_act (
  seq bigint generated always as identity primary key,
  certificate uuid not null references service.certificate,
  at timestamptz not null,
  act text not null check (act in ('issue', 'activate', 'suspend', 'resume', 'revoke', 'rescind', 'cancel', 'replace')),
  basis text,
  reason text,
  by_account text not null,
  by_name text not null,
  by_unit text,
  check (act not in ('suspend', 'revoke', 'rescind', 'cancel') or (num_nulls(basis, reason) = 0 and by_account not like 'system:%'))
);
create index certificate_act_of on service.certificate_act (certificate, seq);

-- Who used it (用证记录): verified it, took it in place of a paper, read it; and what the holder showed.
create table service.certificate_use (
  seq bigint generated always as identity primary key,
  certificate uuid not null references service.certificate,
  at timestamptz not null,
  kind text not null check (kind in ('verify', 'material', 'read', 'present')),
  by_name text not null,
  by_account text not null,
  -- The unit that used it, or for whose case it was given.
  unit text,
  case_code text collate "C",
  purpose text
);
create index certificate_use_of on service.certificate_use (certificate, seq);
create index certificate_use_case on service.certificate_use (case_code, certificate) where kind = 'material';
revoke update, delete on service.certificate_act, service.certificate_use from service_app, service_app_all;
revoke delete on service.certificate from service_app, service_app_all;

alter table service.certificate enable row level security;
alter table service.certificate_act enable row level security;
alter table service.certificate_use enable row level security;
create policy of_the_person on service.certificate to service_app
  using (holder_person = (select kernel.actor('person')::uuid) and (select kernel.actor('post')) = 'citizen');
create policy of_the_entity on service.certificate to service_app
  using (holder_entity = (select kernel.actor('entity')) and (select kernel.actor('post')) = 'enterprise-agent');
create policy of_the_unit on service.certificate to service_app using (unit = (select kernel.actor('unit')));
create policy of_the_unit_all on service.certificate to service_app_all
  using ((select kernel.actor('unit')) is null or unit = (select kernel.actor('unit')));
create policy of_the_certificate on service.certificate_act to service_app, service_app_all
  using (exists (select from service.certificate c where c.id = certificate)) with check (true);
create policy of_the_certificate on service.certificate_use to service_app, service_app_all
  using (exists (select from service.certificate c where c.id = certificate)) with check (true);

-- What anybody may know of a certificate whose identifier they hold (证照验证, GB/T 36906): nothing of the holder.
create function service.certificate_state(state text, valid_until date) returns text language sql stable set search_path = pg_catalog as $$
  select case when state = 'in-force' and valid_until < (kernel.now() at time zone 'Asia/Shanghai')::date then 'expired' else state end
$$;
create function service.verify_certificate(asked text)
returns table (id uuid, identifier text, number text, version int, type text, title jsonb, unit text, issuer_title jsonb, state text, issued_on date, valid_from date,
  valid_until date, changed_at timestamptz, code text, next text)
language sql stable security definer set search_path = pg_catalog as $$
  select c.id, c.identifier, c.number, c.version, c.type, c.title, c.unit, c.issuer_title, service.certificate_state(c.state, c.valid_until), c.issued_on, c.valid_from,
    c.valid_until, c.changed_at, c.code, (select n.identifier from service.certificate n where n.replaces = c.id and n.state <> 'issued' limit 1)
  from service.certificate c where c.identifier = asked and c.state <> 'issued'
$$;
-- The list of what holds no longer although its dates say so (吊销清单): identifiers and moments, nothing else.
create function service.certificate_ends()
returns table (identifier text, state text, at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select c.identifier, c.state, c.changed_at from service.certificate c
  where c.state not in ('issued', 'in-force') and (c.valid_until is null or c.valid_until >= (kernel.now() at time zone 'Asia/Shanghai')::date)
  order by c.changed_at
$$;
-- A certificate that stands in for a paper of a case, for the unit that handles it.
create function service.certificate_for_case(asked_case text, asked uuid) returns setof service.certificate
language sql stable security definer set search_path = pg_catalog as $$
  select c.* from service.certificate c where c.id = asked and exists (
    select from service.certificate_use u where u.certificate = c.id and u.case_code = asked_case and u.kind = 'material' and u.unit = kernel.actor('unit'))
$$;
grant execute on function service.certificate_state(text, date), service.verify_certificate(text), service.certificate_ends(), service.certificate_for_case(text, uuid)
  to service_app, service_app_all;
