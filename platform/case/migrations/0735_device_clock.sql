-- When a report was made on site (现场时间), by our clock, and how far the clock of the device was off, seconds. Null where the device said nothing. The
-- time of a report stays that of its receipt.
alter table incident.report
  add column made_at timestamptz,
  add column skew_seconds int;
