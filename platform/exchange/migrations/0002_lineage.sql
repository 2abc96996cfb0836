-- Which column of a file became a field, by the version of the mapping that read it: the last link of the lineage. Column
-- names are no personal data, so every module that uses exchange may ask.
create function exchange.source_column(dataset_id text, mapping_version int, field text) returns text
language sql stable security definer set search_path = pg_catalog as $$
  select m.document -> 'fields' -> field ->> 'column' from exchange.mapping m where m.dataset = dataset_id and m.version = mapping_version
$$;
grant execute on function exchange.source_column(text, int, text) to district_module;
