-- Three-way reconciliation (户管比对): what two registers say differently is a case with an owner and a clock, until the data agree.

create table legal_entity.finding (
  id uuid primary key,
  uscc text collate "C" not null,
  name text,
  kind text not null check (kind in ('not-taxed', 'not-registered', 'cancelled-invoicing', 'foreign-filing-missing', 'not-registered-here', 'taxed-elsewhere')),
  owner_unit text not null,
  committee_code text collate "C",
  building_code text collate "C",
  state text not null default 'open' check (state in ('open', 'answered', 'closed')),
  opened_at timestamptz not null,
  clock uuid not null,
  -- How often the same was found again after it had been closed.
  recurs int not null default 0,
  -- What each side says: [{"attribute","unit","value","claim"}].
  evidence jsonb not null,
  late_at timestamptz,
  answered_at timestamptz,
  answered_name text,
  answered_unit text,
  result text check (result in ('source-wrong', 'firm-notified', 'legitimate', 'not-found')),
  answer text,
  closed_at timestamptz,
  check ((state = 'closed') = (closed_at is not null)),
  check (num_nulls(answered_at, result, answer) in (0, 3))
);
create unique index finding_open on legal_entity.finding (uscc, kind) where state <> 'closed';
create index finding_board on legal_entity.finding (owner_unit, state, opened_at);
create index finding_firm on legal_entity.finding (uscc);

-- What happened to a finding; never changed.
create table legal_entity.finding_step (
  seq bigint generated always as identity primary key,
  finding uuid not null references legal_entity.finding,
  step text not null,
  name text,
  unit text,
  note text,
  at timestamptz not null
);
create index finding_step_of on legal_entity.finding_step (finding, seq);

-- A service visit (服务走访) that a street has ordered on a finding.
create table legal_entity.visit (
  id uuid primary key,
  finding uuid not null references legal_entity.finding,
  uscc text collate "C" not null,
  unit text not null,
  building_code text collate "C",
  committee_code text collate "C",
  clock uuid not null,
  state text not null default 'open' check (state in ('open', 'done')),
  ordered_by text not null,
  ordered_name text not null,
  ordered_at timestamptz not null,
  done_at timestamptz,
  report text,
  check ((state = 'done') = (done_at is not null))
);
create unique index visit_open on legal_entity.visit (finding) where state = 'open';
create index visit_unit on legal_entity.visit (unit, state);
revoke delete on legal_entity.finding, legal_entity.visit from legal_entity_app, legal_entity_app_all;
revoke update, delete on legal_entity.finding_step from legal_entity_app, legal_entity_app_all;

alter table legal_entity.finding enable row level security;
alter table legal_entity.finding_step enable row level security;
alter table legal_entity.visit enable row level security;
-- A street sees what lies in its area; a unit sees what it owns; district-wide posts see all.
create policy own on legal_entity.finding to legal_entity_app
  using (owner_unit = (select kernel.actor('unit')) or (committee_code >= (select kernel.area_from()) and committee_code < (select kernel.area_to())));
create policy own on legal_entity.visit to legal_entity_app
  using (unit = (select kernel.actor('unit')) or (committee_code >= (select kernel.area_from()) and committee_code < (select kernel.area_to())));
create policy with_finding on legal_entity.finding_step to legal_entity_app using (exists (select from legal_entity.finding f where f.id = finding_step.finding));
create policy all_findings on legal_entity.finding to legal_entity_app_all using (true) with check (true);
create policy all_visits on legal_entity.visit to legal_entity_app_all using (true) with check (true);
create policy all_steps on legal_entity.finding_step to legal_entity_app_all using (true) with check (true);
