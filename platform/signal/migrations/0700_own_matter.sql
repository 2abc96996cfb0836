-- Notices about one's own matter (本人事项的告知): another kind of message than a public warning. What somebody is a party to stands here once, with the one
-- account that is told of it and with whether it is real; both are fixed, since messages point at them.
create table signal.own_matter (
  subject uuid primary key,
  account text not null,
  about text not null check (about = 'case'),
  status text not null check (status in ('Actual', 'Exercise', 'Test')),
  since timestamptz not null,
  unique (subject, account, about, status)
);
revoke update, delete on signal.own_matter from signal_app, signal_app_all;
alter table signal.own_matter enable row level security;
create policy own on signal.own_matter to signal_app using (account = kernel.actor('account'));
create policy whole_district on signal.own_matter to signal_app_all using (true) with check (true);

alter table signal.message drop constraint message_about_check;
alter table signal.message add constraint message_about_check check (about in ('alert', 'warning', 'storm', 'order', 'case'));
-- Where the reader finds what it is about; `matter_status` carries the status of the matter into the row, as `public_warning` carries the warning.
alter table signal.message
  add column path text check (path ~ '^/(gov|citizen)(/[A-Za-z0-9-]+)+$'),
  add column matter_status text,
  add constraint message_own_matter foreign key (subject, account, about, matter_status) references signal.own_matter (subject, account, about, status);

-- A message to a citizen is about a public warning, or about a matter of the account's own that is real. Of an exercise or a test there can be no row.
alter table signal.message drop constraint citizen_by_public_warning;
alter table signal.message add constraint citizen_by_right check (not citizen
  or (about = 'warning' and public_warning is not null and public_warning = subject and matter_status is null)
  or (about = 'case' and public_warning is null and matter_status is not null and matter_status = 'Actual' and path is not null and path like '/citizen/%'));
-- And what leads to the pages of citizens is for citizens: no message of officials slips through without the mark.
alter table signal.message add constraint citizen_by_path check (path is null or citizen = (path like '/citizen/%'));
