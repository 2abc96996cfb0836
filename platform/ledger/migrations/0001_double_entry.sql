-- Double entry (复式记账, GS12): accounts, journals, entries, balances. What is booked is never changed: a correction is a red-letter journal.

-- Chart of accounts (会计科目): the data of accounts.json. A changed meaning is a new code, so that old entries keep theirs.
create table ledger.account (
  code text collate "C" primary key check (code ~ '^[0-9]{4,12}$'),
  title jsonb not null check (title ?& array['zh', 'en']),
  -- Side on which it grows (余额方向).
  side text not null check (side in ('debit', 'credit')),
  -- Its lines may never fall below zero.
  guarded boolean not null,
  source text not null
);

create table ledger.period (
  app text not null,
  unit text not null,
  month text not null check (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'),
  closed_by text not null,
  closed_at timestamptz not null default kernel.now(),
  primary key (app, unit, month)
);

create table ledger.journal (
  id uuid primary key,
  app text not null,
  -- Whose books (会计主体).
  unit text not null,
  -- The business event that it books: once in its app.
  event text not null check (length(event) between 3 and 200),
  on_date date not null,
  text text not null check (length(text) between 2 and 200),
  -- A red-letter journal (红字冲销) names what it takes back, in whole or in part.
  reverses uuid,
  red boolean not null,
  -- SM3 of all that it says; `seal` chains them.
  digest text not null,
  made_by text not null,
  at timestamptz not null default kernel.now(),
  txid xid8 not null default pg_current_xact_id(),
  unique (app, event),
  unique (id, app, unit),
  unique (id, app, unit, red),
  foreign key (reverses, app, unit) references ledger.journal (id, app, unit),
  check (red = (reverses is not null))
);
create index journal_order on ledger.journal (txid, id);
create index journal_reverses on ledger.journal (reverses) where reverses is not null;

create table ledger.entry (
  journal uuid not null,
  no int not null check (no > 0),
  app text not null,
  unit text not null,
  red boolean not null,
  account text collate "C" not null references ledger.account (code),
  -- Control key (核算要素): `element=value;…` in the order of the elements; empty where an account is kept without.
  control text collate "C" not null,
  side text not null check (side in ('debit', 'credit')),
  fen bigint not null check (fen <> 0 and (fen < 0) = red),
  primary key (journal, no),
  foreign key (journal, app, unit, red) references ledger.journal (id, app, unit, red)
);
create index entry_line on ledger.entry (app, unit, account, control);

-- One line: what the entries of an account and control key come to. Written by the trigger below and by nothing else.
create table ledger.balance (
  app text not null,
  unit text not null,
  account text collate "C" not null references ledger.account (code),
  control text collate "C" not null,
  side text not null,
  guarded boolean not null,
  debit bigint not null default 0,
  credit bigint not null default 0,
  entries bigint not null default 0,
  primary key (app, unit, account, control),
  constraint balance_not_below_zero check (not guarded or case side when 'debit' then debit - credit else credit - debit end >= 0)
);

-- Committed journals, chained in order (封存). A chain that each transaction wrote would queue all writers.
create table ledger.seal (
  seq bigint primary key check (seq > 0),
  at timestamptz not null default kernel.now(),
  from_txid xid8 not null,
  to_txid xid8 not null,
  count int not null check (count > 0),
  previous text not null,
  hash text not null,
  -- `id:digest` of each journal in order.
  journals text[] not null check (cardinality(journals) = count)
);

revoke update, delete on ledger.account, ledger.period, ledger.journal, ledger.entry, ledger.seal from ledger_app, ledger_app_all;
revoke insert, update, delete on ledger.balance from ledger_app, ledger_app_all;

-- Revoked rights bind the request roles; the trap binds everybody else as well.
create function ledger.refuse_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
  raise exception '%.% is insert-only: correct by a red-letter journal', tg_table_schema, tg_table_name using errcode = 'integrity_constraint_violation';
end $$;
do $$ declare t text; begin
  foreach t in array array['account', 'period', 'journal', 'entry', 'seal'] loop
    execute format('create trigger refuse_change before update or delete or truncate on ledger.%I for each statement execute function ledger.refuse_change()', t);
  end loop;
end $$;

-- One lock a book and month: bookings share it, closing the month waits for them and they for it.
create function ledger.month_lock(of_app text, of_unit text, of_month text) returns bigint language sql immutable set search_path = pg_catalog
  as $$ select hashtextextended('ledger.period:' || of_app || ':' || of_unit || ':' || of_month, 0) $$;

create function ledger.keep_period() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform pg_advisory_xact_lock(ledger.month_lock(new.app, new.unit, new.month));
  return new;
end $$;
create trigger keep_period before insert on ledger.period for each row execute function ledger.keep_period();

create function ledger.keep_journal() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
declare its_month text := to_char(new.on_date, 'YYYY-MM');
begin
  new.txid := pg_current_xact_id();
  new.at := kernel.now();
  perform pg_advisory_xact_lock_shared(ledger.month_lock(new.app, new.unit, its_month));
  if exists (select from ledger.period p where p.app = new.app and p.unit = new.unit and p.month = its_month) then
    raise exception 'the books of % are closed for %', new.unit, its_month using errcode = 'check_violation', constraint = 'journal_period_open';
  end if;
  return new;
end $$;
create trigger keep_journal before insert on ledger.journal for each row execute function ledger.keep_journal();

-- An entry belongs to the transaction of its journal: nothing is added to one that is committed.
create function ledger.keep_entry() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if not exists (select from ledger.journal j where j.id = new.journal and j.txid = pg_current_xact_id()) then
    raise exception 'journal % is not of this transaction', new.journal using errcode = 'check_violation', constraint = 'entry_with_journal';
  end if;
  return new;
end $$;
create trigger keep_entry before insert on ledger.entry for each row execute function ledger.keep_entry();

-- Moves the lines that a statement touches, locked in the order of their keys. The zero line comes first: a check is made of the row that is proposed, before
-- PostgreSQL looks whether there is one already.
create function ledger.move_balance() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  insert into ledger.balance (app, unit, account, control, side, guarded)
    select k.app, k.unit, k.account, k.control, a.side, a.guarded from (select distinct app, unit, account, control from made) k
    join ledger.account a on a.code = k.account order by k.app, k.unit, k.account, k.control
  on conflict do nothing;
  perform from ledger.balance b join (select distinct app, unit, account, control from made) k using (app, unit, account, control)
    order by app, unit, account, control for update of b;
  update ledger.balance b set debit = b.debit + k.debit, credit = b.credit + k.credit, entries = b.entries + k.entries
  from (select app, unit, account, control, count(*) as entries, coalesce(sum(fen) filter (where side = 'debit'), 0) as debit,
          coalesce(sum(fen) filter (where side = 'credit'), 0) as credit from made group by app, unit, account, control) k
  where b.app = k.app and b.unit = k.unit and b.account = k.account and b.control = k.control;
  return null;
end $$;
create trigger move_balance after insert on ledger.entry referencing new table as made for each statement execute function ledger.move_balance();

-- At the commit: debit = credit in the journal and in each control key of it; a reversal takes back no more than was booked, however many there are.
create function ledger.check_journal() returns trigger language plpgsql security definer set search_path = pg_catalog as $$
begin
  if (select count(*) from ledger.entry e where e.journal = new.id) < 2
    or exists (select from ledger.entry e where e.journal = new.id group by e.control having sum(case e.side when 'debit' then e.fen else -e.fen end) <> 0) then
    raise exception 'journal % does not balance', new.id using errcode = 'check_violation', constraint = 'journal_balanced';
  end if;
  if new.reverses is not null then
    perform from ledger.journal j where j.id = new.reverses for update;
    if exists (select from ledger.journal j where j.id = new.reverses and j.red) or exists (
      select from ledger.entry e join ledger.journal j on j.id = e.journal where j.id = new.reverses or j.reverses = new.reverses
      group by e.account, e.control, e.side having sum(e.fen) < 0) then
      raise exception 'journal % takes back more than % booked', new.id, new.reverses using errcode = 'check_violation', constraint = 'journal_reversal';
    end if;
  end if;
  return null;
end $$;
create constraint trigger check_journal after insert on ledger.journal deferrable initially deferred for each row execute function ledger.check_journal();

-- A module books in its own books (`uses`); the ledger itself in those of all.
do $$ declare t text; begin
  foreach t in array array['period', 'journal', 'entry', 'balance'] loop
    execute format('alter table ledger.%I enable row level security', t);
    execute format('create policy all_apps on ledger.%I to ledger_app_all using (true) with check (true)', t);
  end loop;
end $$;

-- The chart is public.
grant usage on schema ledger to district_module;
grant select on ledger.account to district_module;
