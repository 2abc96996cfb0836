-- as share_owner
-- Rows of thematic databases. As with grants, this is the only place where their views are made; every name is quoted by format.

-- Holds a theme open only while every input is granted, for a purpose that all of them allow (目的取交集).
create function share.check_theme(theme_id text) returns boolean language plpgsql stable security definer set search_path = pg_catalog as $$
declare allowed text[]; purpose text := nullif(current_setting('actor.purpose', true), ''); missing text; personal boolean;
begin
  select v.purposes, v.level in ('L3', 'L4') into allowed, personal from theme.theme t join theme.version v on v.theme = t.id and v.version = t.version where t.id = theme_id;
  select g.resource into missing from theme.theme t join theme.version v on v.theme = t.id and v.version = t.version,
    jsonb_array_elements(v.definition->'inputs') i
    left join catalog.grant g on g.taker = 'theme' and g.name = replace(theme_id, '-', '_') || '__' || (i->>'as')
    where t.id = theme_id and (g.id is null or g.state <> 'approved' or g.valid_until <= kernel.now()) limit 1;
  if found then raise exception 'GRANT_EXPIRED' using errcode = 'SD002', detail = coalesce(missing, ''); end if;
  if not coalesce(personal, true) then return true; end if;
  if purpose is null then raise exception 'PURPOSE_REQUIRED' using errcode = 'SD001'; end if;
  if not purpose = any (allowed) then raise exception 'PURPOSE_NOT_ALLOWED' using errcode = 'SD003'; end if;
  return true;
end $$;

-- Makes the view of a theme's published version; one that copies (extract) reads a materialized view that refreshes.
create function share.apply_theme(theme_id text) returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
  v record; input record; col record; tables text := ''; selected text[] := '{}'; groups text[] := '{}'; conditions text[] := '{}'; body text; outer_view text; inner_view text; filter jsonb; grouped boolean; joined text; place int := 0;
begin
  if kernel.actor('module') is distinct from 'theme' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  select x.definition as d, x.level into strict v from theme.theme t join theme.version x on x.theme = t.id and x.version = t.version where t.id = theme_id;
  outer_view := 'theme__' || replace(theme_id, '-', '_');
  inner_view := 'theme_rows__' || replace(theme_id, '-', '_');
  grouped := v.d ? 'count';
  for input in
    select i->>'as' as alias, r.id, r.schema_name, r.table_name, g.row_filter, i->'rows' as rows
    from jsonb_array_elements(v.d->'inputs') with ordinality y(i, ord) join catalog.resource r on r.id = i->>'resource'
      join catalog.grant g on g.taker = 'theme' and g.name = replace(theme_id, '-', '_') || '__' || (i->>'as') order by y.ord
  loop
    place := place + 1;
    if place = 1 then
      tables := format('%I.%I %I', input.schema_name, input.table_name, input.alias);
    else
      select string_agg(format('%I.%I = %I.%I', split_part(j->>'left', '.', 1), lf.column_name, split_part(j->>'right', '.', 1), rf.column_name), ' and '),
             case when bool_or((j->>'required')::boolean) then 'join' else 'left join' end
        into strict body, joined
        from jsonb_array_elements(v.d->'joins') j
        join jsonb_array_elements(v.d->'inputs') li on li->>'as' = split_part(j->>'left', '.', 1)
        join catalog.field lf on lf.resource = li->>'resource' and lf.name = split_part(j->>'left', '.', 2)
        join catalog.field rf on rf.resource = input.id and rf.name = split_part(j->>'right', '.', 2)
        where split_part(j->>'right', '.', 1) = input.alias;
      tables := tables || format(' %s %I.%I %I on %s', joined, input.schema_name, input.table_name, input.alias, body);
    end if;
    -- Rows: what the steward narrows, and what the supplier's grant narrows.
    for filter in select * from jsonb_array_elements(coalesce(input.rows, '[]') || coalesce(input.row_filter, '[]')) loop
      conditions := conditions || (select format('%I.%I::text = any (%L::text[])', input.alias, f.column_name, array(select jsonb_array_elements_text(filter->'in')))
        from catalog.field f where f.resource = input.id and f.name = filter->>'field');
    end loop;
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
  if grouped then
    -- A cell with too few persons is not there at all; the floor is the rule of the day on which the theme was published.
    selected := selected || format('count(*)::int as %I', v.d->'count'->>'name');
  end if;
  body := 'select ' || array_to_string(selected, ', ') || ' from ' || tables
    || case when cardinality(conditions) > 0 then ' where ' || array_to_string(conditions, ' and ') else '' end
    || case when grouped then ' group by ' || array_to_string(groups, ', ') || format(' having count(*) >= %s', (v.d->'count'->>'least')::int) else '' end;
  execute format('drop view if exists share.%I cascade', outer_view);
  execute format('drop materialized view if exists share.%I', inner_view);
  if v.d->>'kind' = 'extract' then
    execute format('create materialized view share.%I as %s', inner_view, body);
    body := format('select * from share.%I', inner_view);
  end if;
  execute format('create view share.%I with (security_barrier = true) as select t.* from (%s) t where (select share.check_theme(%L))', outer_view, body, theme_id);
  execute format('grant select on share.%I to theme_app, theme_app_all', outer_view);
  -- Views of takers hung on the old one.
  perform share.apply(g.id) from catalog.grant g where g.resource = 'theme.' || theme_id;
