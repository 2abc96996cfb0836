-- A claim is never changed, but the envelope around an identity number in it must follow when keys are replaced. This function
-- puts a new envelope in the place of the old one, for the re-encryption only, and can touch nothing else of the row.
create function exchange.reseal_claim(claim bigint, member text, old_sealed text, new_sealed text) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
begin
  if kernel.actor('account') is distinct from 'system:reseal' or new_sealed !~ '^s1\.[A-Za-z0-9_-]+$' then
    raise exception 'only the re-encryption may replace an envelope' using errcode = '42501';
  end if;
  update exchange.claim c set payload = jsonb_set(c.payload, array[member, 's'], to_jsonb(new_sealed))
  where c.id = claim and c.payload #>> array[member, 's'] = old_sealed;
  return found;
end $$;
revoke execute on function exchange.reseal_claim(bigint, text, text, text) from exchange_app;
