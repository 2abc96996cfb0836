-- Claims that correct others after a dispute (更正) are few and found by their method.
create index person_claim_correction on population.person_claim (claim_id) where method = 'correction';
