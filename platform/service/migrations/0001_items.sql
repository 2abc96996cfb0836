-- Service items (政务服务事项): the basic catalogue, the implementing list with its versions, what stands in the way of handling them online, and
-- bundles (一件事). All of it is public; who may change it is decided by the routes.
create table service.unit_code (
  unit text primary key,
  -- Credit code of the unit (GB 32100), head of the implementing codes of its items.
  credit_code text not null unique check (length(credit_code) = 18)
);

-- Types of certificates (证照类型): what items end in, and what people can show instead of paper.
create table service.certificate_type (
  code text primary key,
  title jsonb not null,
  -- Unit that issues it; null = one outside the district.
  issuer text,
  issuer_title jsonb not null,
  holder text not null check (holder in ('person', 'entity'))
);

create table service.basic_item (
  code text primary key check (code ~ '^[0-9]{12}$'),
  title jsonb not null
);

create table service.item (
  code text primary key check (length(code) in (31, 33)),
  basic text not null references service.basic_item,
  unit text not null,
  -- What is published; version 0 = nothing yet.
  version int not null default 0,
  state text not null default 'draft' check (state in ('draft', 'published', 'withdrawn')),
  -- What follows from the published version.
  title jsonb,
  kind text,
  depth int check (depth between 1 and 4),
  any_centre boolean,
  visits int,
  certificate_type text,
  published_at timestamptz,
  sample boolean not null default false,
  -- What is being worked on; null = nothing.
  draft jsonb,
  draft_state text check (draft_state in ('drawn', 'submitted')),
  drawn_by text,
  drawn_name text,
  drawn_at timestamptz,
  -- Why it was sent back.
  returned jsonb,
  check ((draft is null) = (draft_state is null))
);
create index on service.item (unit);

-- A version (版本) is never changed: cases go by the one on which they began.
create table service.item_version (
  item text not null references service.item,
  version int not null,
  definition jsonb not null,
  depth int not null,
  drawn_by text not null,
  drawn_name text not null,
  published_by text not null,
  published_name text not null,
  published_at timestamptz not null default kernel.now(),
  primary key (item, version)
);
revoke update, delete on service.item_version from service_app, service_app_all;

-- Materials of what is published, for the catalogue.
create table service.material (
  id text primary key,
  item text not null references service.item,
  ord int not null,
  title text not null,
  source text not null check (source in ('data', 'certificate', 'upload')),
  required boolean not null,
  original boolean not null,
  origin text
);
create index on service.material (item);

-- Life events and stages of enterprises by which a published item is found.
create table service.item_event (
  item text not null references service.item,
  event text not null,
  primary key (event, item)
);

-- Measures (清障措施): what could be done so that blockers fall; one may remove blockers of many items.
create table service.measure (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{1,80}$'),
  title jsonb not null,
  owner text not null
);

-- Blockers (网办障碍) of published items: they follow from the definition; owner and plan are kept here.
create table service.blocker (
  id text primary key,
  item text not null references service.item,
  kind text not null check (kind in ('paper-original', 'wet-signature', 'site-visit', 'payment', 'vertical-system')),
  owner text not null,
  cause text not null default '',
  plan text not null default '',
  due date,
  measures text[] not null default '{}',
  state text not null default 'open' check (state in ('open', 'removed')),
  since timestamptz not null default kernel.now(),
  removed_at timestamptz,
  unique (item, kind)
);

-- How often an item is used and how much of that was online, by month: written by whoever counts cases.
create table service.item_use (
  item text not null references service.item,
  month date not null check (extract(day from month) = 1),
  cases int not null check (cases >= 0),
  online int not null check (online between 0 and cases),
  primary key (item, month)
);

create table service.bundle (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{1,60}$'),
  title jsonb not null,
  lead jsonb not null,
  -- Unit that leads it (牵头单位).
  unit text not null,
  event text not null,
  ord int not null,
  sample boolean not null default false
);
create table service.bundle_item (
  bundle text not null references service.bundle,
  ord int not null,
  item text not null references service.item,
  primary key (bundle, item)
);

-- Use of the last twelve whole months.
create view service.item_year as
  select i.code as item, coalesce(sum(u.cases), 0)::int as cases, coalesce(sum(u.online), 0)::int as online
  from service.item i
    left join service.item_use u on u.item = i.code and u.month >= date_trunc('month', kernel.now() at time zone 'Asia/Shanghai')::date - interval '12 months'
  group by i.code;

-- Both ratios of online handling by unit: items, and cases (《事项网办率》《办件网办率》).
create view service.online_ratio as
  select i.unit, count(*)::int as items, (count(*) filter (where i.depth = 4))::int as full_items, sum(y.cases)::int as cases, sum(y.online)::int as online_cases
  from service.item i join service.item_year y on y.item = i.code
  where i.state = 'published' group by i.unit;
