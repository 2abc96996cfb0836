-- The catalogue of information resources (政务信息资源目录) and the grants on them.

create table catalog.resource (
  id text primary key,
  version int not null,
  module text not null,
  title jsonb not null,
  summary jsonb not null,
  owner text not null,
  sharing text not null check (sharing in ('unconditional', 'conditional', 'none')),
  opening text not null check (opening in ('open', 'conditional', 'closed')),
  level text not null check (level in ('L1', 'L2', 'L3', 'L4')),
  updates text not null,
  retention jsonb not null,
  schema_name text not null,
  table_name text not null,
  key text not null,
  scope jsonb,
  geometry text,
  badge text,
  published_at timestamptz not null default kernel.now(),
  revised_at timestamptz not null default kernel.now()
);

create table catalog.field (
  resource text not null references catalog.resource on delete cascade,
  name text not null,
  ord int not null,
  column_name text not null,
  title jsonb not null,
  level text not null check (level in ('L1', 'L2', 'L3', 'L4')),
  element text,
  subject text,
  type jsonb not null,
  primary key (resource, name)
);

create table catalog.grant (
  id uuid primary key default kernel.uuidv7(),
  taker text not null,
  taker_schema text not null,
  name text not null,
  resource text not null references catalog.resource,
  wanted text[] not null,
  fields text[] not null default '{}',
  -- [{"field":"…","in":["…"]}]: rows are limited to these values.
  row_filter jsonb not null default '[]',
  -- What the manifest asks for; `purposes` is what is allowed.
  wanted_purposes text[] not null,
  purposes text[] not null,
  why jsonb not null,
  state text not null default 'requested' check (state in ('requested', 'approved', 'refused', 'revoked')),
  valid_until timestamptz,
  requested_at timestamptz not null default kernel.now(),
  requested_by text,
  requested_name text,
  requested_unit text,
  decided_at timestamptz,
  decided_by text,
  decided_name text,
  decided_unit text,
  reason text,
  unique (taker, name)
);

create table catalog.grant_step (
  grant_id uuid not null references catalog.grant,
  at timestamptz not null default kernel.now(),
  seq bigint generated always as identity,
  step text not null,
  account text,
  name text,
  unit text,
  reason text,
  primary key (grant_id, seq)
);
revoke update, delete on catalog.grant_step from catalog_app, catalog_app_all;

grant usage on schema catalog to share_owner;
grant select on catalog.resource, catalog.field, catalog.grant to share_owner;
revoke insert, delete on catalog.resource, catalog.field from catalog_app, catalog_app_all;

-- Takes over what the manifests declare. Run by the administrator's credential after each migration.
create function catalog.sync(resources jsonb, takes jsonb) returns void language plpgsql set search_path = pg_catalog as $$
declare r jsonb; t jsonb; f record; highest text;
begin
  for r in select * from jsonb_array_elements(resources) loop
    select coalesce(max(x->>'level'), 'L1') into highest from jsonb_array_elements(r->'fields') x;
    insert into catalog.resource (id, version, module, title, summary, owner, sharing, opening, level, updates, retention, schema_name, table_name, key, scope, geometry, badge)
    values (r->>'id', (r->>'version')::int, r->>'module', r->'title', r->'summary', r->>'owner', r->>'sharing', r->>'opening', highest, r->>'updates',
            r->'retention', split_part(r->>'table', '.', 1), split_part(r->>'table', '.', 2), r->>'key', r->'scope', r->>'geometry', r->>'badge')
    on conflict (id) do update set version = excluded.version, title = excluded.title, summary = excluded.summary, owner = excluded.owner,
      sharing = excluded.sharing, opening = excluded.opening, level = excluded.level, updates = excluded.updates, retention = excluded.retention,
      schema_name = excluded.schema_name, table_name = excluded.table_name, key = excluded.key, scope = excluded.scope, geometry = excluded.geometry,
      badge = excluded.badge, revised_at = case when catalog.resource.version <> excluded.version then kernel.now() else catalog.resource.revised_at end;
    delete from catalog.field where resource = r->>'id';
    for f in select x, ord from jsonb_array_elements(r->'fields') with ordinality as y(x, ord) loop
      insert into catalog.field (resource, name, ord, column_name, title, level, element, subject, type)
      values (r->>'id', f.x->>'name', f.ord, f.x->>'column', f.x->'title', f.x->>'level', f.x->>'element', f.x->>'subject', f.x->'type');
    end loop;
  end loop;
  for t in select * from jsonb_array_elements(takes) loop
    insert into catalog.grant (taker, taker_schema, name, resource, wanted, wanted_purposes, purposes, why, requested_by)
    values (t->>'taker', t->>'schema', replace(t->>'name', '-', '_'), t->>'resource',
            array(select jsonb_array_elements_text(t->'fields')), array(select jsonb_array_elements_text(t->'purposes')),
            array(select jsonb_array_elements_text(t->'purposes')), t->'why', 'manifest')
    on conflict (taker, name) do update set wanted = excluded.wanted, wanted_purposes = excluded.wanted_purposes, why = excluded.why;
  end loop;
  perform share.apply(g.id) from catalog.grant g;
end $$;
