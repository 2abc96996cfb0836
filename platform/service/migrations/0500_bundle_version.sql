-- Bundles (一件事) are drawn and published like items: one unit leads, another person publishes, a version never changes.
alter table service.bundle
  -- What is published; 0 = nothing yet, and nobody sees it.
  add column version int not null default 0,
  -- What is being worked on; null = nothing.
  add column draft jsonb,
  add column draft_state text check (draft_state in ('drawn', 'submitted')),
  add column drawn_by text,
  add column drawn_name text,
  add column drawn_at timestamptz,
  -- Why it was sent back.
  add column returned jsonb,
  add check ((draft is null) = (draft_state is null));

create table service.bundle_version (
  bundle text not null references service.bundle,
  version int not null,
  definition jsonb not null,
  drawn_by text not null,
  drawn_name text not null,
  published_by text not null,
  published_name text not null,
  published_at timestamptz not null default kernel.now(),
  primary key (bundle, version)
);
revoke update, delete on service.bundle_version from service_app, service_app_all;

-- What is there already becomes the first version, as it stands.
insert into service.bundle_version (bundle, version, definition, drawn_by, drawn_name, published_by, published_name)
  select b.id, 1, jsonb_build_object('title', b.title, 'lead', b.lead, 'event', b.event, 'questions', '[]'::jsonb,
    'items', (select jsonb_agg(jsonb_build_object('item', i.item, 'after',
        coalesce((select jsonb_agg(a.before order by a.before) from service.bundle_after a where a.bundle = b.id and a.item = i.item), '[]'::jsonb)) order by i.ord)
      from service.bundle_item i where i.bundle = b.id)),
    'system:migration', '系统', 'system:migration', '系统'
  from service.bundle b where exists (select from service.bundle_item i where i.bundle = b.id);
update service.bundle b set version = 1 where exists (select from service.bundle_version v where v.bundle = b.id);
