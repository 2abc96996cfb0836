-- A code or a refresh token is used up and its successors are written: one statement, so one journey, and either all of it or
-- nothing. The grant is held first: who ends the family removes it first and then sees everything that was written.
create function identity.exchange(used_model text, used_digest text, used_grant text, used_at timestamptz, items jsonb) returns void
language plpgsql as $$
begin
  perform 1 from identity.oidc_item where model = 'Grant' and digest = used_grant for key share;
  if not found then raise exception 'used twice'; end if;
  update identity.oidc_item set consumed_at = used_at where model = used_model and digest = used_digest and consumed_at is null;
  if not found then raise exception 'used twice'; end if;
  insert into identity.oidc_item (model, digest, grant_digest, account, client, payload, expires_at)
    select i.model, i.digest, used_grant, i.account, i.client, i.payload, i.expires_at
    from jsonb_to_recordset(items) as i(model text, digest text, account text, client text, payload text, expires_at timestamptz);
end $$;
