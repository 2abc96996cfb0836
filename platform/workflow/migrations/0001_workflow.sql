-- Processes (流程): definitions in versions, instances, tasks, timers, subscriptions and the log. Each app has its own rows.

-- A version of a process (流程定义版本): never changed. Instances stay on theirs.
create table workflow.definition (
  id uuid primary key,
  app text not null,
  process text not null check (process ~ '^[A-Za-z_][\w.-]{0,99}$'),
  version int not null check (version > 0),
  name text not null,
  xml text not null,
  -- The compiled form (definition.ts).
  graph jsonb not null,
  digest text not null,
  published_by text not null,
  at timestamptz not null default kernel.now(),
  unique (id, app),
  unique (app, process, version)
);

-- An instance (流程实例): its state is what the engine needs, no more.
create table workflow.instance (
  id uuid primary key,
  app text not null,
  definition uuid not null,
  process text not null,
  version int not null,
  -- What it is about: id of the business row.
  key text not null check (length(key) between 1 and 100),
  -- Unit that answers for it; tasks that name no unit are done there.
  unit text collate "C",
  state jsonb not null,
  -- Counts the advances: whoever wants to write must have read the last one.
  revision int not null,
  status text not null check (status in ('active', 'completed', 'error', 'cancelled')),
  parent uuid,
  parent_token text,
  started_at timestamptz not null default kernel.now(),
  ended_at timestamptz,
  unique (id, app),
  foreign key (definition, app) references workflow.definition (id, app),
  check ((parent is null) = (parent_token is null)),
  check ((status = 'active') = (ended_at is null))
) with (fillfactor = 70);
create index instance_key on workflow.instance (app, key);
create index instance_active on workflow.instance (definition) where status = 'active';
create unique index instance_child on workflow.instance (parent, parent_token) where parent is not null;

-- A user task (待办).
create table workflow.task (
  id uuid primary key,
  app text not null,
  instance uuid not null,
  token text not null,
  node text not null,
  name text not null,
  process text not null,
  key text not null,
  form text,
  -- The run of a countersignature (会签); a task of somebody else that was asked for an opinion (加签) names the task that waits for it.
  run int,
  asked_by uuid references workflow.task,
  state text not null check (state in ('open', 'done', 'withdrawn')),
  holder text,
  done_by text,
  outcome text,
  -- Words for the next (办理意见): for people, never a condition.
  note text check (length(note) <= 500),
  created_at timestamptz not null default kernel.now(),
  due_at timestamptz,
  ended_at timestamptz,
  urged_on date,
  unique (id, app),
  foreign key (instance, app) references workflow.instance (id, app),
  check ((state = 'open') = (ended_at is null))
) with (fillfactor = 80);
create unique index task_token on workflow.task (instance, token) where asked_by is null;
create index task_asked on workflow.task (asked_by) where asked_by is not null;
create index task_node on workflow.task (instance, node);

-- Who may do a task (候选): holders of a post in a unit, so that it follows the post; an account only where it was handed to one.
create table workflow.candidate (
  task uuid not null references workflow.task,
  app text not null,
  instance uuid not null,
  unit text collate "C" not null,
  post text collate "C" not null,
  account text collate "C" not null default '',
  open boolean not null default true,
  -- Order of the inbox: what is due first comes first.
  rank timestamptz not null,
  primary key (task, unit, post, account)
) with (fillfactor = 80);
create index candidate_inbox on workflow.candidate (unit, post, rank, task) where open;
create index candidate_instance on workflow.candidate (instance, unit, post);

-- Timers (定时): fired in batches; an entry that is fired is gone.
create table workflow.timer (
  instance uuid not null,
  wait text not null,
  app text not null,
  node text not null,
  due_at timestamptz not null,
  -- Could not be fired: waits for a person.
  stuck boolean not null default false,
  primary key (instance, wait),
  foreign key (instance, app) references workflow.instance (id, app)
);
create index timer_due on workflow.timer (due_at) where not stuck;

