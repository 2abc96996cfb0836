-- as share_owner
-- Keys of the next page of a unit's grant, in their order. The view hides its rows behind checks through which no order is pushed (a page of ten among 100,000
-- rows was sorted for 100 ms); here the same checks come first, and the index gives the keys. What is read by them goes through the view.
create function share.unit_page(the_grant uuid, after text, size int, filters jsonb, own_reach boolean) returns text[]
language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  g catalog.grant; r catalog.resource; key_column text; key_type text; conditions text[] := '{}'; filter jsonb; found text[];
begin
  select * into strict g from catalog.grant where id = the_grant;
  select * into strict r from catalog.resource where id = g.resource;
  if g.state <> 'approved' or g.for_unit is distinct from kernel.actor('unit') or coalesce(kernel.actor('module'), '') <> 'gateway' then
    raise exception 'permission denied for view %', g.taker_schema || '__' || g.name using errcode = '42501';
  end if;
  if exists (select from catalog.field f where f.resource = r.id and f.name = any (g.wanted) and f.level in ('L3', 'L4')) then perform share.check(g.id);
  else perform share.check_term(g.id); end if;
  select f.column_name, format_type(a.atttypid, a.atttypmod) into strict key_column, key_type
    from catalog.field f join pg_attribute a on a.attrelid = format('%I.%I', r.schema_name, r.table_name)::regclass and a.attname = f.column_name
    where f.resource = r.id and f.name = r.key;
  if after is not null then conditions := conditions || format('t.%I > %L::%s', key_column, after, key_type); end if;
  if r.scope is not null and own_reach then
    conditions := conditions || (select case r.scope->>'by'
      when 'area' then format('t.%1$I >= kernel.area_from() and t.%1$I < kernel.area_to()', f.column_name)
      else format('t.%I = kernel.actor(''unit'')', f.column_name) end
      from catalog.field f where f.resource = r.id and f.name = r.scope->>'field');
  end if;
  for filter in select * from jsonb_array_elements(g.row_filter || filters) loop
    -- A column of text is compared as it is, so that its index serves; others by what they read as.
    conditions := conditions || coalesce((select format(case when a.atttypid = 'text'::regtype then 't.%I = any (%L::text[])' else 't.%I::text = any (%L::text[])' end,
        f.column_name, array(select jsonb_array_elements_text(filter->'in')))
      from catalog.field f join pg_attribute a on a.attrelid = format('%I.%I', r.schema_name, r.table_name)::regclass and a.attname = f.column_name
      where f.resource = r.id and f.name = filter->>'field'), 'false');
  end loop;
  -- Rows with the last key of the page come with it: a key that stands twice loses none.
  execute format('select array_agg(distinct k.key) from (select t.%1$I::text as key from %2$I.%3$I t %4$s order by t.%1$I fetch first (%5$s) rows with ties) k',
    key_column, r.schema_name, r.table_name, case when cardinality(conditions) > 0 then 'where ' || array_to_string(conditions, ' and ') else '' end, size) into found;
  return coalesce(found, '{}');
end $$;
grant execute on function share.unit_page(uuid, text, int, jsonb, boolean) to district_module;
