-- Applications for relief (救助申请) that a street takes in: what was asked, and from where the rest was obtained. Rows are not changed.
create table community.relief (
  id uuid primary key default kernel.uuidv7(),
  pid uuid not null,
  committee_code text collate "C" not null,
  kind text not null,
  answers jsonb not null,
  -- field → {resource, field, owner}: not the values, those stay where they are.
  obtained jsonb not null,
  filed_at timestamptz not null default kernel.now(),
  filed_by text not null,
  filed_name text not null,
  filed_unit text
);
create index relief_area on community.relief (committee_code, filed_at desc);
revoke update, delete on community.relief from community_app, community_app_all;

alter table community.relief enable row level security;
create policy own_area on community.relief to community_app
  using (committee_code >= (select kernel.area_from()) and committee_code < (select kernel.area_to()))
  with check (committee_code >= (select kernel.area_from()) and committee_code < (select kernel.area_to()));
create policy all_relief on community.relief to community_app_all using (true) with check (true);
