-- Consent to hand data to a third party (第三方授权, M2): one recipient, one purpose, named items, a term; signed by the platform over
-- its canonical text, so that it can be shown later what was agreed to.
create table access.consent_purpose (
  code text primary key,
  title jsonb not null,
  basis jsonb not null,
  verified_by text
);
insert into access.consent_purpose (code, title, basis) values
 ('loan', '{"zh":"申请贷款","en":"Apply for a loan"}', '{"source":"中华人民共和国个人信息保护法","article":"第十三条第一款第一项、第二十三条","en":"Personal Information Protection Law, art. 13(1)(1), 23"}'),
 ('insurance', '{"zh":"投保与理赔","en":"Insurance and claims"}', '{"source":"中华人民共和国个人信息保护法","article":"第十三条第一款第一项、第二十三条","en":"Personal Information Protection Law, art. 13(1)(1), 23"}'),
 ('employment', '{"zh":"求职与录用","en":"Employment"}', '{"source":"中华人民共和国个人信息保护法","article":"第十三条第一款第一项、第二十三条","en":"Personal Information Protection Law, art. 13(1)(1), 23"}'),
 ('matching', '{"zh":"供需对接","en":"Matching of supply and demand"}', '{"source":"中华人民共和国民法典","article":"第五百零九条","en":"Civil Code, art. 509"}');

create table access.consent_key (
  id text primary key,
  public_key text not null,
  private text not null,
  since timestamptz not null
);

create table access.consent (
  id uuid primary key,
  number text not null unique,
  subject_person uuid,
  subject_entity text collate "C",
  subject_name text not null,
  recipient text not null,
  recipient_name text not null,
  items text[] not null check (cardinality(items) between 1 and 50),
  purpose text not null references access.consent_purpose,
  mode text not null check (mode in ('once', 'continuous')),
  valid_from timestamptz not null,
  valid_to timestamptz not null,
  given_by text not null,
  given_at timestamptz not null,
  licence text,
  statement text not null,
  signature text not null,
  key_id text not null references access.consent_key,
  used_at timestamptz,
  revoked_at timestamptz,
  revoked_by text,
  check (valid_from < valid_to),
  check (num_nonnulls(subject_person, subject_entity) = 1)
);
create index consent_person on access.consent (subject_person, given_at desc) where subject_person is not null;
create index consent_entity on access.consent (subject_entity, given_at desc) where subject_entity is not null;
create table access.consent_use (
  id uuid primary key,
  consent uuid not null references access.consent,
  at timestamptz not null,
  module text not null,
  items text[] not null,
  trace text
);
create index consent_use_of on access.consent_use (consent, at desc);
revoke delete on access.consent, access.consent_purpose, access.consent_key, access.consent_use from access_app, access_app_all;
revoke update on access.consent_use, access.consent_key from access_app, access_app_all;
-- Only so that the envelope is sealed anew when keys are replaced.
grant update (private) on access.consent_key to access_app, access_app_all;

alter table access.consent enable row level security;
alter table access.consent_use enable row level security;
create policy of_the_person on access.consent to access_app
  using (subject_person = (select kernel.actor('person')::uuid) and (select kernel.actor('behalf')) is null);
create policy of_the_entity on access.consent to access_app
  using (subject_entity = (select kernel.actor('entity')) and (select kernel.actor('behalf')) is null);
create policy whole_district on access.consent to access_app_all using ((select kernel.actor('post')) is null) with check (true);
create policy with_the_consent on access.consent_use to access_app using (exists (select from access.consent c where c.id = consent));
create policy whole_district on access.consent_use to access_app_all using ((select kernel.actor('post')) is null) with check (true);

-- Uses a consent (凭授权取数): says which holds for these items, and notes the use; a single one is used up. Nothing is kept between
-- calls, so a consent that was revoked a moment ago does not hold.
create function access.use_consent(subject_kind text, subject text, wanted_recipient text, wanted_purpose text, wanted_items text[]) returns uuid
language plpgsql security definer set search_path = pg_catalog as $$
declare found_id uuid; found_mode text; now_is timestamptz := kernel.now();
begin
  if cardinality(wanted_items) = 0 then return null; end if;
  select c.id, c.mode into found_id, found_mode from access.consent c
  where case subject_kind when 'person' then c.subject_person::text when 'entity' then c.subject_entity end = subject
    and c.recipient = wanted_recipient and c.purpose = wanted_purpose and wanted_items <@ c.items
    and c.revoked_at is null and c.valid_from <= now_is and c.valid_to > now_is and (c.mode = 'continuous' or c.used_at is null)
  order by c.mode, c.given_at limit 1 for update;
  if found_id is null then return null; end if;
  update access.consent set used_at = now_is where id = found_id;
  insert into access.consent_use (id, consent, at, module, items, trace)
  values (kernel.uuidv7(), found_id, now_is, coalesce(kernel.actor('module'), ''), wanted_items, kernel.actor('trace'));
  return found_id;
end $$;
grant execute on function access.use_consent(text, text, text, text, text[]) to district_module;
