-- Who commands and who answers in the operations centre: district leader (区领导) and liaison of a unit (单位联络员). The supervisor of the grid
-- (网格监督员) comes with a migration of its own and is kept here, whichever runs first.
alter table identity.post drop constraint post_kind_check;
alter table identity.post add constraint post_kind_check check (kind in ('committee-worker', 'street-clerk', 'data-officer', 'duty-officer', 'security-auditor',
  'system-administrator', 'security-administrator', 'staffing-officer', 'unit-head', 'grid-supervisor', 'district-leader', 'unit-liaison'));
