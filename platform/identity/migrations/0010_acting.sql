-- For whom the person of a session acts (替谁办): a delegation, kept also once it has ended, so that what was meant for the giver
-- never happens to the delegate instead. Cleared only by the person.
alter table identity.session add column acting_for uuid;