create table workflow.subscription (
  instance uuid not null,
  wait text not null,
  app text not null,
  node text not null,
  kind text not null check (kind in ('message', 'signal')),
  name text not null,
  key text not null,
  primary key (instance, wait),
  foreign key (instance, app) references workflow.instance (id, app)
);
create index subscription_name on workflow.subscription (app, kind, name, key);

-- What went wrong and waits for a person (异常): a handler after its last try, a timer or a message that found no way on.
create table workflow.incident (
  id uuid primary key,
  app text not null,
  instance uuid not null,
  token text not null,
  node text not null,
  kind text not null check (kind in ('handler', 'timer', 'message')),
  error text not null,
  -- A message that nobody has taken, to be sent again.
  payload jsonb,
  at timestamptz not null default kernel.now(),
  solved_at timestamptz,
  solved_by text,
  foreign key (instance, app) references workflow.instance (id, app)
);
create unique index incident_open on workflow.incident (instance, token) where solved_at is null;

-- The log (步骤日志): append-only, for mining and for whoever asks how it came to this. `event` is what the engine was told: the log
-- alone gives the state again.
create table workflow.step (
  seq bigint generated always as identity primary key,
  app text not null,
  instance uuid not null,
  definition uuid not null,
  revision int not null,
  node text,
  token text,
  lifecycle text not null,
  at timestamptz not null default kernel.now(),
  unit text,
  post text,
  outcome text,
  -- No foreign key: no instance is ever deleted, and each line would pay for a look-up.
  event jsonb
);
create index step_instance on workflow.step (instance, seq);

revoke update, delete on workflow.definition, workflow.step from workflow_app, workflow_app_all;
revoke delete on workflow.instance, workflow.task, workflow.candidate, workflow.incident from workflow_app, workflow_app_all;

-- A module works on its own rows (`uses`). Officials see what one of their posts in their unit has to do or has done with, by the
-- module workflow; jobs, timers and posts that see the whole district run under the other role.
alter table workflow.definition enable row level security;
alter table workflow.instance enable row level security;
alter table workflow.task enable row level security;
alter table workflow.candidate enable row level security;
alter table workflow.timer enable row level security;
alter table workflow.subscription enable row level security;
alter table workflow.incident enable row level security;
alter table workflow.step enable row level security;
create policy all_apps on workflow.definition to workflow_app_all using (true) with check (true);
create policy all_apps on workflow.instance to workflow_app_all using (true) with check (true);
create policy all_apps on workflow.task to workflow_app_all using (true) with check (true);
create policy all_apps on workflow.candidate to workflow_app_all using (true) with check (true);
create policy all_apps on workflow.timer to workflow_app_all using (true) with check (true);
create policy all_apps on workflow.subscription to workflow_app_all using (true) with check (true);
create policy all_apps on workflow.incident to workflow_app_all using (true) with check (true);
create policy all_apps on workflow.step to workflow_app_all using (true) with check (true);

-- Definitions are drawings, without a case in them.
create policy drawings on workflow.definition to workflow_app using (true) with check (true);
create policy own_posts on workflow.candidate for select to workflow_app
  using (unit = kernel.actor('unit') and post = kernel.actor('post') and account in ('', kernel.actor('account')));
create policy own_posts on workflow.task for select to workflow_app using (exists (select from workflow.candidate c where c.instance = task.instance));
create policy own_posts on workflow.instance for select to workflow_app using (exists (select from workflow.candidate c where c.instance = instance.id));
create policy own_posts on workflow.step for select to workflow_app using (exists (select from workflow.candidate c where c.instance = step.instance));
create policy own_posts on workflow.incident for select to workflow_app using (exists (select from workflow.candidate c where c.instance = incident.instance));
-- Acts on a task that one may do: claiming, urging. What goes to others is written by functions of the owner.
create policy own_acts on workflow.candidate for update to workflow_app using (unit = kernel.actor('unit') and post = kernel.actor('post')) with check (true);
create policy own_acts on workflow.task for update to workflow_app using (exists (select from workflow.candidate c where c.task = task.id)) with check (true);
create policy own_acts on workflow.step for insert to workflow_app with check (exists (select from workflow.candidate c where c.instance = step.instance));

