-- The desk of the sample's windows: what a real agent keeps on the clerk's own machine, apart from everything of ours.
create table peripherals_simulator.device (
  centre text collate "C" not null,
  window_no int not null,
  public_key text not null,
  -- Sealed: the device's private key.
  secret text not null,
  plugged boolean not null default true,
  -- Card that lies on the reader.
  card text,
  primary key (centre, window_no)
);

create table peripherals_simulator.card (
  key text primary key,
  title text not null,
  -- Sealed: the ten items of the chip.
  facts text not null
);
alter table peripherals_simulator.device add foreign key (card) references peripherals_simulator.card;

-- What came out of the printer, and what arrived on the phones of the sample.
create table peripherals_simulator.printed (
  id uuid primary key,
  centre text collate "C" not null,
  window_no int not null,
  at timestamptz not null,
  title text not null,
  lines text[] not null
);
create table peripherals_simulator.message (
  id uuid primary key,
  phone text not null,
  body text not null,
  at timestamptz not null
);
