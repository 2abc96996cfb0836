-- Files (文件): contents kept encrypted outside the database, who uploaded them, and the rows of apps that they belong to.

-- What is in the file store, or is being put there. A row without content is swept: a crash or a refusal leaves nothing.
create table document.blob (
  id uuid primary key,
  at timestamptz not null default kernel.now()
);

-- One content of one owner scope (归属): the same file of two persons is kept twice, so that nobody learns what others hold.
create table document.content (
  id uuid primary key,
  scope text not null,
  sm3 text not null check (sm3 ~ '^[0-9a-f]{64}$'),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size > 0),
  media_type text not null,
  -- Envelope of the keyring: key and tag of the encrypted file.
  key text not null,
  at timestamptz not null default kernel.now(),
  unique (scope, sm3, sha256, size)
);

create table document.file (
  id uuid primary key,
  content uuid not null references document.content (id),
  -- As the uploader called it; text, never a path.
  name text not null check (length(name) between 1 and 200),
  kind text not null,
  level text not null check (level in ('L1', 'L2', 'L3', 'L4')),
  uploaded_by text not null,
  uploaded_name text not null,
  unit text,
  person text,
  entity text,
  scan text not null check (scan in ('clean', 'unscanned')),
  scanner text not null,
  -- What people should know before they open it: macros, unreadable text.
  flags text[] not null default '{}',
  state text not null check (state in ('uploaded', 'attached')),
  uploaded_at timestamptz not null default kernel.now(),
  -- An upload that nobody attaches goes.
  expires_at timestamptz not null
);
create index file_content on document.file (content);
create index file_waiting on document.file (uploaded_by) where state = 'uploaded';
create index file_expiry on document.file (expires_at) where state = 'uploaded';

-- A file is the uploader's alone until an app attaches it (挂接) to a row of its own, in the transaction of that row.
create table document.attachment (
  id uuid primary key,
  app text not null,
  file uuid not null references document.file (id),
  -- Kind and id of the app's row.
  kind text not null,
  subject text not null,
  attached_by text not null default coalesce(kernel.actor('account'), ''),
  attached_at timestamptz not null default kernel.now(),
  unique (app, kind, subject, file)
);
create index attachment_file on document.attachment (file);

alter table document.file enable row level security;
create policy own on document.file to document_app using (uploaded_by = kernel.actor('account')) with check (uploaded_by = kernel.actor('account'));
create policy all_files on document.file to document_app_all using (true) with check (true);
alter table document.attachment enable row level security;
create policy all_apps on document.attachment to document_app_all using (true) with check (true);
revoke insert, update, delete on document.attachment from document_app;
revoke update on document.attachment from document_app_all;
grant insert, delete on document.attachment to document_app;
revoke update, delete on document.content from document_app;

-- Only what the actor uploaded, and what has not expired, can be attached; the app that does it may not see the file otherwise.
create function document.check_attachment() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  update document.file set state = 'attached'
    where id = new.file and uploaded_by = kernel.actor('account') and (state = 'attached' or expires_at > kernel.now());
  if not found then
    raise exception 'no such upload' using errcode = 'no_data_found', constraint = 'attachment_upload';
  end if;
  return new;
end $$;
create trigger attached before insert on document.attachment for each row execute function document.check_attachment();

-- What belongs to no row any more goes as an upload does that nobody attached.
create function document.after_detach() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  update document.file f set state = 'uploaded', expires_at = kernel.now()
    where f.id = old.file and not exists (select 1 from document.attachment a where a.file = f.id);
  return null;
end $$;
create trigger detached after delete on document.attachment for each row execute function document.after_detach();

-- What an app may know of files by id, for its lists: nothing personal but the name, and only of files attached to its own rows.
create function document.described(app text, kind text, subjects text[])
returns table (subject text, file uuid, name text, media_type text, size bigint, sm3 text, sha256 text, scan text, flags text[], attached_at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select a.subject, f.id, f.name, c.media_type, c.size, c.sm3, c.sha256, f.scan, f.flags, a.attached_at
  from document.attachment a join document.file f on f.id = a.file join document.content c on c.id = f.content
  where a.app = described.app and described.app = kernel.actor('module') and a.kind = described.kind and a.subject = any(described.subjects)
  order by a.subject, a.attached_at, a.id
$$;
grant usage on schema document to district_module;
grant execute on function document.described(text, text, text[]) to district_module;

-- Uploads refused as classified (涉密拒收): who, when, digest; nothing of the content.
create table document.classified_refusal (
  id uuid primary key,
  at timestamptz not null default kernel.now(),
  account text not null,
  unit text,
  kind text not null,
  size bigint not null,
  sm3 text not null,
  level text not null check (level in ('secret', 'confidential', 'top-secret')),
  place text not null check (place in ('name', 'content')),
  trace text not null
);
create index classified_refusal_at on document.classified_refusal (at desc);
revoke update, delete on document.classified_refusal from document_app, document_app_all;
