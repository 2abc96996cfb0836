-- as share_owner
-- Rows of thematic databases. As with grants, this is the only place where their views are made; every name is quoted by format.

-- Holds a theme open only while every input is granted as it was when the theme was published, field for field and row for row, and for a
-- purpose that all of them allow (目的取交集).
create function share.check_theme(theme_id text) returns boolean language plpgsql stable security definer set search_path = pg_catalog as $$
declare v record; g record; allowed text[]; purpose text := nullif(current_setting('actor.purpose', true), '');
begin
  select x.* into strict v from theme.theme t join theme.version x on x.theme = t.id and x.version = t.version where t.id = theme_id;
  allowed := v.purposes;
  for g in
    select i->>'as' as alias, c.id, c.state, c.valid_until, c.row_filter, c.purposes, c.fields, i->>'resource' as resource
    from jsonb_array_elements(v.definition->'inputs') i
      left join catalog.grant c on c.taker = 'theme' and c.resource = i->>'resource' and c.name = replace(theme_id, '-', '_') || '__' || (i->>'as')
  loop
    if g.id is null or g.state <> 'approved' or g.valid_until <= kernel.now() or g.row_filter is distinct from coalesce(v.row_filters->g.alias, '[]')
      or exists (select from theme.source s where s.theme = theme_id and s.version = v.version and s.resource = g.resource and not s.field = any (g.fields)) then
      raise exception 'GRANT_EXPIRED' using errcode = 'SD002', detail = g.resource;
    end if;
    allowed := array(select unnest(allowed) intersect select unnest(g.purposes));
  end loop;
  if v.level not in ('L3', 'L4') then return true; end if;
  if purpose is null then raise exception 'PURPOSE_REQUIRED' using errcode = 'SD001'; end if;
  if not purpose = any (allowed) or not access.purpose_in_force(purpose) then raise exception 'PURPOSE_NOT_ALLOWED' using errcode = 'SD003'; end if;
  return true;
end $$;

-- An input as a table of a query: its rows, narrowed by the steward and by the supplier's grant before anything is joined to them.
create function share.theme_input(theme_id text, definition jsonb, alias text) returns text language plpgsql stable security definer set search_path = pg_catalog as $$
declare input jsonb; r catalog.resource; g catalog.grant; filter jsonb; wanted text; conditions text[] := '{}';
begin
  select i into strict input from jsonb_array_elements(definition->'inputs') i where i->>'as' = alias;
  select * into strict r from catalog.resource where id = input->>'resource';
  select * into strict g from catalog.grant c where c.taker = 'theme' and c.resource = r.id and c.name = replace(theme_id, '-', '_') || '__' || alias;
  for filter in select * from jsonb_array_elements(coalesce(input->'rows', '[]') || g.row_filter) loop
    -- A filter on a field that is gone must not vanish with it.
    select f.column_name into strict wanted from catalog.field f where f.resource = r.id and f.name = filter->>'field';
    conditions := conditions || format('x.%I::text = any (%L::text[])', wanted, array(select jsonb_array_elements_text(filter->'in')));
  end loop;
  return format('(select * from %I.%I x%s) %I', r.schema_name, r.table_name,
    case when cardinality(conditions) > 0 then ' where ' || array_to_string(conditions, ' and ') else '' end, alias);
end $$;

-- On which columns an input is joined to the earlier ones.
create function share.theme_join(definition jsonb, alias text, out matched text, out required boolean) language sql stable security definer set search_path = pg_catalog as $$
  select string_agg(format('%I.%I = %I.%I', split_part(j->>'left', '.', 1), lf.column_name, split_part(j->>'right', '.', 1), rf.column_name), ' and '),
    coalesce(bool_or((j->>'required')::boolean), false)
  from jsonb_array_elements(definition->'joins') j
    join jsonb_array_elements(definition->'inputs') li on li->>'as' = split_part(j->>'left', '.', 1)
    join jsonb_array_elements(definition->'inputs') ri on ri->>'as' = split_part(j->>'right', '.', 1)
    join catalog.field lf on lf.resource = li->>'resource' and lf.name = split_part(j->>'left', '.', 2)
    join catalog.field rf on rf.resource = ri->>'resource' and rf.name = split_part(j->>'right', '.', 2)
  where split_part(j->>'right', '.', 1) = alias
$$;

-- Makes the view of a theme's published version; one that copies (extract) reads a materialized view that refreshes.
create function share.apply_theme(theme_id text) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  v record; input record; col record; j record; tables text; selected text[] := '{}'; groups text[] := '{}'; body text; counted text;
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
  if v.d->>'kind' = 'extract' then
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
create function share.refresh_theme(theme_id text, most numeric, out rows bigint, out remainder numeric) language plpgsql security definer set search_path = pg_catalog as $$
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
  if v.d->>'kind' = 'extract' then
    execute format('refresh materialized view share.%I', 'theme_rows__' || replace(theme_id, '-', '_'));
    execute format('select count(*) from share.%I', 'theme_rows__' || replace(theme_id, '-', '_')) into rows;
  end if;
end $$;

-- Some rows of a theme, under its checks, for the steward's masked sample.
create function share.theme_rows(theme_id text, most int) returns setof jsonb language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if kernel.actor('module') is distinct from 'theme' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  return query execute format('select to_jsonb(t) from share.%I t limit %s', 'theme__' || replace(theme_id, '-', '_'), most);
end $$;
grant execute on function share.theme_rows(text, int), share.apply_theme(text), share.refresh_theme(text, numeric) to district_module;
-- A view's function is called in the name of who looks through it.
grant execute on function share.check_theme(text) to district_module;
