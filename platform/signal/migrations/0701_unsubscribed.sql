-- Unsubscribing by kind (按类退订). A row only ever narrows: that this kind of message does not come by this channel. The page itself is no channel here, it keeps everything.
create table signal.unsubscribed (
  account text not null,
  kind text not null check (kind in ('alert', 'warning', 'case')),
  channel text not null check (channel in ('email', 'sms', 'wechat')),
  -- page: on the page of one's own · mail: by the link in a mail, without signing in.
  way text not null check (way in ('page', 'mail')),
  since timestamptz not null,
  primary key (account, kind, channel)
);
alter table signal.unsubscribed enable row level security;
create policy own on signal.unsubscribed to signal_app using (account = kernel.actor('account'));
create policy whole_district on signal.unsubscribed to signal_app_all using (true) with check (true);

-- What has to be told by rule (依规告知): nobody can unsubscribe from it.
alter table signal.message add column binding boolean not null default false;

-- dropped: unsubscribed between telling and sending.
alter table signal.delivery drop constraint delivery_state_check;
alter table signal.delivery add constraint delivery_state_check check (state in ('waiting', 'sending', 'sent', 'failed', 'dropped'));
