-- Signing keys (签名密钥) of the house and of its units, what they signed, seals (电子印章) and their use.

create table document.sign_key (
  -- First 32 hexadecimal digits of SM3 over the SubjectPublicKeyInfo.
  id text primary key check (id ~ '^[0-9a-f]{32}$'),
  -- 'house', or the id of a unit.
  owner text not null,
  title text not null,
  public_key text not null,
  -- Envelope of the keyring.
  private text not null,
  -- PEM; issued by the house's key of that time (GM/T 0015).
  certificate text not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  -- A newer key of the owner signs since then.
  replaced_at timestamptz,
  revoked_at timestamptz,
  revoked_reason text,
  revoked_by text,
  check (valid_until > valid_from),
  check ((revoked_at is null) = (revoked_reason is null))
);
create unique index sign_key_current on document.sign_key (owner) where replaced_at is null and revoked_at is null;

-- The register of what was signed (签名登记): answers who signed a content when somebody brings it back.
create table document.signature (
  id uuid primary key,
  key text not null references document.sign_key (id),
  sm3 text not null,
  sha256 text not null,
  size bigint not null,
  -- Number that people can type (证照编号), where there is one.
  number text unique check (number ~ '^[0-9A-Za-z〔〕()号字第.-]{4,80}$'),
  -- What kind of document it is, never whose.
  title text not null,
  signed_at timestamptz not null,
  statement text not null,
  signature text not null
);
create index signature_content on document.signature (sm3);

create table document.seal (
  -- Identifier of the seal (印章标识).
  id text primary key,
  unit text not null,
  name text not null,
  key text not null references document.sign_key (id),
  -- SESeal as base64 of its DER.
  der text not null,
  made_by text not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  revoked_at timestamptz,
  revoked_reason text,
  revoked_by text,
  check ((revoked_at is null) = (revoked_reason is null))
);

-- Use of a seal (用印, GB/T 33481): asked for, approved by another, used once.
create table document.seal_use (
  id uuid primary key,
  seal text not null references document.seal (id),
  unit text not null,
  reason text not null check (length(reason) between 2 and 500),
  -- SM3 of the document that is to be sealed: the approval is for this content and no other.
  sm3 text not null check (sm3 ~ '^[0-9a-f]{64}$'),
  asked_by text not null,
  asked_at timestamptz not null default kernel.now(),
  approved_by text,
  approved_at timestamptz,
  used_at timestamptz,
  check (approved_by <> asked_by),
  check ((approved_by is null) = (approved_at is null)),
  check (used_at is null or approved_at is not null)
);

revoke update, delete on document.sign_key, document.signature, document.seal, document.seal_use from document_app, document_app_all;
grant update (replaced_at, revoked_at, revoked_reason, revoked_by) on document.sign_key to document_app, document_app_all;
grant update (private) on document.sign_key to document_app_all;
grant update (revoked_at, revoked_reason, revoked_by) on document.seal to document_app, document_app_all;
grant update (approved_by, approved_at, used_at) on document.seal_use to document_app, document_app_all;
