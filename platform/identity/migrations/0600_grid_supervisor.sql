-- The grid supervisor (网格监督员): reports what is wrong on the beat and looks on site whether it was put right.
alter table identity.post drop constraint post_kind_check;
alter table identity.post add constraint post_kind_check check (kind in ('committee-worker', 'street-clerk', 'data-officer', 'duty-officer', 'security-auditor', 'system-administrator',
  'security-administrator', 'staffing-officer', 'unit-head', 'grid-supervisor'));
