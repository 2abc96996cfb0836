-- Kinds of posts in the evaluation (岗位评价, GB/T 30428.4): of the district or of a unit, never of whoever holds one. What fewer than five people hold or did has no
-- figures: they would be figures of persons. The table says so itself, whatever a rulebook says.
alter table grid.evaluation_score drop constraint evaluation_score_kind_check;
alter table grid.evaluation_score add constraint evaluation_score_kind_check check (kind in ('district', 'area', 'department', 'post'));
-- How many hold the post, or did the step in the month, whichever is fewer.
alter table grid.evaluation_score add column holders int;
alter table grid.evaluation_score add constraint post_of_five_or_more
  check (case when kind = 'post' then holders is not null and (holders >= 5 or (numerator = 0 and denominator = 0 and value is null and rank is null)) else holders is null end);
-- Steps of cases by kind of post, as they stood then: no account, no name.
create table grid.evaluation_post_fact (
  edition uuid not null references grid.evaluation_edition,
  case_id uuid not null,
  no text not null,
  class text not null,
  street text not null,
  step text not null check (step in ('accept', 'establish', 'dispatch', 'verify')),
  post text not null check (post in ('operator', 'dispatcher', 'supervisor')),
  unit text not null,
  on_time boolean not null,
  done_at timestamptz not null
);
create index evaluation_post_fact_edition on grid.evaluation_post_fact (edition, post, unit);
create trigger published_stays before insert or update or delete on grid.evaluation_post_fact for each row execute function grid.published_stays();
