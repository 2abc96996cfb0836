-- The three administrators apart (三员: system, security, audit), the officer who moves posts, and the head of a unit.
alter table identity.account drop constraint account_post_check;
alter table identity.account add constraint account_post_check check (post in ('citizen', 'enterprise-agent', 'committee-worker', 'street-clerk', 'data-officer', 'duty-officer',
  'security-auditor', 'system-administrator', 'security-administrator', 'staffing-officer', 'unit-head'));