-- Writes what one advance of some instances has brought, all in one call. An instance whose revision is not the one that was read is
-- refused with SQLSTATE 40001: somebody was faster. Under the role of an app, row security holds for all that it writes.
create function workflow.apply(changes jsonb) returns void language plpgsql set search_path = pg_catalog as $$
declare c jsonb; now_ timestamptz := kernel.now();
begin
  for c in select value from jsonb_array_elements(changes) loop
    if (c->>'read')::int = 0 then
      insert into workflow.instance (id, app, definition, process, version, key, unit, state, revision, status, parent, parent_token, ended_at)
      values ((c->>'instance')::uuid, c->>'app', (c->>'definition')::uuid, c->>'process', (c->>'version')::int, c->>'key', c->>'unit', c->'state', (c->>'revision')::int, c->>'status',
        (c->>'parent')::uuid, c->>'parentToken', case when c->>'status' <> 'active' then now_ end);
    else
      update workflow.instance set state = c->'state', revision = (c->>'revision')::int, status = c->>'status', definition = (c->>'definition')::uuid, version = (c->>'version')::int,
        ended_at = case when c->>'status' <> 'active' then now_ end
      where id = (c->>'instance')::uuid and revision = (c->>'read')::int and status = 'active';
      if not found then raise exception 'instance % was changed meanwhile', c->>'instance' using errcode = '40001'; end if;
    end if;
    if c ? 'done' then
      update workflow.task t set state = 'done', done_by = d.by, outcome = d.outcome, ended_at = now_
      from jsonb_to_recordset(c->'done') d(token text, by text, outcome text)
      where t.instance = (c->>'instance')::uuid and t.state = 'open' and t.token = d.token and t.asked_by is null;
    end if;
    if c ? 'fired' then
      delete from workflow.timer t using jsonb_array_elements_text(c->'fired') f(wait) where t.instance = (c->>'instance')::uuid and t.wait = f.wait;
    end if;
    if c ? 'tasks' then
      with made as (
        insert into workflow.task (id, app, instance, token, node, name, process, key, form, run, state, due_at)
        select t.id, c->>'app', (c->>'instance')::uuid, t.token, t.node, t.name, c->>'process', c->>'key', t.form, t.run, 'open', t.due
        from jsonb_to_recordset(c->'tasks') t(id uuid, token text, node text, name text, form text, run int, due timestamptz))
      insert into workflow.candidate (task, app, instance, unit, post, rank)
      select distinct t.id, c->>'app', (c->>'instance')::uuid, u.unit, p.post, coalesce(t.due, now_ + interval '10 years')
      from jsonb_to_recordset(c->'tasks') t(id uuid, due timestamptz, units jsonb, posts jsonb), jsonb_array_elements_text(t.units) u(unit), jsonb_array_elements_text(t.posts) p(post);
    end if;
    if c ? 'withdrawn' then
      update workflow.task t set state = 'withdrawn', ended_at = now_
      from jsonb_array_elements_text(c->'withdrawn') w(token)
      where t.instance = (c->>'instance')::uuid and t.token = w.token and t.state = 'open';
    end if;
    if c ? 'done' or c ? 'withdrawn' then
      update workflow.task t set state = 'withdrawn', ended_at = now_ from workflow.task a
      where a.instance = (c->>'instance')::uuid and a.state <> 'open' and t.asked_by = a.id and t.state = 'open';
      update workflow.candidate d set open = false from workflow.task t
      where d.instance = (c->>'instance')::uuid and d.open and t.id = d.task and t.state <> 'open';
    end if;
    if c ? 'timers' then
      insert into workflow.timer (instance, wait, app, node, due_at)
      select (c->>'instance')::uuid, t.wait, c->>'app', t.node, t.due from jsonb_to_recordset(c->'timers') t(wait text, node text, due timestamptz)
      on conflict (instance, wait) do update set due_at = excluded.due_at, stuck = false;
    end if;
    if c ? 'subscriptions' then
      insert into workflow.subscription (instance, wait, app, node, kind, name, key)
      select (c->>'instance')::uuid, s.wait, c->>'app', s.node, s.kind, s.name, s.key
      from jsonb_to_recordset(c->'subscriptions') s(wait text, node text, kind text, name text, key text);
    end if;
    if c ? 'unwait' then
      delete from workflow.timer t using jsonb_array_elements_text(c->'unwait') w(wait) where t.instance = (c->>'instance')::uuid and t.wait = w.wait;
      delete from workflow.subscription s using jsonb_array_elements_text(c->'unwait') w(wait) where s.instance = (c->>'instance')::uuid and s.wait = w.wait;
    end if;
    if c ? 'renamed' then
      update workflow.task t set node = r.node, name = r.name from jsonb_to_recordset(c->'renamed') r(id text, node text, name text)
      where t.instance = (c->>'instance')::uuid and t.token = r.id and t.state = 'open';
      update workflow.timer t set node = r.node from jsonb_to_recordset(c->'renamed') r(id text, node text) where t.instance = (c->>'instance')::uuid and t.wait = r.id;
      update workflow.subscription s set node = r.node from jsonb_to_recordset(c->'renamed') r(id text, node text) where s.instance = (c->>'instance')::uuid and s.wait = r.id;
    end if;
    if c ? 'gone' then
      update workflow.incident i set solved_at = now_, solved_by = coalesce(kernel.actor('account'), '')
      from jsonb_array_elements_text(c->'gone') g(token) where i.instance = (c->>'instance')::uuid and i.token = g.token and i.solved_at is null;
    end if;
    insert into workflow.step (app, instance, definition, revision, node, token, lifecycle, unit, post, outcome, event)
    select c->>'app', (c->>'instance')::uuid, (c->>'definition')::uuid, (c->>'revision')::int, s.node, s.token, s.lifecycle, kernel.actor('unit'), kernel.actor('post'), s.outcome, s.event
    from jsonb_to_recordset(c->'steps') s(node text, token text, lifecycle text, outcome text, event jsonb);
    if c ? 'jobs' then
      perform kernel.enqueue('workflow', j.name, j.payload, null, j.key) from jsonb_to_recordset(c->'jobs') j(name text, payload jsonb, key text);
    end if;
    if c ? 'events' then
      perform kernel.emit(e.type, e.subject, e.data) from jsonb_to_recordset(c->'events') e(type text, subject text, data jsonb);
    end if;
  end loop;
