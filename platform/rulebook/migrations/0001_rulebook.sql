-- Numbers, decisions and tables that come from a law, a standard or a district measure (K3). An entry has one row a period of
-- validity; whenever its file changes, all its periods are written again as the next version, and nothing is overwritten.
create table rulebook.entry (
  id text not null check (id ~ '^[a-z][a-z0-9-]*([.][a-z0-9-]+)+$'),
  version int not null check (version > 0),
  valid_from date not null,
  -- First day on which it does not hold any more.
  valid_to date,
  title jsonb not null,
  value jsonb not null,
  unit text,
  kind text not null check (kind in ('law', 'standard', 'measure')),
  source_title text not null check (source_title <> ''),
  document_no text,
  article text,
  note jsonb,
  -- File in which it stands.
  origin text not null,
  -- Of everything above but version and origin: what a person verifies.
  digest text not null,
  recorded_at timestamptz not null default kernel.now(),
  primary key (id, version, valid_from),
  check (valid_to > valid_from),
  exclude using gist (id with =, version with =, daterange(valid_from, valid_to) with &&)
);

-- A named person has compared an entry with its source (核实). Until then it wears 待核 and no automatic adverse act rests on it.
create table rulebook.verification (
  id text not null,
  digest text not null,
  verified_by text not null check (verified_by <> '' and verified_by not like 'system:%'),
  verified_name text not null check (verified_name <> ''),
  verified_on date not null,
  note text not null,
  at timestamptz not null default kernel.now(),
  primary key (id, digest)
);
revoke update, delete on rulebook.entry, rulebook.verification from rulebook_app, rulebook_app_all;

-- The rule that applied on a day, as the book stood at a moment: for every module, so that no number stands in code.
create function rulebook.rule_at(rule_id text, on_day date, known_at timestamptz)
returns table (id text, version int, valid_from date, valid_to date, title jsonb, value jsonb, unit text, kind text, source_title text, document_no text, article text,
  note jsonb, digest text, verified_by text, verified_name text, verified_on date)
language sql stable security definer set search_path = pg_catalog as $$
  select e.id, e.version, e.valid_from, e.valid_to, e.title, e.value, e.unit, e.kind, e.source_title, e.document_no, e.article, e.note, e.digest,
         v.verified_by, v.verified_name, v.verified_on
  from rulebook.entry e left join rulebook.verification v on v.id = e.id and v.digest = e.digest and (known_at is null or v.at <= known_at)
  where e.id = rule_id and e.valid_from <= on_day and (e.valid_to is null or on_day < e.valid_to)
    and e.version = (select max(w.version) from rulebook.entry w where w.id = rule_id and (known_at is null or w.recorded_at <= known_at))
$$;
grant usage on schema rulebook to district_module;
grant execute on function rulebook.rule_at(text, date, timestamptz) to district_module;
