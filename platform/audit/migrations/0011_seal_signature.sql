-- Seals are signed (SM2, GB/T 32918): whoever can write to the database but does not hold the key file cannot make one.
create table audit.seal_key (
  id text primary key,
  public_key text not null,
  -- The private key, as an envelope of the key ring.
  private text not null,
  since timestamptz not null
);
revoke update, delete on audit.seal_key from audit_app, audit_app_all;
-- Only so that the envelope is sealed anew when keys are replaced.
grant update (private) on audit.seal_key to audit_app, audit_app_all;

-- `rows` names each row with a mark of its digest, so that a missing or added row is named and not only its batch.
alter table audit.seal add column rows text[], add column key_id text references audit.seal_key, add column signature text;

-- The verifier reads the subjects of a batch; a block range index costs the writers next to nothing.
create index access_subject_at on audit.access_subject using brin (at);
