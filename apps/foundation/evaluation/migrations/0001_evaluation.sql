-- Electronic supervision (电子监察, GX2): the log of step events of all apps, what was judged of them, and what people answered.

-- Apps whose step events arrive. One that says nothing while it has open steps is blind, not green.
create table evaluation.feed (
  app text primary key,
  heard_at timestamptz not null,
  -- More waits to be judged than one round gives an app: it waits, the others do not.
  throttled_since timestamptz
);
create table evaluation.blind (
  app text not null references evaluation.feed (app),
  since timestamptz not null,
  until timestamptz check (until > since),
  primary key (app, since)
);
create unique index blind_now on evaluation.blind (app) where until is null;

-- Step events (GS7) as they came: never changed. `at` is when it happened, `heard_at` when we learned of it.
create table evaluation.step_event (
  id uuid primary key,
  app text not null,
  run text not null,
  phase text not null check (phase in ('due', 'started', 'stopped', 'resumed', 'done')),
  at timestamptz not null,
  seq bigint not null,
  case_no text not null,
  item text not null,
  step text not null,
  unit text not null,
  post text not null,
  clock uuid,
  due timestamptz,
  outcome text,
  -- What is unlawful whatever the time (违法行为): an extra fee, material outside the list, refusal without reason.
  unlawful text check (unlawful in ('fee', 'material', 'refusal')),
  -- Data elements that the step asked the applicant for; a pseudonym of the applicant that the app gives; a number that lay in discretion.
  asks text[] not null default '{}',
  party text,
  measure numeric,
  account text,
  heard_at timestamptz not null
);
create index step_event_run on evaluation.step_event (app, run);
create index step_event_case on evaluation.step_event (case_no);

-- A source takes back what it said, or says when it really was (更正): the event itself stays. May come before what it corrects.
create table evaluation.correction (
  id uuid primary key,
  app text not null,
  target uuid not null,
  -- Null: it never happened.
  at timestamptz,
  told_at timestamptz not null,
  account text,
  heard_at timestamptz not null
);
create index correction_target on evaluation.correction (target, app);
revoke update, delete on evaluation.step_event, evaluation.correction from evaluation_app, evaluation_app_all;

-- One passage through one step, folded from its events: made anew whenever one of them arrives.
create table evaluation.run (
  app text not null,
  run text not null,
  case_no text not null,
  item text not null,
  step text not null,
  unit text not null,
  post text not null,
  handler text,
  clock uuid,
  state text not null check (state in ('unheard', 'running', 'stopped', 'done', 'void')),
  started_at timestamptz,
  ended_at timestamptz,
  due_at timestamptz,
  amber_at timestamptz,
  provisional boolean not null default false,
  stops int not null default 0,
  stopped_ms bigint not null default 0,
  reopened int not null default 0,
  asks text[] not null default '{}',
  party text,
  measure numeric,
  -- Working days that were allowed and used: what the score of time is made of.
  expected numeric,
  actual numeric,
  level text not null default 'none' check (level in ('none', 'blue', 'notice', 'yellow', 'red')),
  -- An appeal was upheld: no level from this one on is signalled again.
  cap text check (cap in ('blue', 'notice', 'yellow', 'red')),
  -- Replayed on purpose: judged by the rule of this day instead of that of the day on which it began.
  judge_on date,
  -- When its level changes next if nothing happens.
  next_at timestamptz,
  dirty_since timestamptz,
  judged_at timestamptz,
  primary key (app, run)
);
create index run_dirty on evaluation.run (app, dirty_since) where dirty_since is not null;
create index run_next on evaluation.run (app, next_at) where next_at is not null;
create index run_wall on evaluation.run (due_at) where state in ('running', 'stopped');
create index run_open on evaluation.run (app) where state in ('running', 'stopped');
create index run_clock on evaluation.run (clock) where clock is not null;
create index run_case on evaluation.run (case_no, step);
create index run_unit on evaluation.run (unit, ended_at);
create index run_handler on evaluation.run (handler, started_at) where handler is not null;

-- A signal (监察信号). What is taken back stays, with why.
create table evaluation.signal (
  id uuid primary key,
  app text not null,
  run text not null,
  rule text not null,
  rule_version int not null,
  -- The rule was compared with its source by a named person; until then it warns and no more (待核).
  verified boolean not null,
  level text not null check (level in ('blue', 'notice', 'yellow', 'red')),
  case_no text not null,
  item text not null,
  step text not null,
  unit text not null,
  handler text,
  -- The moment from which it holds, and when it was told.
  holds_from timestamptz not null,
  told_at timestamptz not null,
  provisional boolean not null,
  -- Step events that it rests on, and numbers that explain it.
  evidence uuid[] not null,
  facts jsonb not null default '{}',
  state text not null check (state in ('standing', 'withdrawn')),
  withdrawn_at timestamptz,
  withdrawn_why text check (withdrawn_why in ('source', 'appeal', 'rule-off')),
  foreign key (app, run) references evaluation.run (app, run),
  check ((state = 'withdrawn') = (num_nulls(withdrawn_at, withdrawn_why) = 0))
);
create unique index signal_one on evaluation.signal (app, run, rule, level) where state = 'standing';
create index signal_unit on evaluation.signal (unit, told_at desc);
create index signal_handler on evaluation.signal (handler, told_at desc) where handler is not null;
create index signal_told on evaluation.signal (told_at desc);
revoke delete on evaluation.signal, evaluation.run from evaluation_app, evaluation_app_all;

