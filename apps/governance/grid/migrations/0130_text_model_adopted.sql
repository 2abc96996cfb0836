-- Who had a model learnt (发起学习), so that another person takes it into use. None where the week did.
create table grid.text_model_request (
  id uuid primary key,
  asked_by text not null,
  asked_name text not null,
  asked_at timestamptz not null
);
revoke update, delete on grid.text_model_request from grid_app, grid_app_all;
-- How far its confidence is from the truth (ECE), and how the model then in use did on the same cases held out. Null for models from before.
alter table grid.text_model
  add column request uuid references grid.text_model_request,
  add column calibration float8 check (calibration between 0 and 1),
  add column compared jsonb;
