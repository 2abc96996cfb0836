-- as share_owner
-- Themes of the index kind (索引化整合): rows of the first input with base keys, which the module theme has found for them.

-- The key of a row of the first input, as an expression on its table.
create function share.theme_row_key(definition jsonb) returns text language plpgsql stable security definer set search_path = pg_catalog as $$
declare wanted text;
begin
  select f.column_name into strict wanted from catalog.resource r join catalog.field f on f.resource = r.id and f.name = r.key where r.id = definition->'inputs'->0->>'resource';
  return format('%I.%I::text', definition->'inputs'->0->>'as', wanted);
end $$;

-- What the base keys of a theme's rows are found by, a page in the order of the rows' keys.
create function share.theme_values(theme_id text, key_name text, after_key text, most int) returns table (row_key text, value text) language plpgsql stable security definer set search_path = pg_catalog as $$
declare d jsonb; wanted text; source text;
begin
  if kernel.actor('module') is distinct from 'theme' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  select x.definition into strict d from theme.theme t join theme.version x on x.theme = t.id and x.version = t.version where t.id = theme_id;
  select split_part(i->>'from', '.', 2) into strict source from jsonb_array_elements(d->'index') i where i->>'name' = key_name;
  select f.column_name into strict wanted from catalog.field f where f.resource = d->'inputs'->0->>'resource' and f.name = source;
  return query execute format('select %1$s collate "C", %2$I.%3$I::text from %4$s where $1 is null or %1$s collate "C" > $1 order by 1 limit $2', share.theme_row_key(d), d->'inputs'->0->>'as', wanted,
    share.theme_input(theme_id, d, d->'inputs'->0->>'as')) using after_key, most;
end $$;
grant execute on function share.theme_values(text, text, text, int) to district_module;

-- Makes the view of a theme's published version; one that copies (extract) reads a materialized view that refreshes.
create or replace function share.apply_theme(theme_id text) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  v record; input record; col record; j record; k record; tables text; selected text[] := '{}'; groups text[] := '{}'; body text; counted text;
  outer_view text := 'theme__' || replace(theme_id, '-', '_'); inner_view text := 'theme_rows__' || replace(theme_id, '-', '_');
