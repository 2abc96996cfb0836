-- as share_owner
-- A limit of rows whose field is gone must not vanish with the field.
create or replace function share.apply(grant_id uuid) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  g catalog.grant; r catalog.resource; columns text; personal boolean; conditions text[]; condition text; filter jsonb; variant text; view_name text; role_name text; body text;
begin
  select * into strict g from catalog.grant where id = grant_id;
  select * into strict r from catalog.resource where id = g.resource;
  select string_agg(case when f.name = any (g.fields) then format('t.%I', f.column_name)
                         else format('null::%s%s as %I', format_type(a.atttypid, a.atttypmod),
                           -- The same collation as the column, or the view could not be replaced in place.
                           (select format(' collate %I.%I', n.nspname, c.collname) from pg_collation c join pg_namespace n on n.oid = c.collnamespace where c.oid = a.attcollation),
                           f.column_name) end, ', ' order by w.ord),
         bool_or(f.level in ('L3', 'L4'))
    into strict columns, personal
    from unnest(g.wanted) with ordinality w(name, ord)
    join catalog.field f on f.resource = r.id and f.name = w.name
    join pg_attribute a on a.attrelid = format('%I.%I', r.schema_name, r.table_name)::regclass and a.attname = f.column_name;
  foreach variant in array array['', '_all'] loop
    view_name := g.taker_schema || '__' || g.name || variant;
    role_name := g.taker_schema || '_app' || variant;
    conditions := '{}';
    if personal then conditions := conditions || format('(select share.check(%L::uuid))', g.id);
    elsif g.valid_until is not null then conditions := conditions || format('(select share.check_term(%L::uuid))', g.id); end if;
    if r.scope is not null and variant = '' then
      select case r.scope->>'by'
        when 'area' then format('t.%1$I >= (select kernel.area_from()) and t.%1$I < (select kernel.area_to())', f.column_name)
        else format('t.%I = (select kernel.actor(''unit''))', f.column_name) end into strict condition
        from catalog.field f where f.resource = r.id and f.name = r.scope->>'field';
      conditions := conditions || condition;
    end if;
    for filter in select * from jsonb_array_elements(g.row_filter) loop
      select format('t.%I::text = any (%L::text[])', f.column_name, array(select jsonb_array_elements_text(filter->'in'))) into condition
        from catalog.field f where f.resource = r.id and f.name = filter->>'field';
      -- Rows were limited by a field that is gone: then there are none, until the supplier decides anew.
      conditions := conditions || coalesce(condition, 'false');
    end loop;
    body := format('select %s from %I.%I t', columns, r.schema_name, r.table_name)
      || case when cardinality(conditions) > 0 then ' where ' || array_to_string(conditions, ' and ') else '' end;
    begin
      execute format('create or replace view share.%I with (security_barrier = %s) as %s', view_name, personal, body);
    exception when invalid_table_definition then
      -- A manifest that asks for other fields; never on approval or revocation.
      execute format('drop view share.%I', view_name);
      execute format('create view share.%I with (security_barrier = %s) as %s', view_name, personal, body);
    end;
    execute format('revoke all on share.%I from %I', view_name, role_name);
    if g.state = 'approved' then execute format('grant select on share.%I to %I', view_name, role_name); end if;
  end loop;
end $$;
