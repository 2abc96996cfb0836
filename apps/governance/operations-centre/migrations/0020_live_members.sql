-- What a member stands for goes on: its state, when it was over, who found it. A copy of three words, kept by the events of its owner.
alter table ops.member add column state text;
alter table ops.member add column ended_at timestamptz;
-- public: a citizen said so; sensor: a rule of a device; staff: somebody on duty, on patrol or on the beat.
alter table ops.member add column origin text check (origin in ('public', 'sensor', 'staff'));
alter table ops.member add column sample boolean not null default false;

alter table ops.incident_entry drop constraint incident_entry_what_check;
alter table ops.incident_entry add constraint incident_entry_what_check
  check (what in ('made', 'joined', 'level', 'hypothesis', 'split', 'merged', 'closed', 'member', 'left', 'over'));
