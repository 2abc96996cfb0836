-- How many fields the one form had, and how many of them nobody had to fill in (预填率): counted when it is filed, null of older cases.
alter table service.case_file
  add column fields int,
  add column prefilled int,
  add check (prefilled between 0 and fields),
  add check ((fields is null) = (prefilled is null));
create index sub_case_received on service.sub_case (received_at);
