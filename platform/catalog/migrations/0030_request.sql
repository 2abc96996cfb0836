-- A request (共享申请) is a case with legal clocks: what was asked, by whom, until when it is answered and delivered, and how it ended.
create table catalog.request (
  id uuid primary key,
  grant_id uuid not null references catalog.grant,
  resource text not null references catalog.resource,
  -- Both as on the day of the request: a resource that moves to another unit later does not move its old requests.
  supplier_unit text not null,
  sharing text not null check (sharing in ('unconditional', 'conditional')),
  requester_account text not null,
  requester_name text not null,
  requester_unit text,
  asked_at timestamptz not null,
  why text not null,
  fields text[] not null check (cardinality(fields) > 0),
  purposes text[] not null check (cardinality(purposes) > 0),
  row_filter jsonb not null default '[]',
  valid_until timestamptz,
  state text not null default 'open' check (state in ('open', 'supplement', 'delivering', 'delivered', 'refused', 'revoked', 'lapsed')),
  -- The clock of the answer; that of the delivery runs from the approval on.
  clock uuid not null,
  delivery_clock uuid,
  -- Asked once, all points at once.
  supplement_points text[],
  supplement_document text,
  supplement_asked_at timestamptz,
  supplement_answers text[],
  supplement_answered_at timestamptz,
  -- The time was over without an answer: since when the unit that runs the catalogue may decide, and whose delay it is.
  escalated_at timestamptz,
  late_unit text,
  delivery_late_at timestamptz,
  decided_at timestamptz,
  decided_name text,
  decided_unit text,
  reason text,
  -- Legal basis of a refusal.
  basis text,
  -- [{"field":"…","reason":"…"}]: what was asked for and not given.
  withheld jsonb not null default '[]',
  delivered_at timestamptz,
  delivered_name text,
  delivery_note text,
  check ((state in ('open', 'supplement')) = (decided_at is null)),
  check ((state = 'refused') <= (basis is not null)),
  check ((state in ('delivering', 'delivered')) <= (delivery_clock is not null)),
  check (num_nulls(supplement_points, supplement_document, supplement_asked_at) in (0, 3)),
  check (num_nulls(supplement_answers, supplement_answered_at) in (0, 2)),
  check (supplement_answers is null or cardinality(supplement_answers) = cardinality(supplement_points))
);
create unique index request_one on catalog.request (grant_id) where state in ('open', 'supplement');
create index request_supplier on catalog.request (supplier_unit, state);
create index request_requester on catalog.request (requester_unit, asked_at desc);
revoke delete on catalog.request from catalog_app, catalog_app_all;

alter table catalog.grant_step add column request_id uuid references catalog.request;
create index grant_step_request on catalog.grant_step (request_id) where request_id is not null;

-- What two units agreed on (共享协议), word for word as it can be downloaded. Nobody can change or delete it.
create table catalog.agreement (
  id uuid primary key,
  grant_id uuid not null references catalog.grant,
  request_id uuid references catalog.request,
  resource text not null references catalog.resource,
  resource_version int not null,
  supplier_unit text not null,
  taker text not null,
  -- The unit that asked; none where only an app's manifest did.
  taker_unit text,
  fields text[] not null,
  row_filter jsonb not null,
  purposes text[] not null,
  made_at timestamptz not null,
  valid_until timestamptz,
  -- JSON-LD with the terms of ODRL, and SM3 over exactly these bytes.
  document text not null,
  digest text not null check (digest ~ '^[0-9a-f]{64}$')
);
create index agreement_grant on catalog.agreement (grant_id, made_at desc);
revoke update, delete on catalog.agreement from catalog_app, catalog_app_all;

-- Both sides see a request and its agreements, and so do the unit that runs the catalogue and auditors, whatever their reach; for others of
-- district reach the routes narrow it.
alter table catalog.request enable row level security;
alter table catalog.agreement enable row level security;
create policy both_sides on catalog.request to catalog_app
  using (supplier_unit = (select kernel.actor('unit')) or requester_unit = (select kernel.actor('unit')) or requester_account = (select kernel.actor('account')));
create policy overseen on catalog.request to catalog_app using ((select kernel.actor('unit')) = 'data-centre' or (select kernel.actor('post')) = 'security-auditor');
create policy whole_district on catalog.request to catalog_app_all using (true) with check (true);
create policy both_sides on catalog.agreement to catalog_app
  using (supplier_unit = (select kernel.actor('unit')) or taker_unit = (select kernel.actor('unit')));
create policy overseen on catalog.agreement to catalog_app using ((select kernel.actor('unit')) = 'data-centre' or (select kernel.actor('post')) = 'security-auditor');
create policy whole_district on catalog.agreement to catalog_app_all using (true) with check (true);