end $$;

-- The same for the module itself, whose callers see only what is theirs: what an advance brings is for others.
create function workflow.apply_for_person(changes jsonb) returns void language sql security definer set search_path = pg_catalog
  as $$ select workflow.apply(changes) $$;
-- What an advance reads, held until the end of the transaction: writers of an instance follow each other. The caller must have had a
-- task of it.
create function workflow.read_instance(wanted uuid) returns setof workflow.instance language sql volatile security definer set search_path = pg_catalog
  as $$ select * from workflow.instance where id = wanted for update $$;
-- The instance that a token has called, which the caller need not see.
create function workflow.child_of(caller uuid, token text) returns uuid language sql stable security definer set search_path = pg_catalog
  as $$ select id from workflow.instance where parent = caller and parent_token = token and status = 'active' $$;
-- Hands a task to others (转办): whoever could do it before cannot any more. Only one who may do it hands it on.
create function workflow.hand_over(wanted uuid, to_unit text, to_post text, to_account text) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare t workflow.candidate;
begin
  select * into t from workflow.candidate c where c.task = wanted and c.open and c.unit = kernel.actor('unit') and c.post = kernel.actor('post') and c.account in ('', kernel.actor('account')) limit 1;
  if not found then return false; end if;
  update workflow.candidate set open = false where task = wanted;
  insert into workflow.candidate (task, app, instance, unit, post, account, rank) values (wanted, t.app, t.instance, to_unit, to_post, coalesce(to_account, ''), t.rank)
  on conflict (task, unit, post, account) do update set open = true;
  update workflow.task set holder = null where id = wanted;
  return true;
