-- Organisation over time (组织沿革): what a unit was called and where it belonged, from when to when. `identity.unit` keeps one row for
-- each unit that ever was, as it is today or was at its end.
alter table identity.unit add column valid_from timestamptz not null default '-infinity';
alter table identity.unit add column valid_to timestamptz check (valid_to >= valid_from);
-- Set by the first order about the unit: from then on the organisation file leaves it alone.
alter table identity.unit add column by_order uuid;

create table identity.unit_version (
  id uuid primary key default gen_random_uuid(),
  unit text collate "C" not null references identity.unit deferrable initially deferred,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  kind text not null,
  parent text collate "C",
  area text collate "C",
  name text not null,
  name_en text not null,
  by_order uuid,
  constraint unit_version_one_at_a_time exclude using gist (unit with =, tstzrange(valid_from, valid_to) with &&)
);
insert into identity.unit_version (unit, valid_from, kind, parent, area, name, name_en)
  select code, valid_from, kind, parent, area, name, name_en from identity.unit;
revoke delete on identity.unit, identity.unit_version from identity_app, identity_app_all;

-- What became of a unit that ended (承接单位): one successor after a merger, several after a division.
create table identity.unit_successor (
  unit text collate "C" not null references identity.unit,
  successor text collate "C" not null references identity.unit,
  at timestamptz not null,
  by_order uuid not null,
  primary key (unit, successor),
  check (unit <> successor)
);
revoke update, delete on identity.unit_successor from identity_app, identity_app_all;

create function identity.no_circular_successor() returns trigger language plpgsql as $$
begin
  if exists (
    with recursive later(unit) as (
      select new.successor union select s.successor from identity.unit_successor s join later l on s.unit = l.unit)
    select from later where unit = new.unit)
  then raise exception 'unit % would succeed itself', new.unit using errcode = '23514', constraint = 'unit_successor_circular'; end if;
  return new;
end $$;
create trigger no_circle after insert on identity.unit_successor for each row execute function identity.no_circular_successor();

-- Posts (岗位): a place to work in a unit. Rights go with the post, never with the person.
create table identity.post (
  id uuid primary key default gen_random_uuid(),
  kind text not null check (kind in ('committee-worker', 'street-clerk', 'data-officer', 'duty-officer', 'security-auditor', 'system-administrator',
    'security-administrator', 'staffing-officer', 'unit-head')),
  unit text collate "C" not null references identity.unit,
  area text collate "C",
  reach text not null default 'own' check (reach in ('own', 'district')),
  title text not null default '',
  title_en text not null default '',
  -- Held by one person at a time (the head of a unit).
  single boolean not null default false,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  successor uuid references identity.post check (successor <> id),
  by_order uuid,
  unique (id, single)
);
create index post_unit on identity.post (unit);
revoke delete on identity.post from identity_app, identity_app_all;

-- Assignments (任职): who holds which post, from when to when; acting (代理) ones have a term.
create table identity.assignment (
  id uuid primary key default gen_random_uuid(),
  account text collate "C" not null references identity.account on delete cascade,
  post uuid not null,
  valid_from timestamptz not null,
  valid_to timestamptz check (valid_to >= valid_from),
  acting boolean not null default false,
  origin text not null check (origin in ('initial', 'order', 'scim')),
  by_order uuid,
  ended_by uuid,
  -- Copied here so that the constraints below can see them: the person (or the account, while no person is known), what the post is.
  holder text not null,
  single boolean not null,
  administrator text,
  foreign key (post, single) references identity.post (id, single) on update cascade,
  constraint acting_has_a_term check (not acting or valid_to is not null),
  constraint assignment_once exclude using gist (account with =, post with =, tstzrange(valid_from, valid_to) with &&),
  constraint post_held_by_one exclude using gist (post with =, acting with =, tstzrange(valid_from, valid_to) with &&) where (single),
  -- The three administrators (三员: system, security, audit) are three persons, whatever their accounts.
  constraint three_administrators_apart exclude using gist (holder with =, administrator with <>, tstzrange(valid_from, valid_to) with &&)
    where (administrator is not null)
);
create index assignment_account on identity.assignment (account, valid_from);
create index assignment_post on identity.assignment (post);
revoke delete on identity.assignment from identity_app, identity_app_all;

create function identity.complete_assignment() returns trigger language plpgsql as $$
begin
  select coalesce(a.person_hash, a.account) into new.holder from identity.account a where a.account = new.account;
  select p.single, case when p.kind in ('system-administrator', 'security-administrator', 'security-auditor') then p.kind end
    into new.single, new.administrator from identity.post p where p.id = new.post;
  return new;
end $$;
create trigger complete before insert or update of account, post on identity.assignment for each row execute function identity.complete_assignment();

create function identity.follow_person() returns trigger language plpgsql as $$
begin
  update identity.assignment set holder = coalesce(new.person_hash, new.account) where account = new.account;
  return new;
end $$;
create trigger follow_person after update of person_hash on identity.account for each row
  when (old.person_hash is distinct from new.person_hash) execute function identity.follow_person();

-- What the accounts held until now becomes posts and assignments; of residents and agents of enterprises the account itself says what they are.
insert into identity.post (kind, unit, area, reach, single, valid_from)
  select post, unit, area, reach, post = 'unit-head' and count(*) = 1, '-infinity'::timestamptz from identity.account
  where post not in ('citizen', 'enterprise-agent') group by post, unit, area, reach;
insert into identity.assignment (account, post, valid_from, origin, holder, single)
  select a.account, p.id, '-infinity', 'initial', a.account, p.single from identity.account a
  join identity.post p on p.kind = a.post and p.unit = a.unit and p.area is not distinct from a.area and p.reach = a.reach;
alter table identity.account drop constraint officials_have_a_unit;
alter table identity.account drop constraint account_post_check;
alter table identity.account alter column post drop not null;
update identity.account set post = null, area = null where post not in ('citizen', 'enterprise-agent');
alter table identity.account add constraint account_post_check check (post in ('citizen', 'enterprise-agent'));
alter table identity.account drop column unit;
alter table identity.account drop column reach;
-- Why nobody can sign in: an administrator's or a source system's decision outlives a restart.
alter table identity.account add column disabled_why text check (disabled_why in ('administrator', 'scim'));
-- An account that was made for a joiner has no password until the person sets one.
alter table identity.account alter column password_hash drop not null;

-- The assignment under which a person with several works in this session.
alter table identity.session add column assignment uuid references identity.assignment;
alter table identity.session drop constraint session_ended_why_check;
alter table identity.session add constraint session_ended_why_check
  check (ended_why in ('logout', 'other-device', 'replaced', 'password-changed', 'account-disabled'));
