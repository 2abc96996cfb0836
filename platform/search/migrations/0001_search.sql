-- Documents that can be found by words (全文检索): their terms and by what they are narrowed, never their text.

create table search.document (
  app text not null,
  kind text not null,
  id text not null,
  -- Units and posts that may find it; null: everyone who may ask.
  audience text[],
  -- {"level":"L1",…}: what a search is narrowed by.
  facets jsonb not null default '{}' check (jsonb_typeof(facets) = 'object'),
  -- Order among documents that match equally well.
  sort text not null,
  digest text not null,
  terms tsvector not null,
  primary key (app, kind, id)
);
-- Terms are read for each match: uncompressed and beside the row they cost a tenth.
alter table search.document alter column terms set storage external;
alter table search.document set (toast_tuple_target = 8160);
create index document_terms on search.document using gin (terms);

-- Words of documents, for questions that are misspelt.
create table search.word (
  app text not null,
  kind text not null,
  word text not null,
  sound text not null,
  pieces text[] not null,
  primary key (app, kind, word)
);
create index word_pieces on search.word using gin (pieces);

alter table search.document enable row level security;
alter table search.word enable row level security;

-- Text search is not leakproof, so that row security would keep the index from being used: these functions read past it and apply the
-- caller's app and audience themselves. `role` is still the caller's inside a function of the owner.
create function search.caller() returns text language sql stable set search_path = pg_catalog as
  $$ select replace(regexp_replace(current_setting('role'), '_app(_all)?$', ''), '_', '-') $$;
create function search.audience_of_caller() returns text[] language sql stable set search_path = pg_catalog as
  $$ select array_remove(array[kernel.actor('unit'), kernel.actor('post')], null) $$;

-- Documents that match, by the values that they are narrowed by, and the best of those that remain: names weigh most, then names of
-- parts, then the rest. Two statements, since one for both cases could not use the index.
create function search.find(kind_of text, asked text, narrowed jsonb, most int, beyond int)
returns jsonb language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  wanted tsquery := asked::tsquery;
  audience_is text[] := search.audience_of_caller();
  app_is text := search.caller();
  combinations jsonb;
  ids jsonb;
begin
  if asked is null then
    select jsonb_agg(jsonb_build_object('facets', c.facets, 'documents', c.documents)) into combinations
      from (select d.facets, count(*)::int as documents from search.document d
            where d.app = app_is and d.kind = kind_of and (d.audience is null or d.audience && audience_is) group by d.facets) c;
    select jsonb_agg(b.id order by b.sort collate "C", b.id) into ids
      from (select d.id, d.sort from search.document d
            where d.app = app_is and d.kind = kind_of and (d.audience is null or d.audience && audience_is) and d.facets @> narrowed
            order by d.sort collate "C", d.id limit most offset beyond) b;
  else
    with m as materialized (
      select d.id, d.facets, d.sort, ts_rank('{0.02,0.1,0.4,1}', d.terms, wanted, 1) as rank from search.document d
      where d.terms @@ wanted and d.app = app_is and d.kind = kind_of and (d.audience is null or d.audience && audience_is))
    select (select jsonb_agg(jsonb_build_object('facets', c.facets, 'documents', c.documents)) from (select m.facets, count(*)::int as documents from m group by m.facets) c),
      (select jsonb_agg(b.id order by b.rank desc, b.sort collate "C", b.id)
       from (select * from m where m.facets @> narrowed order by m.rank desc, m.sort collate "C", m.id limit most offset beyond) b)
      into combinations, ids;
  end if;
  return jsonb_build_object('combinations', coalesce(combinations, '[]'), 'ids', coalesce(ids, '[]'));
end $$;

create function search.holds(kind_of text, asked text) returns boolean language plpgsql stable security definer set search_path = pg_catalog as $$
declare
  wanted tsquery := asked::tsquery;
begin
  return exists (select from search.document d where d.terms @@ wanted and d.app = search.caller() and d.kind = kind_of
    and (d.audience is null or d.audience && search.audience_of_caller()));
end $$;

-- Words that share pieces with a misspelt one, the likeliest first.
create function search.alike(kind_of text, wanted text[], most int)
returns table (word text, sound text) language sql stable security definer set search_path = pg_catalog as $$
  select w.word, w.sound from search.word w
  where w.app = search.caller() and w.kind = kind_of and w.pieces && wanted
  order by (select count(*) from unnest(w.pieces) p where p = any (wanted)) * 2.0 / (cardinality(w.pieces) + cardinality(wanted)) desc, w.word collate "C"
  limit most
$$;

grant execute on function search.caller(), search.audience_of_caller(), search.find(text, text, jsonb, int, int),
  search.holds(text, text), search.alike(text, text[], int) to district_module;
