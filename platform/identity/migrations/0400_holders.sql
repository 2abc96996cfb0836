-- How many persons hold a kind of post in a unit now: a number, so that figures of few are not made (at least five). Two accounts of one resident are one person.
create function identity.holders_of(of_unit text, of_kind text) returns int
language sql stable security definer set search_path = pg_catalog as $$
  select count(distinct coalesce(a.person_hash, a.account))::int
  from identity.assignment g join identity.account a using (account) join identity.post p on p.id = g.post
  where a.enabled and p.unit = of_unit and p.kind = of_kind and g.valid_from <= kernel.now() and (g.valid_to is null or g.valid_to > kernel.now())
    and p.valid_from <= kernel.now() and (p.valid_to is null or p.valid_to > kernel.now())
$$;
revoke execute on function identity.holders_of(text, text) from public;
grant usage on schema identity to district_module;
grant execute on function identity.holders_of(text, text) to district_module;
