-- What a thematic database needs of the catalogue: needs that are declared at run time, and an entry for what it makes. Only the module
-- theme may ask for either.
create function catalog.declare_need(need text, need_resource text, need_fields text[], need_purposes text[], need_why jsonb) returns uuid
language plpgsql security definer set search_path = pg_catalog as $$
declare found uuid;
begin
  if kernel.actor('module') is distinct from 'theme' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  if not exists (select from catalog.resource r where r.id = need_resource and r.sharing <> 'none') then raise exception 'NOT_SHARED' using errcode = '42501'; end if;
  insert into catalog.grant (taker, taker_schema, name, resource, wanted, wanted_purposes, purposes, why, requested_by)
  values ('theme', 'theme', need, need_resource, need_fields, need_purposes, need_purposes, need_why, 'manifest')
  on conflict (taker, name) do update set wanted = excluded.wanted, wanted_purposes = excluded.wanted_purposes, why = excluded.why
    where catalog.grant.resource = excluded.resource
  returning id into found;
  if found is null then raise exception 'NEED_OF_OTHER_RESOURCE' using errcode = '42501'; end if;
  perform share.apply(found);
  return found;
end $$;

create function catalog.register_theme(theme text, entry jsonb, entry_fields jsonb) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare f record;
begin
  if kernel.actor('module') is distinct from 'theme' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  insert into catalog.resource (id, version, module, title, summary, owner, sharing, opening, level, updates, retention, schema_name, table_name, key, scope, badge)
  values ('theme.' || theme, (entry->>'version')::int, 'theme', entry->'title', entry->'summary', entry->>'owner', 'conditional', 'closed', entry->>'level', 'daily', entry->'retention',
    'share', 'theme__' || replace(theme, '-', '_'), entry->>'key', nullif(entry->'scope', 'null'::jsonb), entry->>'badge')
  on conflict (id) do update set version = excluded.version, title = excluded.title, summary = excluded.summary, owner = excluded.owner, level = excluded.level,
    key = excluded.key, scope = excluded.scope, revised_at = kernel.now();
  delete from catalog.field where resource = 'theme.' || theme;
  for f in select x, ord from jsonb_array_elements(entry_fields) with ordinality as y(x, ord) loop
    insert into catalog.field (resource, name, ord, column_name, title, level, element, subject, type)
    values ('theme.' || theme, f.x->>'name', f.ord, f.x->>'column', f.x->'title', f.x->>'level', f.x->>'element', f.x->>'subject', f.x->'type');
  end loop;
end $$;

-- What a theme is checked against: fields of a resource with level and type, and what its needs have been granted.
create function catalog.theme_facts(theme text, resources text[]) returns jsonb
language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object(
    'resources', (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'key', r.key, 'level', r.level, 'title', r.title, 'owner', r.owner, 'sharing', r.sharing, 'scope', r.scope, 'badge', r.badge,
        'fields', (select coalesce(jsonb_agg(jsonb_build_object('name', f.name, 'column', f.column_name, 'title', f.title, 'level', f.level, 'element', f.element, 'subject', f.subject, 'type', f.type) order by f.ord), '[]')
                   from catalog.field f where f.resource = r.id))), '[]')
      from catalog.resource r where r.id = any (resources)),
    'grants', (select coalesce(jsonb_agg(jsonb_build_object('name', g.name, 'resource', g.resource, 'fields', g.fields, 'purposes', g.purposes,
        'state', case when g.state = 'approved' and g.valid_until <= kernel.now() then 'expired' else g.state end, 'rowFilter', g.row_filter)), '[]')
      from catalog.grant g where g.taker = 'theme' and g.name like replace(replace(theme, '-', '_'), '_', '\_') || '\_\_%'))
  where kernel.actor('module') = 'theme'
$$;
grant execute on function catalog.declare_need(text, text, text[], text[], jsonb), catalog.register_theme(text, jsonb, jsonb), catalog.theme_facts(text, text[]) to district_module;

-- Who takes a resource, by name of the module.
create function catalog.takers_of(resource_id text) returns table (taker text) language sql stable security definer set search_path = pg_catalog as $$
  select distinct g.taker from catalog.grant g where g.resource = resource_id and kernel.actor('module') = 'theme'
$$;
grant execute on function catalog.takers_of(text) to district_module;
