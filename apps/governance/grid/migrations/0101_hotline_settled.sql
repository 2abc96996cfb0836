-- When the centre settled what an unsatisfied caller said: until then the order waits for its decision.
alter table grid.hotline_order add column settled_at timestamptz;
