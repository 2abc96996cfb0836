-- Times of clocks for whoever supervises them (电子监察): no subject, no document, no person; each module's rows stay behind its own policy.
create function calendar.times_of(clocks uuid[]) returns table (id uuid, app text, kind text, amount int, unit text, started_at timestamptz, due_at timestamptz, amber_at timestamptz,
  provisional boolean, state text, ended_at timestamptz, stops jsonb)
language sql stable security definer set search_path = pg_catalog as $$
  select c.id, c.app, c.kind, c.amount, c.unit, c.started_at, c.due_at, c.amber_at, c.provisional, c.state, c.ended_at,
    (select coalesce(jsonb_agg(jsonb_build_object('reason', s.reason, 'from', s.begun_at, 'to', s.ended_at) order by s.begun_at), '[]') from calendar.stop s where s.clock = c.id)
  from calendar.clock c where c.id = any (clocks)
$$;
revoke execute on function calendar.times_of(uuid[]) from public;
grant execute on function calendar.times_of(uuid[]) to district_module;