begin
  if kernel.actor('module') is distinct from 'theme' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  select x.definition as d into strict v from theme.theme t join theme.version x on x.theme = t.id and x.version = t.version where t.id = theme_id;
  for input in select i->>'as' as alias from jsonb_array_elements(v.d->'inputs') with ordinality y(i, ord) order by y.ord loop
    if tables is null then tables := share.theme_input(theme_id, v.d, input.alias);
    else
      select * into strict j from share.theme_join(v.d, input.alias);
      tables := tables || case when j.required then ' join ' else ' left join ' end || share.theme_input(theme_id, v.d, input.alias) || ' on ' || j.matched;
    end if;
  end loop;
  for col in
    select c->>'name' as name, split_part(c->>'from', '.', 1) as alias, f.column_name as source, coalesce(c->>'as', 'value') as shape
    from jsonb_array_elements(v.d->'columns') with ordinality y(c, ord)
      join jsonb_array_elements(v.d->'inputs') i on i->>'as' = split_part(c->>'from', '.', 1)
      join catalog.field f on f.resource = i->>'resource' and f.name = split_part(c->>'from', '.', 2) order by y.ord
  loop
    body := format('%I.%I', col.alias, col.source);
    body := case col.shape when 'year' then format('extract(year from %s)::int', body) when 'present' then format('(%s is not null)', body) else body end;
    selected := selected || format('%s as %I', body, col.name);
    groups := groups || body;
  end loop;
  -- The base keys of an indexed theme: a row without all of them is not there, it stands in the remainder.
  for k in select i->>'name' as name, row_number() over (order by y.ord) as n from jsonb_array_elements(coalesce(v.d->'index', '[]')) with ordinality y(i, ord) order by y.ord loop
    tables := tables || format(' join theme.base_key %1$I on %1$I.theme = %2$L and %1$I.name = %3$L and %1$I.row_key = %4$s', 'key_' || k.n, theme_id, k.name, share.theme_row_key(v.d));
    selected := selected || format('%I.base_key as %I', 'key_' || k.n, k.name);
  end loop;
  if v.d ? 'count' then
    -- Persons or enterprises are counted, each once, not the rows that a join has made of them. A cell with too few of them is not there.
    select format('count(distinct %I.%I)', i->>'as', f.column_name) into counted
      from jsonb_array_elements(v.d->'inputs') with ordinality y(i, ord) join catalog.field f on f.resource = i->>'resource' and f.subject is not null order by y.ord limit 1;
    counted := coalesce(counted, 'count(*)');
    selected := selected || format('%s::int as %I', counted, v.d->'count'->>'name');
  end if;
  body := 'select ' || array_to_string(selected, ', ') || ' from ' || tables
    || case when counted is not null then ' group by ' || array_to_string(groups, ', ') || format(' having %s >= %s', counted, (v.d->'count'->>'least')::int) else '' end;
  execute format('drop view if exists share.%I cascade', outer_view);
  execute format('drop materialized view if exists share.%I', inner_view);
  if v.d->>'kind' in ('extract', 'index') then
    execute format('create materialized view share.%I as %s', inner_view, body);
    body := format('select * from share.%I', inner_view);
  end if;
  execute format('create view share.%I with (security_barrier = true) as select t.* from (%s) t where (select share.check_theme(%L))', outer_view, body, theme_id);
  -- What hung on the old view is made anew: themes that derive from this one, and the views of its takers.
  perform share.apply_theme(t.id) from theme.theme t join theme.version x on x.theme = t.id and x.version = t.version
    where t.id <> theme_id and x.definition->'inputs' @> jsonb_build_array(jsonb_build_object('resource', 'theme.' || theme_id));
  perform share.apply(g.id) from catalog.grant g where g.resource = 'theme.' || theme_id;
end $$;

-- Says how many rows find no partner in a required join; where that is not more than `most`, reads the rows anew if the theme copies.
create or replace function share.refresh_theme(theme_id text, most numeric, out rows bigint, out remainder numeric) language plpgsql security definer set search_path = pg_catalog as $$
declare v record; input record; j record; before text; total bigint; lost bigint;
begin
  if kernel.actor('module') is distinct from 'theme' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  select x.definition as d into strict v from theme.theme t join theme.version x on x.theme = t.id and x.version = t.version where t.id = theme_id;
  remainder := 0;
  for input in select i->>'as' as alias, y.ord from jsonb_array_elements(v.d->'inputs') with ordinality y(i, ord) order by y.ord loop
    if input.ord = 1 then before := share.theme_input(theme_id, v.d, input.alias); continue; end if;
    select * into strict j from share.theme_join(v.d, input.alias);
    if j.required then
      execute format('select count(*), count(*) filter (where not exists (select from %s where %s)) from %s', share.theme_input(theme_id, v.d, input.alias), j.matched, before) into total, lost;
      if total > 0 then remainder := greatest(remainder, round(lost::numeric / total, 4)); end if;
    end if;
    before := before || case when j.required then ' join ' else ' left join ' end || share.theme_input(theme_id, v.d, input.alias) || ' on ' || j.matched;
  end loop;
  if remainder > most then return; end if;
  if v.d->>'kind' in ('extract', 'index') then
    execute format('refresh materialized view share.%I', 'theme_rows__' || replace(theme_id, '-', '_'));
    execute format('select count(*) from share.%I', 'theme_rows__' || replace(theme_id, '-', '_')) into rows;
  end if;
end $$;

-- Bytes of the rows that a theme keeps.
create function share.theme_bytes(theme_id text) returns bigint language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(pg_total_relation_size(to_regclass(format('share.%I', 'theme_rows__' || replace(theme_id, '-', '_')))), 0) where kernel.actor('module') = 'theme'
$$;
grant execute on function share.theme_bytes(text) to district_module;
