-- The grid cell of a point for modules that use geo, in their own statements: the lowest code among the cells that hold
-- it, edges included, as the index in memory answers. Areas are public (L1), so it tells nothing that may not be known.
create function geo.cell_of(place public.geometry) returns text language sql stable security definer set search_path = pg_catalog, public as $$
  select min(a.code) from geo.area a
  where a.level = 'cell' and ST_Intersects(a.geometry, place)
    and a.valid_from <= kernel.now()::date and (a.valid_to is null or a.valid_to > kernel.now()::date)
$$;
grant execute on function geo.cell_of(public.geometry) to district_module;
