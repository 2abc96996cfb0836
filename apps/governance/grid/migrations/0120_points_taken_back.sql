-- Points are taken back by a line of their own (冲回), never by changing one: when the case of a report is refused, cancelled or withdrawn after it earned something.
-- What was spent meanwhile is not asked back, so a balance never falls below zero.
alter table grid.points drop constraint points_kind_check;
alter table grid.points add constraint points_kind_check check (kind in ('report', 'follow', 'voucher', 'ticket', 'reversal', 'restored'));
alter table grid.points drop constraint points_check;
alter table grid.points add constraint points_check
  check (case when kind in ('report', 'follow', 'restored') then amount >= 0 when kind = 'reversal' then amount <= 0 else amount < 0 end);
-- Which line it takes back or gives again, and why: the reporter's own case, in the words that they were told.
alter table grid.points add column of_line uuid references grid.points;
alter table grid.points add column note text check (length(note) <= 1000);
alter table grid.points add constraint points_of_line check ((kind in ('reversal', 'restored')) = (of_line is not null));
create unique index points_of_line_once on grid.points (of_line, kind) where of_line is not null;

-- A word against taking back (异议), once, which a person decides.
create table grid.points_objection (
  reversal uuid primary key references grid.points,
  person uuid not null,
  text text not null check (length(text) between 4 and 1000),
  asked_at timestamptz not null,
  outcome text check (outcome in ('restored', 'upheld')),
  outcome_reason text check (length(outcome_reason) between 4 and 1000),
  decided_by text,
  decided_at timestamptz,
  check ((outcome is null) = (decided_at is null) and (outcome is null) = (outcome_reason is null))
);
revoke delete on grid.points_objection from grid_app, grid_app_all;
alter table grid.points_objection enable row level security;
create policy own on grid.points_objection to grid_app using (person = (select kernel.actor('person')::uuid) and (select kernel.actor('post')) = 'citizen');
create policy whole_district on grid.points_objection to grid_app_all using (true) with check (true);
