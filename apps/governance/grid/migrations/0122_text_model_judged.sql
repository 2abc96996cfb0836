-- How good a model was by class, and what it took for what (混淆), on texts that it had not seen. Null for models from before.
alter table grid.text_model add column by_class jsonb, add column confusions jsonb, add column corrected int;
-- Which model is used (启用决定): a person may go back to a former one, or leave it to the rule again (`version` null). The last line holds; none is changed.
create table grid.text_model_choice (
  id uuid primary key,
  version int references grid.text_model,
  reason text not null check (length(reason) between 4 and 500),
  chosen_by text not null,
  chosen_name text not null,
  chosen_at timestamptz not null
);
create index text_model_choice_at on grid.text_model_choice (chosen_at desc, id desc);
revoke update, delete on grid.text_model_choice from grid_app, grid_app_all;
