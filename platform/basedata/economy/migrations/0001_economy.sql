-- Macro-economy base database (宏观经济数据库, S6). An observation is never changed: a revision is the same period in a later release.

-- Indicators (指标): what is measured, how and by whom.
create table economy.indicator (
  code text collate "C" primary key check (code ~ '^[A-Z][A-Z0-9_]{1,40}$'),
  parent text collate "C" references economy.indicator,
  title jsonb not null,
  definition jsonb not null,
  method jsonb not null,
  unit text collate "C" not null,
  kind text not null check (kind in ('flow', 'stock', 'rate', 'index')),
  sign text not null check (sign in ('any', 'not-negative')),
  decimals int not null default 1 check (decimals between 0 and 6),
  owner text not null,
  level text not null check (level in ('L1', 'L2')),
  ord int not null
);

-- Code lists (代码表) of the dimensions other than the indicator.
create table economy.code (
  list text collate "C" not null,
  code text collate "C" not null,
  parent text collate "C",
  title jsonb not null,
  ord int not null,
  primary key (list, code)
);

-- Series (时间序列): one combination of the eight dimensions; its id is the SDMX key.
create table economy.series (
  id text collate "C" primary key,
  freq text collate "C" not null,
  indicator text collate "C" not null references economy.indicator,
  area text collate "C" not null,
  industry text collate "C" not null,
  ownership text collate "C" not null,
  price_base text collate "C" not null,
  adjustment text collate "C" not null,
  accumulation text collate "C" not null,
  -- Last period, once another price base or definition goes on in its place.
  ended text collate "C",
  followed_by text collate "C" references economy.series,
  badge text not null check (badge in ('sample', 'real', 'reference')),
  check (id = freq || '.' || indicator || '.' || area || '.' || industry || '.' || ownership || '.' || price_base || '.' || adjustment || '.' || accumulation)
);
create index series_indicator on economy.series (indicator, id);

-- Report forms (报表) that figures come from.
create table economy.source_table (
  id uuid primary key,
  form_no text not null,
  title jsonb not null,
  authority text not null,
  unit text not null,
  period text collate "C" not null,
  unique (form_no, period, unit)
);

-- Market indices (市场指数) of other providers, beside official figures and never mixed with them.
create table economy.market_index (
  series text collate "C" primary key references economy.series,
  provider text not null,
  licence text not null,
  method jsonb not null
);

-- Releases (发布): a set of figures that becomes public at one moment. Who prepared it does not approve it.
create table economy.release (
  id uuid primary key,
  title jsonb not null,
  period text collate "C" not null,
  owner text not null,
  embargo_until timestamptz not null,
  state text not null check (state in ('planned', 'loaded', 'approved', 'published')),
  prepared_by text,
  prepared_name text,
  approved_by text,
  approved_name text,
  approved_at timestamptz,
  published_at timestamptz,
  badge text not null check (badge in ('sample', 'real', 'reference')),
  check (approved_by is null or approved_by <> prepared_by),
  check ((state in ('approved', 'published')) = (approved_by is not null)),
  check ((state = 'published') = (published_at is not null)),
  check (published_at is null or published_at >= embargo_until)
);
create index release_due on economy.release (embargo_until) where state = 'approved';
create index release_published on economy.release (published_at desc);

-- Observations (观测值) with vintage (版本): the release that said so. `published_at` is empty as long as the release is under embargo.
create table economy.observation (
  series text collate "C" not null references economy.series,
  period text collate "C" not null,
  release uuid not null references economy.release,
  value numeric,
  -- A normal, E estimated, P provisional, M missing (SDMX CL_OBS_STATUS).
  status text not null check (status in ('A', 'E', 'P', 'M')),
  note text,
  -- Suppressed for the secrecy of a respondent (统计保密).
  confidential boolean not null default false,
  source uuid references economy.source_table,
  cell text,
  published_at timestamptz,
  primary key (series, period, release),
  check ((value is null) = (status = 'M')),
  check (not confidential or value is null)
);
create index observation_vintage on economy.observation (series, period, published_at desc);
create index observation_release on economy.observation (release);

-- Kept: a published value is never changed or removed; only the moment of publication is set, once, by the release.
create function economy.keep_vintages() returns trigger language plpgsql as $$
begin
  if old.published_at is not null then raise exception 'a published observation stays as it is'; end if;
  if tg_op = 'DELETE' then return old; end if;
  if (new.series, new.period, new.release, new.status) is distinct from (old.series, old.period, old.release, old.status)
    or new.value is distinct from old.value then raise exception 'an observation is revised by a later release'; end if;
  return new;
end $$;
create trigger keep_vintages before update or delete on economy.observation for each row execute function economy.keep_vintages();

-- What is known at this moment: the newest published vintage of each period. This is what takers get: nothing under embargo is in it.
create view economy.current_observation as
select distinct on (o.series, o.period) o.series || '/' || o.period as id, o.series, s.indicator, s.freq, s.area, s.industry, s.ownership, s.price_base, s.adjustment, s.accumulation,
  o.period, o.value, o.status, o.note, o.published_at
from economy.observation o join economy.series s on s.id = o.series
where o.published_at is not null
order by o.series, o.period, o.published_at desc;

-- Uploaded workbooks (报送工作簿) and what the checks found.
create table economy.load (
  id uuid primary key,
  release uuid not null references economy.release,
  unit text not null,
  file_name text not null,
  -- Report form (报表号) that the workbook fills, as its sender says.
  form_no text,
  file_digest text not null,
  format text not null,
  state text not null check (state in ('blocked', 'questioned', 'loaded', 'refused')),
  rows_read int not null,
  values_ok int not null,
  sent_by text not null,
  sent_name text not null,
  sent_at timestamptz not null,
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  note text
);
create index load_unit on economy.load (unit, sent_at desc);

-- Values that wait for a reason.
create table economy.staged (
  load uuid not null references economy.load on delete cascade,
  series text collate "C" not null,
  period text collate "C" not null,
  value numeric,
  status text not null,
  note text,
  confidential boolean not null default false,
  cell text,
  primary key (load, series, period)
);

-- Findings (核查发现): `stop` ends the load, `reason` waits until a person says why, `row` is a cell that could not be read.
create table economy.finding (
  load uuid not null references economy.load on delete cascade,
  no int not null,
  kind text not null,
  weight text not null check (weight in ('stop', 'reason', 'row')),
  series text collate "C",
  period text collate "C",
  cell text,
  text jsonb not null,
  difference numeric,
  reason text,
  reason_by text,
  reason_name text,
  reason_at timestamptz,
  primary key (load, no)
);

-- Activity index (活跃指数) and nowcast (即时预测) as computed after a release, with all that is needed to compute them again.
create table economy.analysis (
  release uuid not null references economy.release,
  kind text not null check (kind in ('activity', 'nowcast')),
  document jsonb not null,
  computed_at timestamptz not null,
  primary key (release, kind)
);
