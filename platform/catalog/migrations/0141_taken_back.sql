-- Whoever asked may take a request back (收回申请) while it is not answered.
alter table catalog.request drop constraint request_state_check;
alter table catalog.request add constraint request_state_check
  check (state in ('open', 'supplement', 'delivering', 'delivered', 'refused', 'revoked', 'lapsed', 'taken-back'));
