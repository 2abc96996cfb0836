-- Persons who are found without an identity number: their records come and go as claims are linked (platform/linkage).

-- A golden record ends when its claims turn out to be about someone else; its versions stay.
alter table population.person_version drop constraint person_version_pid_fkey;
