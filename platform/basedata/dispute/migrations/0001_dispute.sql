-- Disputes (异议/校核) about values of base databases, and the corrections that flow back to their sources. Rows belong to the base
-- database (`app`) that holds the value; what was claimed and what the sources said rests sealed.
create table dispute.dispute (
  id uuid primary key,
  app text not null,
  subject_person uuid,
  subject_entity text collate "C",
  attribute text not null,
  -- What should stand there instead; null = only that what stands there is wrong.
  claimed text,
  -- Name of the subject and what each source said when it was filed.
  stated text not null,
  reason text not null check (length(reason) between 4 and 1000),
  evidence text check (length(evidence) between 2 and 500),
  filed_by text not null,
  filed_name text not null,
  -- The department that disputes; null = the person or the enterprise.
  filed_unit text,
  filed_at timestamptz not null,
  -- Unit of the source whose value stands: whose task it is.
  unit text not null,
  source_claim bigint,
  -- An appeal (复核) is a dispute of its own, once, and the resource centre's task.
  appeal_of uuid unique references dispute.dispute,
  addressee text not null check (addressee in ('unit', 'centre')),
  clock uuid not null,
  state text not null check (state in ('open', 'accepted', 'refused', 'withdrawn')),
  -- Its time is over without an answer: the resource centre may answer as well.
  escalated_at timestamptz,
  answer text check (length(answer) between 4 and 1000),
  answered_by text,
  answered_name text,
  answered_unit text,
  closed_at timestamptz,
  check (num_nonnulls(subject_person, subject_entity) = 1),
  check ((appeal_of is null) = (addressee = 'unit')),
  check ((state = 'open') = (closed_at is null)),
  check ((state in ('accepted', 'refused')) = (num_nulls(answer, answered_by, answered_name) = 0)),
  -- Nobody decides their own dispute, and no machine decides one.
  check (answered_by <> filed_by),
  check (answered_by not like 'system:%')
);
-- One dispute at a time about one value.
create unique index dispute_open on dispute.dispute (app, (coalesce(subject_person::text, subject_entity)), attribute) where state = 'open';
create index dispute_subject on dispute.dispute (app, (coalesce(subject_person::text, subject_entity)), filed_at desc);
create index dispute_unit on dispute.dispute (unit, state, filed_at);
create index dispute_filer on dispute.dispute (filed_unit, filed_at desc) where filed_unit is not null;

-- What goes back to a source (更正回流): which of its records says what wrongly, and what is right. In order of `seq`.
create table dispute.correction (
  seq bigint generated always as identity primary key,
  app text not null,
  dispute uuid not null unique references dispute.dispute,
  unit text not null,
  dataset text,
  -- Number of the row in the file that it came in, for the source to find its record.
  row_no int,
  subject_person uuid,
  subject_entity text collate "C",
  attribute text not null,
  value text,
  made_at timestamptz not null default kernel.now(),
  -- The source itself says so now, or has come to say something else than what was wrong.
  adopted_at timestamptz
);
create index correction_unit on dispute.correction (unit, seq);
create index correction_open on dispute.correction (app, unit) where adopted_at is null;
revoke delete on dispute.dispute, dispute.correction from dispute_app, dispute_app_all;

alter table dispute.dispute enable row level security;
alter table dispute.correction enable row level security;
-- The person and the enterprise see what is disputed about them, whoever filed it; whoever acts for somebody sees none of theirs.
create policy of_the_person on dispute.dispute to dispute_app
  using (subject_person = (select nullif(kernel.actor('person'), '')::uuid) and (select kernel.actor('behalf')) is null);
create policy of_the_entity on dispute.dispute to dispute_app
  using (subject_entity = (select kernel.actor('entity')) and (select kernel.actor('behalf')) is null);
create policy of_the_filer on dispute.dispute to dispute_app using (filed_unit = (select kernel.actor('unit')));
create policy of_the_source on dispute.dispute to dispute_app
  using (unit = (select kernel.actor('unit')) and addressee = 'unit' and (select kernel.actor('post')) in ('data-officer', 'unit-head'));
create policy whole_district on dispute.dispute to dispute_app_all using (true) with check (true);
create policy of_the_source on dispute.correction for select to dispute_app using (unit = (select kernel.actor('unit')));
create policy whole_district on dispute.correction to dispute_app_all using (true) with check (true);
