-- An adoption ends by itself after its time (到期终止), with thanks; whoever likes to goes on asks again, and that one names the one before it.
alter table grid.adoption add column ended_by text check (ended_by in ('person', 'term'));
update grid.adoption set ended_by = 'person' where state = 'ended';
alter table grid.adoption add column renews uuid references grid.adoption;
create unique index adoption_renewed_once on grid.adoption (renews) where renews is not null and state in ('asked', 'approved');
create index adoption_until on grid.adoption (until) where state = 'approved';
