-- What the window that took a case in may know of it later: which items, of which unit, whose it is. No answer.
create function service.received_case(asked text)
returns table (no int, item text, title jsonb, unit text, person uuid, entity text)
language sql stable security definer set search_path = pg_catalog as $$
  select s.no, s.item, s.title, s.unit, c.applicant_person, c.applicant_entity
  from service.case_file c join service.sub_case s on s.case_id = c.id
  where c.code = asked and c.received_unit = kernel.actor('unit') order by s.no
$$;
grant execute on function service.received_case(text) to service_app, service_app_all;
