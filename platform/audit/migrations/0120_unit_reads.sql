-- How often a module has read a resource for one unit, by day and purpose: for the two sides of a grant that is one unit's alone.
create function audit.unit_reads_by_day(reader text, resource text, for_unit text, since timestamptz)
returns table (day date, purpose text, reads int, subjects int)
language sql stable security definer set search_path = pg_catalog as $$
  select (a.at at time zone 'Asia/Shanghai')::date, a.purpose, count(*)::int, sum(a.subjects)::int
  from audit.access a
  where a.at >= since and a.module = reader and a.unit = for_unit and a.outcome = 'read' and resource = any (a.resources)
  group by 1, 2 order by 1 desc, 2
$$;
grant execute on function audit.unit_reads_by_day(text, text, text, timestamptz) to district_module;

-- What proves that an entry which names a message of the gateway is in the log as it was: the entry, its subjects' digest inside of its own, and the
-- seal that holds it. The subjects themselves stay here: a proof is handed out, whom it was about is not.
create function audit.proof_of(message text, moment timestamptz) returns jsonb
language sql stable security definer set search_path = pg_catalog as $$
  select jsonb_build_object('entry', to_jsonb(a) - 'txid', 'seal', (
      select to_jsonb(s) || jsonb_build_object('from_txid', s.from_txid::text, 'to_txid', s.to_txid::text,
        'at', to_char(s.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'public_key', (select k.public_key from audit.seal_key k where k.id = s.key_id))
      from audit.seal s where a.txid > s.from_txid and a.txid <= s.to_txid))
  from audit.access a
  where kernel.actor('module') = 'gateway' and a.trace = message and a.at >= moment - interval '1 hour' and a.at <= moment + interval '1 hour'
    and a.module = 'gateway' and a.statement like 'gateway message ' || message || ' %'
  limit 1
$$;
grant execute on function audit.proof_of(text, timestamptz) to district_module;
