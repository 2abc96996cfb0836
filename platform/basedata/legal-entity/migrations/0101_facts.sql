-- What hangs on an enterprise: places, roles, licences, and what the tax authority says of it in bands. Open rows have tx_to null.

-- Where an enterprise is (驻地): registered, filed as premises, trading as seen, taxed. A building is known by its address.
create table legal_entity.presence (
  uscc text collate "C" not null,
  kind text not null check (kind in ('registered', 'premises', 'business', 'trading', 'tax')),
  address text not null,
  building_code text collate "C",
  room text,
  committee_code text collate "C",
  tx_from timestamptz not null,
  tx_to timestamptz,
  primary key (uscc, kind, tx_from),
  check (tx_from < tx_to)
);
create unique index presence_now on legal_entity.presence (uscc, kind) where tx_to is null;
create index presence_building on legal_entity.presence (building_code, kind, room) where tx_to is null;

-- Who holds what of an enterprise, or an office in it (股东、任职). Persons are known by the digest of their number, never by the number.
create table legal_entity.role (
  uscc text collate "C" not null,
  holder text not null,
  kind text not null check (kind in ('shareholder', 'director', 'supervisor', 'legal-representative')),
  holder_kind text not null check (holder_kind in ('entity', 'person')),
  holder_name text,
  -- Of a shareholder: percent of the capital. Of a director: who has appointed them, as a holder.
  percent numeric,
  appointed_by text,
  -- Held for somebody else (代持), as the source hints.
  nominee boolean not null default false,
  since date,
  source jsonb not null,
  tx_from timestamptz not null,
  tx_to timestamptz,
  primary key (uscc, holder, kind, tx_from),
  check (tx_from < tx_to)
);
create unique index role_now on legal_entity.role (uscc, holder, kind) where tx_to is null;
create index role_holder on legal_entity.role (holder) where tx_to is null;

create table legal_entity.licence (
  number text not null,
  uscc text collate "C" not null,
  kind text not null,
  scope text,
  issuer text not null,
  valid_to date,
  source jsonb not null,
  tx_from timestamptz not null,
  tx_to timestamptz,
  primary key (number, kind, tx_from),
  check (tx_from < tx_to)
);
create unique index licence_now on legal_entity.licence (number, kind) where tx_to is null;
create index licence_uscc on legal_entity.licence (uscc) where tx_to is null;

-- On what the tax authority may tell anything (Law on Tax Collection art. 8, art. 54–59 of its rules): consent or a statutory basis.
create table legal_entity.tax_authorisation (
  id text primary key,
  basis text not null check (basis in ('consent', 'statute')),
  document text not null,
  valid_from date not null,
  valid_to date
);

-- What the tax authority says: bands (区间档), never an amount. Sensitive.
create table legal_entity.tax_standing (
  uscc text collate "C" primary key,
  period text not null,
  revenue_band text,
  assets_band text,
  tax_band text,
  arrears boolean,
  last_invoice_on date,
  authorisation text not null references legal_entity.tax_authorisation,
  source jsonb not null,
  tx_from timestamptz not null
);
create table legal_entity.tax_standing_version (
  uscc text collate "C" not null,
  tx_from timestamptz not null,
  tx_to timestamptz not null,
  record jsonb not null,
  primary key (uscc, tx_from),
  check (tx_from < tx_to)
);
revoke update, delete on legal_entity.tax_standing_version from legal_entity_app, legal_entity_app_all;

alter table legal_entity.role enable row level security;
alter table legal_entity.tax_standing enable row level security;
alter table legal_entity.tax_standing_version enable row level security;
alter table legal_entity.tax_authorisation enable row level security;
-- A post sees the people in firms of its area, and in those of no known place; the owners of an enterprise lie anywhere, which the function below looks up.
create policy own_area on legal_entity.role for select to legal_entity_app using (exists (
  select from legal_entity.entity e where e.uscc = role.uscc and (e.committee_code is null or (e.committee_code >= (select kernel.area_from()) and e.committee_code < (select kernel.area_to())))));
create policy all_roles on legal_entity.role to legal_entity_app_all using (true) with check (true);
-- Tax secrecy: who sees it is a unit, not an area. Loads write under the second role and read through the function below.
create policy tax_only on legal_entity.tax_standing for select to legal_entity_app using (
  kernel.actor('unit') = 'tax' or uscc = nullif(kernel.actor('entity'), ''));
create policy tax_and_loads on legal_entity.tax_standing to legal_entity_app_all using (
  kernel.actor('unit') = 'tax' or kernel.actor('account') like 'system:%') with check (true);
create policy tax_only on legal_entity.tax_standing_version to legal_entity_app_all using (
  kernel.actor('unit') = 'tax' or kernel.actor('account') like 'system:%') with check (true);
create policy tax_only on legal_entity.tax_authorisation for select to legal_entity_app using (kernel.actor('unit') = 'tax');
create policy all_authorisations on legal_entity.tax_authorisation to legal_entity_app_all using (true) with check (true);

-- Every edge of ownership and office above and below an enterprise, whatever the area of the caller: a chain of owners is one thing. A
-- firm's persons are told by digest and name, as the policies of the route allow.
create function legal_entity.edges_above(root text, most int) returns setof legal_entity.role
language sql stable security definer set search_path = pg_catalog as $$
  with recursive above(uscc) as (
    select root
    union
    select substr(r.holder, 6) from above a join legal_entity.role r on r.uscc = a.uscc and r.tx_to is null and r.kind = 'shareholder' and r.holder like 'uscc:%'
  ), few as (select uscc from above limit most)
  select r.* from few join legal_entity.role r on r.uscc = few.uscc and r.tx_to is null
$$;
revoke all on function legal_entity.edges_above(text, int) from public;
grant execute on function legal_entity.edges_above(text, int) to legal_entity_app, legal_entity_app_all;

-- The bands from which a size follows and whether there were invoices after a day, for the module's own computing: neither is told to anybody.
create function legal_entity.tax_bands(codes text[]) returns table (uscc text, period text, revenue_band text, assets_band text, last_invoice_on date)
language sql stable security definer set search_path = pg_catalog as
  $$ select t.uscc, t.period, t.revenue_band, t.assets_band, t.last_invoice_on from legal_entity.tax_standing t where t.uscc = any (codes) $$;
revoke all on function legal_entity.tax_bands(text[]) from public;
grant execute on function legal_entity.tax_bands(text[]) to legal_entity_app_all;
