-- Life events (生命事件), derived from claims, and who is whose (亲属关系). A death that is only reported, or that a later sign of life
-- contradicts, is no death yet: `person.death_date` holds the confirmed ones alone.
create table population.life_event (
  pid uuid not null,
  kind text not null check (kind in ('born', 'married', 'moved', 'moved-out', 'died')),
  happened_on date not null,
  state text not null check (state in ('reported', 'confirmed', 'conflict', 'refuted')),
  -- [{c, d, u, at}]: claim, dataset, unit, instant of arrival.
  sources jsonb not null,
  known_at timestamptz not null default kernel.now(),
  primary key (pid, kind, happened_on)
);
create index life_event_open on population.life_event (known_at) where kind = 'died' and state in ('reported', 'conflict');

-- What a person decided about a reported death, knowing the claims up to `upto`. Never changed; the last one holds.
create table population.death_verdict (
  id uuid primary key,
  pid uuid not null,
  verdict text not null check (verdict in ('died', 'alive')),
  upto bigint not null,
  note text not null check (length(note) between 4 and 500),
  decided_by text not null check (decided_by not like 'system:%'),
  decided_name text not null,
  decided_unit text,
  decided_at timestamptz not null default kernel.now()
);
create index death_verdict_person on population.death_verdict (pid, decided_at desc);

-- Open = tx_to is null. `other_key` is the look-up key of the other's identity number, whether the other is known here or not.
create table population.kinship (
  pid uuid not null,
  kind text not null check (kind in ('mother', 'father', 'spouse')),
  other_key text not null,
  source jsonb not null,
  tx_from timestamptz not null default kernel.now(),
  tx_to timestamptz,
  primary key (pid, kind, tx_from)
);
create unique index kinship_now on population.kinship (pid, kind) where tx_to is null;
create index kinship_other on population.kinship (other_key) where tx_to is null;
revoke update, delete on population.death_verdict from population_app, population_app_all;

alter table population.life_event enable row level security;
alter table population.death_verdict enable row level security;
alter table population.kinship enable row level security;
create policy with_person on population.life_event for select to population_app using (exists (select from population.person p where p.pid = life_event.pid));
create policy with_person on population.death_verdict to population_app using (exists (select from population.person p where p.pid = death_verdict.pid));
create policy own_person on population.death_verdict for select to population_app using (pid = nullif((select kernel.actor('person')), '')::uuid);
create policy with_person on population.kinship for select to population_app using (exists (select from population.person p where p.pid = kinship.pid));
create policy all_persons on population.life_event to population_app_all using (true) with check (true);
create policy all_persons on population.death_verdict to population_app_all using (true) with check (true);
create policy all_persons on population.kinship to population_app_all using (true) with check (true);

-- A resident's own, whatever the area of the account.
create view population.own_life_event as select * from population.life_event where pid = nullif(kernel.actor('person'), '')::uuid;
revoke insert, update, delete on population.own_life_event from population_app, population_app_all;

-- One identity number on two living people (一号两人): while public security has not said whose it is, the number proves nothing
-- about either.
create or replace function population.verify(digest text, person uuid, stated jsonb) returns table (pid uuid, field text, answer text)
language sql stable security definer set search_path = pg_catalog as $$
  with subject as (
    select to_jsonb(p) as record, p.pid from population.person p
    where p.pid = coalesce(person, (select i.pid from population.identifier i where i.kind = 'id18' and i.lookup_key = digest))
      and (person is not null or not exists (select from population.conflict c where c.pid = p.pid and c.state = 'frozen')))
  select s.pid, f.key, case
    when s.pid is null or held.value is null then 'unknown'
    when held.value = f.value then 'yes' else 'no' end
  from jsonb_each_text(stated) f
  left join subject s on true
  left join lateral (
    select coalesce(
      s.record ->> (case f.key when 'name' then 'name' when 'sex' then 'sex' when 'birthDate' then 'birth_date' when 'phone' then 'phone'
        when 'address' then 'address_key' when 'buildingCode' then 'building_code' when 'committeeCode' then 'committee_code' when 'householdNo' then 'household_no' end),
      (select c.value from population.condition c where c.pid = s.pid and c.kind = f.key and c.tx_to is null)) as value) held on true
$$;
