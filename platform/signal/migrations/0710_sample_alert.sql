-- Alerts that were made up for the sample district (样例预警) say so wherever they are shown.
alter table signal.alert add column sample boolean not null default false;
