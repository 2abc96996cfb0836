-- When an offer that nobody takes lapses: by the rule of the day on which it was made, so that a later rule does not change it.
alter table access.delegation add column lapses_at timestamptz;
update access.delegation set lapses_at = offered_at + interval '14 days' where state = 'offered';
