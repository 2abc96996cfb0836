-- What a phone sends again while the first is still on its way (another request with the same client id) waits for it and finds it: it was a fault of the
-- server before. The lock ends with the transaction; each statement of these functions sees what was committed when it begins.
create or replace function incident.report_of_client(sender text, sent uuid)
returns table (id uuid, case_id uuid, no text, token uuid, state text, reported_at timestamptz, street text)
language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(sender || ' ' || sent, 745));
  return query
    select r.id, c.id, c.no, r.token, c.state, r.at, c.street from incident.report r join incident.case_file c on c.id = r.case_id
    where r.account = sender and r.client_id = sent;
end
$$;

create or replace function incident.outside_of_client(sender text, sent uuid)
returns table (id uuid, no text, token uuid, state text, at timestamptz, neighbour_name jsonb, near_line boolean)
language plpgsql volatile security definer set search_path = pg_catalog as $$
begin
  perform pg_advisory_xact_lock(hashtextextended(sender || ' ' || sent, 745));
  return query
    select o.id, o.no, o.token, o.state, o.at, o.neighbour_name, o.near_line from incident.outside_report o where o.account = sender and o.client_id = sent;
end
$$;

-- The same client id is the same report, whichever case it was filed under.
create or replace function incident.follow_case(case_no text, new_report uuid, sent uuid, words text, moment timestamptz, secret uuid)
returns table (report uuid, case_id uuid, token uuid, state text, fresh boolean)
language plpgsql security definer set search_path = pg_catalog as $$
declare
  held incident.case_file;
  earlier incident.report;
  caller text := kernel.actor('account');
  me uuid := case when kernel.actor('post') = 'citizen' then kernel.actor('person')::uuid end;
  firm text := case when kernel.actor('post') = 'enterprise-agent' then kernel.actor('entity') end;
begin
  perform pg_advisory_xact_lock(hashtextextended(caller || ' ' || sent, 745));
  select * into held from incident.case_file c where c.no = case_no and c.closed_at is null for update;
  if held.id is null then return; end if;
  select * into earlier from incident.report r where r.account = caller and r.client_id = sent;
  if earlier.id is null then
    select * into earlier from incident.report r where r.case_id = held.id and r.withdrawn_at is null and (r.person = me or r.entity = firm) limit 1;
  end if;
  if earlier.id is not null then
    return query select earlier.id, c.id, earlier.token, c.state, false from incident.case_file c where c.id = earlier.case_id;
    return;
  end if;
  insert into incident.report (id, case_id, first_case, client_id, account, person, entity, channel, text, at, token)
  values (new_report, held.id, held.id, sent, caller, me, firm, 'citizen', words, moment, secret);
  update incident.case_file c set reports = c.reports + 1, updated_at = moment where c.id = held.id;
  return query select new_report, held.id, secret, held.state, true;
end
$$;
