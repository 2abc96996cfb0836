-- Whether two cases are of the same applicant (重复收件), for the window that took one in: an enterprise's code, the keyed digest of a number, or a person's id.
create function service.received_applicant(asked text) returns text
language sql stable security definer set search_path = pg_catalog as $$
  select coalesce(applicant_entity, applicant_key, applicant_person::text) from service.case_file where code = asked and received_unit = kernel.actor('unit')
$$;
revoke execute on function service.received_applicant(text) from public;
grant execute on function service.received_applicant(text) to service_app, service_app_all;