-- An appeal (申诉) against a signal: with a document, decided by somebody else.
create table evaluation.appeal (
  id uuid primary key,
  signal uuid not null references evaluation.signal (id),
  ground text not null check (length(ground) between 4 and 1000),
  document uuid not null,
  filed_by text not null,
  filed_name text not null,
  filed_unit text,
  handler text,
  filed_at timestamptz not null,
  clock uuid not null,
  state text not null check (state in ('open', 'upheld', 'refused')),
  overdue_at timestamptz,
  opinion text check (length(opinion) between 4 and 1000),
  decided_by text,
  decided_name text,
  decided_at timestamptz,
  check ((state = 'open') = (num_nonnulls(opinion, decided_by, decided_name, decided_at) = 0)),
  check (state = 'open' or num_nulls(opinion, decided_by, decided_name, decided_at) = 0),
  -- Nobody decides on their own case, and no machine does.
  check (decided_by <> filed_by),
  check (decided_by <> handler),
  check (decided_by not like 'system:%')
);
create unique index appeal_one on evaluation.appeal (signal) where state in ('open', 'refused');
create index appeal_filer on evaluation.appeal (filed_by, filed_at desc);
create index appeal_open on evaluation.appeal (filed_at) where state = 'open';
revoke delete on evaluation.appeal from evaluation_app, evaluation_app_all;

-- Each look at a person's page (查看留痕): those who supervise are seen by those whom they look at.
create table evaluation.look (
  id uuid primary key,
  of_account text not null,
  by_account text not null,
  by_name text not null,
  by_unit text,
  what text not null check (what in ('page', 'appeal')),
  refused boolean not null,
  at timestamptz not null
);
create index look_of on evaluation.look (of_account, at desc);
revoke update, delete on evaluation.look from evaluation_app, evaluation_app_all;

-- Off switch and hand marks of a rule (规则开关): a rule that cries wolf is turned off with a reason, and all of it is kept.
create table evaluation.rule_switch (
  id uuid primary key,
  rule text not null,
  is_on boolean not null,
  reason text not null check (length(reason) between 4 and 500),
  set_by text not null,
  set_name text not null,
  at timestamptz not null
);
create index rule_switch_last on evaluation.rule_switch (rule, at desc);
revoke update, delete on evaluation.rule_switch from evaluation_app, evaluation_app_all;

-- Scores (绩效) of units, and of posts that five or more hold; never of a person.
create table evaluation.score (
  quarter text not null check (quarter ~ '^\d{4}-Q[1-4]$'),
  subject text not null check (subject in ('unit', 'post')),
  unit text not null,
  post text not null default '',
  holders int,
  cases int not null check (cases >= 0),
  value numeric not null check (value between 0 and 100),
  grade text not null check (grade in ('excellent', 'good', 'pass', 'fail')),
  parts jsonb not null,
  computed_at timestamptz not null,
  primary key (quarter, subject, unit, post),
  check ((subject = 'post') = (post <> '')),
  constraint score_of_five_or_more check (subject = 'unit' or coalesce(holders, 0) >= 5)
);

-- The handler sees the own; head and data officer what is the unit's; posts of the whole district run under the second role.
alter table evaluation.run enable row level security;
alter table evaluation.signal enable row level security;
alter table evaluation.step_event enable row level security;
alter table evaluation.appeal enable row level security;
alter table evaluation.look enable row level security;
create policy own_run on evaluation.run to evaluation_app using (handler = (select kernel.actor('account')));
create policy unit_run on evaluation.run to evaluation_app using (unit = (select kernel.actor('unit')) and (select kernel.actor('post')) in ('unit-head', 'data-officer'));
create policy all_runs on evaluation.run to evaluation_app_all using (true) with check (true);
create policy own_signal on evaluation.signal to evaluation_app using (handler = (select kernel.actor('account')));
create policy unit_signal on evaluation.signal to evaluation_app using (unit = (select kernel.actor('unit')) and (select kernel.actor('post')) in ('unit-head', 'data-officer'));
create policy all_signals on evaluation.signal to evaluation_app_all using (true) with check (true);
create policy unit_events on evaluation.step_event to evaluation_app using (unit = (select kernel.actor('unit')) and (select kernel.actor('post')) in ('unit-head', 'data-officer'));
create policy all_events on evaluation.step_event to evaluation_app_all using (true) with check (true);
create policy own_appeal on evaluation.appeal to evaluation_app using (filed_by = (select kernel.actor('account'))) with check (filed_by = (select kernel.actor('account')));
create policy all_appeals on evaluation.appeal to evaluation_app_all using (true) with check (true);
create policy own_looks on evaluation.look to evaluation_app using (of_account = (select kernel.actor('account'))) with check (true);
create policy all_looks on evaluation.look to evaluation_app_all using (true) with check (true);

-- Whether an app is heard concerns everyone who looks at the wall: how much is open there is a number, whosever steps they are.
create function evaluation.open_steps(of_app text) returns int language sql stable security definer set search_path = pg_catalog
  as $$ select count(*)::int from evaluation.run where app = of_app and state in ('running', 'stopped') $$;
revoke execute on function evaluation.open_steps(text) from public;
grant execute on function evaluation.open_steps(text) to evaluation_app, evaluation_app_all;
