-- Quality of the resources in the six dimensions of GB/T 36344-2018: rules, and what was counted by day. Counts only, never rows.

-- A rule that a data steward adds to those which follow from the schema. Declarative: a kind of a closed list with its parameters.
create table catalog.quality_rule (
  id uuid primary key,
  resource text not null references catalog.resource on delete cascade,
  field text not null,
  kind text not null check (kind in ('required', 'pattern', 'enum', 'range', 'unique', 'reference', 'compare')),
  dimension text not null check (dimension in ('normative', 'complete', 'accurate', 'consistent')),
  params jsonb not null,
  why text not null,
  added_at timestamptz not null,
  added_name text not null,
  added_unit text not null,
  retired_at timestamptz,
  retired_name text
);
create index quality_rule_resource on catalog.quality_rule (resource) where retired_at is null;
revoke delete on catalog.quality_rule from catalog_app, catalog_app_all;

-- One measurement a resource and day; a later one of the day takes its place.
create table catalog.quality_run (
  resource text not null references catalog.resource on delete cascade,
  day date not null,
  measured_at timestamptz not null,
  -- Rows that were counted; fewer than the table holds where a sample was taken.
  rows bigint not null,
  sampled boolean not null,
  -- null = nothing could be measured yet.
  score numeric(5, 2) check (score between 0 and 100),
  -- {"normative": 0.98, …}: pass rates of the dimensions that were measured.
  dimensions jsonb not null,
  -- [{"id","kind","dimension","field","checked","failed","params"}]
  results jsonb not null,
  -- What was taken from outside the table: newest batch, age, state of freshness.
  freshness jsonb not null,
  primary key (resource, day)
);
