-- What a caller says of another district may be an address only: the receipt needs no pin then.
alter table incident.outside_report alter column lon drop not null;
alter table incident.outside_report alter column lat drop not null;
alter table incident.outside_report add constraint outside_report_place check ((lon is null) = (lat is null) and (lon is not null or address is not null));
