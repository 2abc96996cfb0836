create table probe.note (id uuid primary key, body text not null, number bigint);
create table probe.effect (event text not null, subject text not null);
