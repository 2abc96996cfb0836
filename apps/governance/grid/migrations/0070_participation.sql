-- Participation of residents (市民参与): points, vouchers, draws, adopted parts, and pauses that a person decides. Nobody is ranked: no table or view compares persons.

-- The ledger (积分流水), never changed: one line for each cause, so that what is told twice counts once. `amount` 0: the most of that day was reached.
create table grid.points (
  id uuid primary key,
  person uuid not null,
  kind text not null check (kind in ('report', 'follow', 'voucher', 'ticket')),
  amount int not null,
  cause text not null unique,
  day date not null,
  at timestamptz not null,
  check (case when kind in ('report', 'follow') then amount >= 0 else amount < 0 end)
);
create index points_person on grid.points (person, at desc);
-- What somebody has: kept by the ledger alone, never below zero.
create table grid.points_balance (
  person uuid primary key,
  amount int not null check (amount >= 0)
);
create function grid.count_points() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  update grid.points_balance set amount = amount + new.amount where person = new.person;
  if not found then insert into grid.points_balance (person, amount) values (new.person, new.amount); end if;
  return null;
end
$$;
create trigger count_points after insert on grid.points for each row execute function grid.count_points();

create table grid.voucher (
  id text primary key,
  title jsonb not null,
  cost int not null check (cost > 0),
  stock int not null check (stock >= 0),
  valid_to date not null
);
create table grid.redemption (
  id uuid primary key,
  voucher text not null references grid.voucher,
  person uuid not null,
  code text not null unique,
  at timestamptz not null
);
create index redemption_person on grid.redemption (person, at desc);

-- Draws (抽奖): the seed is public before the first ticket is given, tickets are numbers without a name, and anybody can compute the result again.
create table grid.draw (
  id uuid primary key,
  title jsonb not null,
  cost int not null check (cost > 0),
  winners int not null check (winners between 1 and 1000),
  seed text not null check (seed ~ '^[0-9a-f]{64}$'),
  opened_at timestamptz not null,
  opened_by text not null,
  closes_at timestamptz not null,
  drawn_at timestamptz,
  drawn_by text,
  pool_digest text,
  won uuid[] not null default '{}',
  check ((drawn_at is null) = (pool_digest is null)),
  check (closes_at > opened_at)
);
create table grid.ticket (
  id uuid primary key,
  draw uuid not null references grid.draw,
  person uuid not null,
  at timestamptz not null,
  unique (draw, person)
);

-- Adopted parts and places (认养): asked for by a resident, approved by the street, for a time.
create table grid.adoption (
  id uuid primary key,
  person uuid not null,
  part text check (part ~ '^[0-9]{16}$'),
  lon float8 not null,
  lat float8 not null,
  street text collate "C" not null,
  wish text not null check (length(wish) between 4 and 500),
  state text not null check (state in ('asked', 'approved', 'refused', 'ended')),
  asked_at timestamptz not null,
  reason text,
  decided_by text,
  decided_at timestamptz,
  until date,
  ended_at timestamptz,
  check ((state in ('asked')) = (decided_at is null) or state = 'ended'),
  check (state <> 'approved' or until is not null)
);
create unique index adoption_part on grid.adoption (part) where state in ('asked', 'approved') and part is not null;
create index adoption_street on grid.adoption (street, asked_at desc);

-- Pauses of points after a false report (虚假上报冷静期): decided by a person with a reason, never by itself; reports are taken all the same. An appeal is decided by another person.
create table grid.pause (
  id uuid primary key,
  person uuid not null,
  report uuid not null unique,
  reason text not null check (length(reason) between 10 and 1000),
  until date not null,
  decided_by text not null,
  decided_unit text not null,
  decided_at timestamptz not null,
  appeal text check (length(appeal) between 4 and 1000),
  appealed_at timestamptz,
  outcome text check (outcome in ('lifted', 'upheld')),
  outcome_reason text,
  outcome_by text,
  outcome_at timestamptz,
  check (outcome is null or (appeal is not null and outcome_by <> decided_by and outcome_reason is not null))
);
create index pause_person on grid.pause (person);

revoke update, delete on grid.points from grid_app, grid_app_all;
revoke insert, update, delete on grid.points_balance from grid_app, grid_app_all;
revoke delete on grid.voucher, grid.redemption, grid.draw, grid.ticket, grid.adoption, grid.pause from grid_app, grid_app_all;

alter table grid.points enable row level security;
alter table grid.points_balance enable row level security;
alter table grid.redemption enable row level security;
alter table grid.ticket enable row level security;
alter table grid.adoption enable row level security;
alter table grid.pause enable row level security;
create policy own on grid.points to grid_app using (person = (select kernel.actor('person')::uuid) and (select kernel.actor('post')) = 'citizen');
create policy whole_district on grid.points to grid_app_all using (true) with check (true);
create policy own on grid.points_balance to grid_app using (person = (select kernel.actor('person')::uuid) and (select kernel.actor('post')) = 'citizen');
create policy whole_district on grid.points_balance to grid_app_all using (true);
create policy own on grid.redemption to grid_app using (person = (select kernel.actor('person')::uuid) and (select kernel.actor('post')) = 'citizen');
create policy whole_district on grid.redemption to grid_app_all using (true) with check (true);
create policy own on grid.ticket to grid_app using (person = (select kernel.actor('person')::uuid) and (select kernel.actor('post')) = 'citizen');
create policy whole_district on grid.ticket to grid_app_all using (true) with check (true);
create policy own on grid.adoption to grid_app using (person = (select kernel.actor('person')::uuid) and (select kernel.actor('post')) = 'citizen');
create policy of_the_street on grid.adoption to grid_app
  using ((select kernel.actor('unit') is not null and length(kernel.area_from()) = 9) and street >= (select kernel.area_from()) and street < (select kernel.area_to()));
create policy whole_district on grid.adoption to grid_app_all using (true) with check (true);
create policy own on grid.pause to grid_app using (person = (select kernel.actor('person')::uuid) and (select kernel.actor('post')) = 'citizen');
create policy whole_district on grid.pause to grid_app_all using (true) with check (true);
