-- A stretch of numbers of a series at once, for who is cut off for a while: the first of them. The row lock holds until the commit.
create function kernel.next_numbers(series_name text, period_name text, how_many int) returns bigint
language sql security definer set search_path = pg_catalog as $$
  insert into kernel.numbering (series, period, last) values (coalesce(kernel.actor('module'), 'kernel') || ':' || series_name, period_name, how_many)
  on conflict (series, period) do update set last = kernel.numbering.last + how_many
  returning last - how_many + 1
$$;
grant execute on function kernel.next_numbers(text, text, int) to district_module, kernel_app, kernel_app_all;
