-- Tasks that one person holds or was handed (签收、委托): few of many, looked through for people who have left their post.
create index task_held on workflow.task (holder) where state = 'open' and holder is not null;
create index candidate_named on workflow.candidate (account) where open and account <> '';
