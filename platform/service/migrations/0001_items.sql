-- Service items (事项).
select 1;
