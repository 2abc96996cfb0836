-- Vitals of a day (每日体征): the last value of the day and its score. Entropy weights and the report of the day are made of them.
create table ops.vital_day (
  day date not null,
  vital text collate "C" not null,
  value float8 not null,
  score float8 check (score between 0 and 100),
  at timestamptz not null,
  primary key (day, vital)
);
-- A source that is silent now (来源静默): since when, and the alert that says so. Gone as soon as it is heard again.
create table ops.source_silence (
  source text primary key,
  since timestamptz not null,
  alert uuid,
  at timestamptz not null
);
