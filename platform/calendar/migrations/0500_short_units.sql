-- Minutes and working hours (紧急工作时、工作时): cases of city management are timed in them. A time may be lengthened more than once where its rule allows it.
alter table calendar.clock drop constraint clock_unit_check;
alter table calendar.clock add constraint clock_unit_check check (unit in ('working-day', 'day', 'month', 'year', 'hour', 'minute', 'working-hour'));
alter table calendar.clock add column extensions int not null default 0 check (extensions >= 0);
update calendar.clock set extensions = 1 where extension is not null;
