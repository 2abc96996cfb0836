-- Models that tell the class of a report from its words (文本归类模型): each stays, with what it was taught and how good it was on texts that it had not seen.
create table grid.text_model (
  version int generated always as identity primary key,
  -- `cases`: closed cases of the district; `sample`: texts of the generator, before there are enough cases.
  origin text not null check (origin in ('cases', 'sample')),
  trained_at timestamptz not null,
  -- First and last day of the texts; none of generated ones.
  window_from date,
  window_to date,
  texts int not null check (texts > 0),
  held_out int not null check (held_out > 0),
  classes int not null check (classes > 1),
  -- Shares of the texts held out whose class came first, and among the first three.
  top1 float8 not null check (top1 between 0 and 1),
  top3 float8 not null check (top3 between 0 and 1),
  model jsonb not null
);
revoke update, delete on grid.text_model from grid_app, grid_app_all;
