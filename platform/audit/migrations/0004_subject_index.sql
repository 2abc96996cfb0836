-- One index instead of two and no foreign key: a subject's row is written by audit.record beside its access row and by nothing
-- else, neither is ever deleted, and every audited read pays for both.
alter table audit.access_subject drop constraint access_subject_access_id_fkey;
drop index audit.access_subject_recent;
alter table audit.access_subject drop constraint access_subject_pkey, add primary key (kind, subject, at, access_id);
