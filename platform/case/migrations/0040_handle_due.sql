-- Until when the unit had to be done (处置时限): evaluation asks for it after the step is over.
alter table incident.case_file add column handle_due_at timestamptz;
update incident.case_file c set handle_due_at = c.due_at where c.state = 'handling';
