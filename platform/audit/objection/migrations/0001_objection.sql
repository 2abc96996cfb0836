-- Objections (异议) of residents and enterprises against a look at their data. The look itself stays in audit.access, unchanged.
create table objection.objection (
  id uuid primary key,
  access_id uuid not null,
  objector_person uuid,
  objector_entity text collate "C",
  objector_name text not null,
  filed_by text not null,
  text text not null check (length(text) between 4 and 1000),
  filed_at timestamptz not null,
  -- Who looked and how, copied from the entry so that the unit which answers need not read the audit.
  looker_account text not null,
  looker_name text not null,
  looker_unit text,
  looked_at timestamptz not null,
  look_route text not null,
  look_purpose text,
  look_fields text[] not null,
  -- Whose task it is: the unit that looked, or the security auditor where it has no unit or its own head looked.
  addressee text not null check (addressee in ('unit', 'auditor')),
  clock uuid not null,
  state text not null check (state in ('open', 'answered', 'withdrawn')),
  -- Its time is over without an answer; the auditor has been told.
  overdue_at timestamptz,
  finding text check (finding in ('justified', 'not-justified')),
  answer text check (length(answer) between 4 and 1000),
  answered_by text,
  answered_name text,
  closed_at timestamptz,
  check (num_nonnulls(objector_person, objector_entity) = 1),
  check ((addressee = 'unit') <= (looker_unit is not null)),
  check ((state = 'open') = (closed_at is null)),
  check ((state = 'answered') = (num_nulls(finding, answer, answered_by, answered_name) = 0)),
  -- Nobody judges their own look, and no machine does.
  check (answered_by <> looker_account),
  check (answered_by not like 'system:%')
);
create unique index objection_one on objection.objection (access_id, coalesce(objector_person::text, objector_entity)) where state = 'open';
create index objection_person on objection.objection (objector_person, filed_at desc) where objector_person is not null;
create index objection_entity on objection.objection (objector_entity, filed_at desc) where objector_entity is not null;
create index objection_unit on objection.objection (looker_unit, state);
revoke delete on objection.objection from objection_app, objection_app_all;

alter table objection.objection enable row level security;
-- The objector sees their own; whoever acts for somebody sees none of theirs.
create policy of_the_person on objection.objection to objection_app
  using (objector_person = (select kernel.actor('person')::uuid) and (select kernel.actor('behalf')) is null);
create policy of_the_entity on objection.objection to objection_app
  using (objector_entity = (select kernel.actor('entity')) and (select kernel.actor('behalf')) is null);
-- The head of the unit that looked.
create policy of_the_unit on objection.objection to objection_app
  using (addressee = 'unit' and looker_unit = (select kernel.actor('unit')) and (select kernel.actor('post')) = 'unit-head');
create policy whole_district on objection.objection to objection_app_all using (true) with check (true);
