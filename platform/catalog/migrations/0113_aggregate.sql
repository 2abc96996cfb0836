-- as share_owner
-- The condition of one declared filter over a resource. Raises no_data_found where the field is gone.
create function share.condition(resource_id text, rel oid, filter jsonb) returns text language plpgsql stable set search_path = pg_catalog as $$
declare col text; typ text; v text; n text := '^-?[0-9]+(\.[0-9]+)?$';
begin
  select f.column_name, t.typname into strict col, typ from catalog.field f
    join pg_attribute a on a.attrelid = rel and a.attname = f.column_name join pg_type t on t.oid = a.atttypid
    where f.resource = resource_id and f.name = filter->>'field';
  v := format('t.%I::text', col);
  return case filter->>'op'
    when 'in' then format('%s = any (%L::text[])', v, array(select jsonb_array_elements_text(filter->'values')))
    when 'not-in' then format('%s <> all (%L::text[])', v, array(select jsonb_array_elements_text(filter->'values')))
    when 'filled' then format('coalesce(%s, %L) <> %L', v, '', '')
    when 'empty' then format('coalesce(%s, %L) = %L', v, '', '')
    -- Numbers as numbers, dates as their text.
    when 'from' then case when filter->'values'->>0 ~ n and typ not in ('date', 'timestamptz', 'timestamp') and length(filter->'values'->>0) < 16
      then format('case when %1$s ~ %2$L then %1$s::numeric >= %3$L::numeric end', v, n, filter->'values'->>0) else format('%s >= %L', v, filter->'values'->>0) end
    when 'before' then case when filter->'values'->>0 ~ n and typ not in ('date', 'timestamptz', 'timestamp') and length(filter->'values'->>0) < 16
      then format('case when %1$s ~ %2$L then %1$s::numeric < %3$L::numeric end', v, n, filter->'values'->>0) else format('%s < %L', v, filter->'values'->>0) end
  end;
end $$;

-- One number of a report: count, distinct, sum or share over the rows of a resource that the unit of the actor may use: its own, or those of a
-- grant in force that this unit asked for, with its fields, its rows and its reach. Numbers only, never rows.
create function share.aggregate(resource_id text, spec jsonb) returns jsonb language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  r catalog.resource; g catalog.grant; rel oid; unit text := kernel.actor('unit'); used text[]; conditions text[] := '{}'; filter jsonb; part text; v text; result jsonb; picked text; base text;
begin
  select * into r from catalog.resource where id = resource_id;
  if r.id is null then return jsonb_build_object('problem', 'item-gone'); end if;
  rel := format('%I.%I', r.schema_name, r.table_name)::regclass;
  used := array(select distinct x from (select spec->>'field' as x union all select f->>'field' from jsonb_array_elements(coalesce(spec->'filters', '[]') || coalesce(spec->'of', '[]')) f) w where x is not null);
  if exists (select from unnest(used) u(name) where not exists (select from catalog.field f where f.resource = r.id and f.name = u.name)) then
    return jsonb_build_object('problem', 'field-gone');
  end if;
  if r.owner is distinct from unit then
    select * into g from catalog.grant x where x.resource = r.id and x.state = 'approved' and x.requested_unit = unit and used <@ x.fields
      and (x.valid_until is null or x.valid_until > kernel.now()) order by x.decided_at desc limit 1;
    if g.id is null then return jsonb_build_object('problem', 'not-granted'); end if;
    for filter in select * from jsonb_array_elements(g.row_filter) loop
      conditions := conditions || share.condition(r.id, rel, jsonb_build_object('field', filter->'field', 'op', 'in', 'values', filter->'in'));
    end loop;
    if r.scope is not null then
      conditions := conditions || (select case r.scope->>'by'
        when 'area' then format('t.%1$I >= (select kernel.area_from()) and t.%1$I < (select kernel.area_to())', f.column_name)
        else format('t.%I = (select kernel.actor(''unit''))', f.column_name) end
        from catalog.field f where f.resource = r.id and f.name = r.scope->>'field');
    end if;
  end if;
  for filter in select * from jsonb_array_elements(coalesce(spec->'filters', '[]')) loop
    conditions := conditions || share.condition(r.id, rel, filter);
  end loop;
  base := case when cardinality(conditions) > 0 then array_to_string(array(select '(' || c || ')' from unnest(conditions) c), ' and ') else 'true' end;
  if spec->>'field' is not null then
    select format('t.%I::text', f.column_name) into strict v from catalog.field f where f.resource = r.id and f.name = spec->>'field';
  end if;
  case spec->>'measure'
    when 'count' then part := 'count(*)::numeric, count(*), null::numeric';
    when 'distinct' then part := format('count(distinct %s)::numeric, count(distinct %1$s), null::numeric', v);
    when 'sum' then
      picked := format('case when %1$s ~ %2$L then %1$s::numeric end', v, '^-?[0-9]+(\.[0-9]+)?$');
      part := format('coalesce(sum(%1$s), 0), count(%1$s), max(abs(%1$s))', picked);
    when 'share' then
      select string_agg('(' || share.condition(r.id, rel, x) || ')', ' and ') into picked from jsonb_array_elements(spec->'of') x;
      part := format('round(100.0 * count(*) filter (where %1$s) / nullif(count(*), 0), 2), least(count(*) filter (where %1$s), count(*) filter (where not coalesce((%1$s), false))), null::numeric', picked);
    else raise exception 'no measure %', spec->>'measure';
  end case;
  execute format('select jsonb_build_object(''value'', x.a, ''contributors'', x.b, ''largest'', x.c) from (select %s from %I.%I t where %s) x(a, b, c)', part, r.schema_name, r.table_name, base) into result;
  return result || jsonb_build_object('through', case when g.id is not null then g.taker || '.' || g.name end);
end $$;
grant execute on function share.aggregate(text, jsonb) to catalog_app, catalog_app_all;
