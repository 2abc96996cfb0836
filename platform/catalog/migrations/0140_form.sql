-- Forms of the units (表单) and their fields: what is asked of people, and what is obtained from its source instead (应共享、不采集).
create table catalog.form (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{1,60}$'),
  -- The app that shows the form; its grants are those through which a field is obtained.
  app text not null,
  -- Unit that answers for the form.
  unit text not null,
  title jsonb not null,
  created_at timestamptz not null default kernel.now()
);

create table catalog.form_field (
  form text not null references catalog.form,
  name text not null check (name ~ '^[a-z][A-Za-z0-9]{0,60}$'),
  ord int not null,
  title jsonb not null,
  type text not null check (type in ('text', 'number', 'date', 'choice', 'yes-no')),
  choices jsonb,
  required boolean not null,
  element text,
  -- Where it is obtained from; null = it is asked for.
  resource text,
  field text,
  -- Asked for until the grant is there: a field that people have always filled in is not lost meanwhile.
  ask_meanwhile boolean not null default false,
  -- Why it is asked for although it is shared already, which unit shares it, and what was decided.
  exception_reason text,
  exception_by text,
  exception_owner text,
  exception_state text check (exception_state in ('asked', 'allowed', 'refused')),
  exception_note text,
  exception_decided_by text,
  exception_at timestamptz,
  primary key (form, name),
  check ((resource is null) = (field is null)),
  check ((exception_state is null) = (exception_reason is null))
);

-- Steps of a form that nobody can change: which field was taken in, obtained, asked for in spite of it, dropped.
create table catalog.form_step (
  form text not null references catalog.form,
  seq bigint generated always as identity,
  at timestamptz not null default kernel.now(),
  step text not null,
  field text not null,
  account text,
  name text,
  unit text,
  reason text,
  primary key (form, seq)
);
revoke update, delete on catalog.form_step from catalog_app, catalog_app_all;

-- What a form asks for now, for the app that shows it: a field with a grant in force is obtained, one that waits for its exception is
-- not there yet. No personal data.
create function catalog.form_fields(form_id text)
returns table (name text, title jsonb, type text, choices jsonb, required boolean, resource text, field text, owner text, take text, live boolean)
language sql stable security definer set search_path = pg_catalog as $$
  select f.name, f.title, f.type, f.choices, f.required, f.resource, f.field, r.owner, g.name, g.id is not null
  from catalog.form o
    join catalog.form_field f on f.form = o.id
    left join catalog.resource r on r.id = f.resource
    left join lateral (
      select g.id, g.name from catalog.grant g
      where g.taker = o.app and g.resource = f.resource and f.field = any (g.fields) and g.state = 'approved' and (g.valid_until is null or g.valid_until > kernel.now())
      order by g.name limit 1) g on true
  where o.id = form_id and o.app = kernel.actor('module') and (f.resource is null or g.id is not null or f.ask_meanwhile)
    and (f.exception_state is null or f.exception_state = 'allowed')
  order by f.ord, f.name
$$;
-- The schema can be named; its tables stay closed to all but the catalogue.
grant usage on schema catalog to district_module;
grant execute on function catalog.form_fields(text) to district_module;
