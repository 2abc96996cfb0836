-- Whom a system has had sign in (接入应用的用户): by the number that the person has there, which nobody can turn back into an account.
-- Only about these may the system ask what they may do.
create table identity.client_subject (
  client text collate "C" not null references identity.client on delete cascade,
  subject text collate "C" not null,
  account text collate "C" not null references identity.account on delete cascade,
  seen_at timestamptz not null,
  primary key (client, subject)
);
create index client_subject_account on identity.client_subject (account);
