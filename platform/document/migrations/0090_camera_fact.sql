-- What a camera said about a photo (EXIF), taken out of the file: kept until the record that the photo belongs to has been judged by it, no longer than the upload.
create table document.camera_fact (
  file uuid primary key references document.file on delete cascade,
  taken_at timestamptz,
  lon float8 check (lon between -180 and 180),
  lat float8 check (lat between -90 and 90)
);
alter table document.camera_fact enable row level security;
create policy own on document.camera_fact for insert to document_app with check (exists (select from document.file f where f.id = file and f.uploaded_by = kernel.actor('account')));
create policy all_facts on document.camera_fact to document_app_all using (true) with check (true);
revoke update on document.camera_fact from document_app, document_app_all;

-- Facts of the caller's own uploads, for the app that attaches them, once: a position may be somebody's home.
create function document.take_camera_facts(files uuid[])
returns table (file uuid, taken_at timestamptz, lon float8, lat float8)
language sql volatile security definer set search_path = pg_catalog as $$
  delete from document.camera_fact c using document.file f
  where c.file = any(files) and f.id = c.file and f.uploaded_by = kernel.actor('account')
  returning c.file, c.taken_at, c.lon, c.lat
$$;
grant execute on function document.take_camera_facts(uuid[]) to district_module;
