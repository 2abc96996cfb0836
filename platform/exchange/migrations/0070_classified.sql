-- Uploads that were refused because they are marked as state secrets (涉密防线, GOV-0801): who, when, the digest of the content.
-- Neither content nor file name is kept: a name may itself be secret. Append-only.
create table exchange.classified_refusal (
  id uuid primary key,
  at timestamptz not null,
  account text not null,
  unit text,
  dataset text not null,
  file_size bigint not null,
  file_digest text not null,
  level text not null check (level in ('secret', 'confidential', 'top-secret')),
  place text not null check (place in ('name', 'content')),
  trace text not null
);
create index classified_refusal_at on exchange.classified_refusal (at desc);
revoke update, delete on exchange.classified_refusal from exchange_app, exchange_app_all;
