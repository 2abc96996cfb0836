-- as share_owner
-- Counts how many rows of a resource keep to each of some declared checks: one scan, counts only. No name and no value reaches the
-- statement but as a quoted identifier or literal; fields and code lists are looked up in the catalogue.
create function share.measure(resource_id text, checks jsonb, most bigint) returns jsonb language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  r catalog.resource; c jsonb; rel oid; kind "char"; estimate bigint; sampled boolean; share numeric; parts text[] := '{}'; source text; counted bigint[];
  col text; v text; other text; typ text; other_typ text; list catalog.resource; list_col text; applies text; fails text; sure boolean;
begin
  select * into strict r from catalog.resource where id = resource_id;
  rel := format('%I.%I', r.schema_name, r.table_name)::regclass;
  select p.relkind, case when p.reltuples > 0 then p.reltuples::bigint else pg_relation_size(rel) / 120 end into kind, estimate from pg_class p where p.oid = rel;
  sampled := kind = 'r' and estimate > most;
  share := case when sampled then greatest(0.01, round(100.0 * most / estimate, 4)) end;
  for c in select * from jsonb_array_elements(checks) loop
    select f.column_name, t.typname into strict col, typ from catalog.field f
      join pg_attribute a on a.attrelid = rel and a.attname = f.column_name join pg_type t on t.oid = a.atttypid
      where f.resource = r.id and f.name = c->>'field';
    v := format('t.%I::text', col);
    applies := format('t.%I is not null', col);
    case c->>'kind'
      when 'required' then
        applies := 'true';
        fails := format('t.%I is null', col) || case when typ in ('text', 'varchar', 'bpchar') then format(' or btrim(t.%I) = %L', col, '') else '' end;
      when 'pattern' then fails := format('%s !~ %L', v, c->>'pattern');
      when 'enum' then fails := format('not %s = any (%L::text[])', v, array(select jsonb_array_elements_text(c->'values')));
      when 'range' then
        if c->>'of' = 'date' then
          fails := format('%s < %L or left(%s, 10) > %L', v, coalesce(c->>'min', ''), v,
            case c->>'max' when 'today' then (kernel.now() at time zone 'Asia/Shanghai')::date::text else coalesce(c->>'max', '9999-12-31') end);
        else
          fails := format('case when %1$s ~ %2$L then %1$s::numeric not between %3$L::numeric and %4$L::numeric else true end', v, '^-?[0-9]+(\.[0-9]+)?$',
            coalesce(c->>'min', '-Infinity'), coalesce(c->>'max', 'Infinity'));
        end if;
      when 'unique' then
        sure := exists (select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
          where i.indrelid = rel and i.indisunique and i.indpred is null and i.indnkeyatts = 1 and a.attname = col);
        fails := null;
        -- Where the table's own key has more columns, this one alone was never meant to be one.
        if exists (select from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey) where i.indrelid = rel and i.indisprimary and i.indnkeyatts > 1 and a.attname = col)
          and c->>'by' is distinct from 'steward' then applies := 'false'; sure := true; end if;
      when 'reference' then
        select * into strict list from catalog.resource where id = c->>'list';
        select f.column_name into strict list_col from catalog.field f where f.resource = list.id and f.name = list.key;
        fails := format('not %s in (select u.%I::text from %I.%I u where u.%2$I is not null)', v, list_col, list.schema_name, list.table_name);
      when 'compare' then
        select f.column_name, t.typname into strict other, other_typ from catalog.field f
          join pg_attribute a on a.attrelid = rel and a.attname = f.column_name join pg_type t on t.oid = a.atttypid
          where f.resource = r.id and f.name = c->>'other';
        if not (c->>'op') in ('<', '<=', '=', '<>', '>=', '>') then raise exception 'no comparison %', c->>'op'; end if;
        applies := format('t.%I is not null and t.%I is not null', col, other);
        fails := case when typ = other_typ then format('not t.%I %s t.%I', col, c->>'op', other) else format('not %s %s t.%I::text', v, c->>'op', other) end;
      else raise exception 'no check of kind %', c->>'kind';
    end case;
    parts := parts || format('count(*) filter (where %s)', applies);
    if fails is not null then parts := parts || format('count(*) filter (where (%s) and (%s))', applies, fails);
    -- What a unique index guarantees needs no counting; of a sample nothing can be said.
    elsif sure then parts := parts || '0::bigint'::text;
    elsif sampled then parts := parts || '0::bigint'::text;
    else parts := parts || format('count(%1$s) - count(distinct %1$s)', v); end if;
  end loop;
  source := format('%I.%I t', r.schema_name, r.table_name) || case when sampled then format(' tablesample system (%s) repeatable (1)', share) else '' end;
  execute format('select array[count(*)%s]::bigint[] from %s', case when cardinality(parts) > 0 then ', ' || array_to_string(parts, ', ') else '' end, source) into counted;
  return jsonb_build_object('rows', counted[1], 'sampled', sampled, 'counts', to_jsonb(counted[2:]));
end $$;
grant execute on function share.measure(text, jsonb, bigint) to catalog_app, catalog_app_all;

-- Whether every taker to whom a resource is granted can read its view at this moment: what PostgreSQL itself says.
create function share.openings(resource_id text) returns table (granted int, open int) language sql stable security definer set search_path = pg_catalog as $$
  select count(*)::int, (count(*) filter (where has_table_privilege(g.taker_schema || '_app', format('share.%I', g.taker_schema || '__' || g.name), 'select')
    and has_table_privilege(g.taker_schema || '_app_all', format('share.%I', g.taker_schema || '__' || g.name || '_all'), 'select')))::int
  from catalog.grant g where g.resource = resource_id and g.state = 'approved' and (g.valid_until is null or g.valid_until > kernel.now())
$$;
grant execute on function share.openings(text) to catalog_app, catalog_app_all;