end $$;
-- Asks others for an opinion on a task (加签) that one may do oneself.
create function workflow.ask(wanted uuid, made uuid, to_unit text, to_post text, words text) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare t workflow.task;
begin
  select t_.* into t from workflow.task t_ join workflow.candidate c on c.task = t_.id
  where t_.id = wanted and t_.state = 'open' and c.open and c.unit = kernel.actor('unit') and c.post = kernel.actor('post') and c.account in ('', kernel.actor('account')) limit 1;
  if not found then return false; end if;
  insert into workflow.task (id, app, instance, token, node, name, process, key, form, asked_by, state, note, due_at)
  values (made, t.app, t.instance, t.token, t.node, t.name, t.process, t.key, t.form, t.id, 'open', words, t.due_at);
  insert into workflow.candidate (task, app, instance, unit, post, rank)
  values (made, t.app, t.instance, to_unit, to_post, coalesce(t.due_at, kernel.now() + interval '10 years'));
  return true;
end $$;
revoke execute on function workflow.ask(uuid, uuid, text, text, text) from public;
-- Urges the open tasks of an instance (催办) that the caller has taken part in, once a working day; the tasks are others'.
create function workflow.urge(wanted uuid, working_day date) returns table (open int, urged int) language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select from workflow.candidate c where c.instance = wanted and c.unit = kernel.actor('unit') and c.post = kernel.actor('post')) then
    return query select 0, 0;
    return;
  end if;
  return query
    with found as (select t.id from workflow.task t where t.instance = wanted and t.state = 'open'),
    marked as (update workflow.task t set urged_on = working_day from found f where t.id = f.id and t.urged_on is distinct from working_day returning t.id, t.app, t.instance),
    told as (select kernel.emit('workflow.task.urged', m.id::text, jsonb_build_object('task', m.id, 'app', m.app, 'instance', m.instance)) from marked m)
    select (select count(*)::int from found), (select count(*)::int from told);
end $$;
revoke execute on function workflow.urge(uuid, date) from public;
revoke execute on function workflow.apply_for_person(jsonb), workflow.read_instance(uuid), workflow.child_of(uuid, text), workflow.hand_over(uuid, text, text, text) from public;
grant execute on function workflow.apply(jsonb) to district_module;

-- Incidents are for whoever runs the platform, who has no task of the instance: what went wrong, without its variables.
create function workflow.open_incidents() returns table (id uuid, app text, instance uuid, process text, key text, node text, kind text, error text, at timestamptz)
language sql stable security definer set search_path = pg_catalog as $$
  select i.id, i.app, i.instance, s.process, s.key, i.node, i.kind, i.error, i.at from workflow.incident i join workflow.instance s on s.id = i.instance
  where i.solved_at is null and s.status = 'active' order by i.at, i.id limit 200
$$;
create function workflow.retry_incident(wanted uuid) returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare i workflow.incident;
begin
  update workflow.incident set solved_at = kernel.now(), solved_by = coalesce(kernel.actor('account'), '') where id = wanted and solved_at is null returning * into i;
  if not found then return false; end if;
  if i.kind = 'timer' then
    update workflow.timer set stuck = false where instance = i.instance and wait = i.token;
  elsif i.kind = 'message' then
    perform kernel.enqueue('workflow', 'deliver', i.payload, null, null);
  else
    perform kernel.enqueue('workflow', 'work', jsonb_build_object('instance', i.instance, 'app', i.app, 'token', i.token), null, i.instance || ' ' || i.token);
  end if;
  insert into workflow.step (app, instance, definition, revision, node, token, lifecycle, unit, post)
  select i.app, i.instance, s.definition, s.revision, i.node, i.token, 'retry', kernel.actor('unit'), kernel.actor('post') from workflow.instance s where s.id = i.instance;
  return true;
end $$;
revoke execute on function workflow.open_incidents(), workflow.retry_incident(uuid) from public;
