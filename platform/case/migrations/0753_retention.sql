-- Retention (留存期限) of held reports and cooling-offs: what was decided goes when its term has passed. Nobody may delete single rows; only the sweep does, through this function,
-- which looks at the terms itself: what waits for a person (held, proposed, an objection that nobody has looked at) stays, however old it is, and so does a cooling-off
-- that is still on. A report of a sender whose cooling-off stands stays with it, since the objection is about it.
create index held_decided on incident.held_report (decided_at) where state <> 'held';

create function incident.sweep_held(held_before timestamptz, cooling_before timestamptz, moment timestamptz, most int)
returns table (what text, id uuid, case_id uuid, refused boolean)
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if held_before > moment or cooling_before > moment then raise exception 'a term of retention reaches back, not ahead'; end if;
  return query with gone as (
    delete from incident.cooling c where c.id in (
      select o.id from incident.cooling o
      where o.state <> 'proposed' and (o.state <> 'on' or o.until <= moment) and (o.objection is null or o.reviewed_by is not null or o.state <> 'on')
        and greatest(o.decided_at, case when o.state = 'on' then o.until end, o.objected_at, o.reviewed_at) <= cooling_before
      order by o.decided_at limit most for update skip locked)
    returning c.id)
  select 'cooling'::text, gone.id, null::uuid, false from gone;
  return query with gone as (
    delete from incident.held_report h where h.id in (
      select r.id from incident.held_report r
      where r.state <> 'held' and r.decided_at <= held_before
        and not exists (select from incident.cooling o where o.account = r.account and (o.state = 'proposed' or (o.state = 'on' and (o.until > moment or (o.objection is not null and o.reviewed_by is null)))))
      order by r.decided_at limit most for update skip locked)
    returning h.id, h.case_id, h.state)
  select 'held'::text, gone.id, gone.case_id, gone.state = 'refused' from gone;
end
$$;
revoke execute on function incident.sweep_held(timestamptz, timestamptz, timestamptz, int) from public;
grant execute on function incident.sweep_held(timestamptz, timestamptz, timestamptz, int) to incident_app_all;