end $$;

-- Says how many rows of an input find no partner in a required join; where that is not more than `most`, reads the rows anew if the theme copies.
create function share.refresh_theme(theme_id text, most numeric, out rows bigint, out remainder numeric) language plpgsql security definer set search_path = pg_catalog as $$
declare v record; j record; total bigint; lost bigint;
begin
  if kernel.actor('module') is distinct from 'theme' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  select x.definition as d into strict v from theme.theme t join theme.version x on x.theme = t.id and x.version = t.version where t.id = theme_id;
  remainder := 0;
  for j in
    select lr.schema_name ls, lr.table_name lt, lf.column_name lc, rr.schema_name rs, rr.table_name rt, rf.column_name rc
    from jsonb_array_elements(v.d->'joins') e
      join jsonb_array_elements(v.d->'inputs') li on li->>'as' = split_part(e->>'left', '.', 1)
      join jsonb_array_elements(v.d->'inputs') ri on ri->>'as' = split_part(e->>'right', '.', 1)
      join catalog.resource lr on lr.id = li->>'resource' join catalog.field lf on lf.resource = lr.id and lf.name = split_part(e->>'left', '.', 2)
      join catalog.resource rr on rr.id = ri->>'resource' join catalog.field rf on rf.resource = rr.id and rf.name = split_part(e->>'right', '.', 2)
    where (e->>'required')::boolean
  loop
    execute format('select count(*), count(*) filter (where not exists (select from %I.%I r where r.%I = l.%I)) from %I.%I l', j.rs, j.rt, j.rc, j.lc, j.ls, j.lt) into total, lost;
    if total > 0 then remainder := greatest(remainder, round(lost::numeric / total, 4)); end if;
  end loop;
  if remainder > most then return; end if;
  if v.d->>'kind' = 'extract' then
    execute format('refresh materialized view share.%I', 'theme_rows__' || replace(theme_id, '-', '_'));
    execute format('select count(*) from share.%I', 'theme_rows__' || replace(theme_id, '-', '_')) into rows;
  else
    rows := null;
  end if;
end $$;
-- Some rows of a theme for its masked sample, in no order that says anything.
create function share.theme_rows(theme_id text, most int) returns setof jsonb language plpgsql stable security definer set search_path = pg_catalog as $$
begin
  if kernel.actor('module') is distinct from 'theme' then raise exception 'NOT_ALLOWED' using errcode = '42501'; end if;
  return query execute format('select to_jsonb(t) from share.%I t order by md5(t::text) limit %s', 'theme__' || replace(theme_id, '-', '_'), most);
end $$;
grant execute on function share.theme_rows(text, int), share.check_theme(text), share.apply_theme(text), share.refresh_theme(text, numeric) to district_module;
