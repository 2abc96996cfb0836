-- Purposes are public words: every module may show what a purpose is called, e.g. to the person whose data were read.
grant usage on schema access to district_module;
grant select on access.purpose to district_module;
