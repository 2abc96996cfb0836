-- A unit that stays silent is reminded (催办) by a ladder: how many rungs were told, and when the next one is due. Nothing closes by itself.
alter table incident.case_file
  add column remind_step int not null default 0 check (remind_step >= 0),
  add column remind_at timestamptz;
create index case_remind on incident.case_file (remind_at) where remind_at is not null;
-- What runs now is reminded when it is due; what was late before this stood here is left to people.
update incident.case_file set remind_at = due_at where state in ('dispatched', 'handling') and due_at > now();
