-- Who read or changed what (§2b 7). Append-only: no role of the application may change or delete a row.
create table audit.access (
  id uuid primary key,
  at timestamptz not null,
  txid xid8 not null default pg_current_xact_id(),
  account text not null, name text not null, post text, unit text, purpose text, trace text, module text not null,
  route text not null,
  resources text[] not null,
  fields text[] not null,
  level text not null,
  outcome text not null check (outcome in ('read', 'changed', 'refused')),
  code text,
  statement text,
  subjects int not null,
  digest text not null
);
create index access_order on audit.access (txid, id);
create index access_at on audit.access (at);

create table audit.access_subject (
  kind text not null,
  subject text not null,
  access_id uuid not null references audit.access,
  at timestamptz not null,
  primary key (kind, subject, access_id)
);

-- Committed rows in order, chained: hash = SM3 over the previous hash and the digests of the rows in (from, to].
create table audit.seal (
  seq bigint primary key,
  at timestamptz not null,
  from_txid xid8 not null,
  to_txid xid8 not null,
  count int not null,
  previous text not null,
  hash text not null
);

revoke update, delete on audit.access, audit.access_subject, audit.seal from audit_app, audit_app_all;

create function audit.record(row_id uuid, row_at timestamptz, row_route text, row_resources text[], row_fields text[], row_level text, row_outcome text, row_code text,
  row_statement text, row_digest text, subject_kinds text[], subject_ids text[]) returns void
language sql security definer set search_path = pg_catalog as $$
  insert into audit.access (id, at, account, name, post, unit, purpose, trace, module, route, resources, fields, level, outcome, code, statement, subjects, digest)
  values (row_id, row_at, coalesce(kernel.actor('account'), ''), coalesce(kernel.actor('name'), ''), kernel.actor('post'), kernel.actor('unit'), kernel.actor('purpose'),
          kernel.actor('trace'), coalesce(kernel.actor('module'), ''), row_route, row_resources, row_fields, row_level, row_outcome, row_code, row_statement,
          cardinality(subject_ids), row_digest);
  insert into audit.access_subject (kind, subject, access_id, at)
  select k, s, row_id, row_at from unnest(subject_kinds, subject_ids) as u(k, s) on conflict do nothing;
$$;
grant usage on schema audit to district_module;
grant execute on function audit.record(uuid, timestamptz, text, text[], text[], text, text, text, text, text, text[], text[]) to district_module;
