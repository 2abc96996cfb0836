-- Orders (指令) and exercises tell officials too. A module that commands tells in its own transaction, so that the step at its row and the
-- message are committed together: through this function, which knows no other message than one about an order, and none to a citizen.
alter table signal.message drop constraint message_about_check;
alter table signal.message add constraint message_about_check check (about in ('alert', 'warning', 'storm', 'order'));

create function signal.tell_order(to_accounts text[], message_key text, order_id uuid, message_level int, message_step int, message_title jsonb)
returns table (id uuid, account text)
language sql security definer set search_path = pg_catalog as $$
  insert into signal.message (id, account, key, about, subject, level, step, title, created_at)
  select kernel.uuidv7(), a, 'order:' || message_key, 'order', order_id, message_level, message_step, message_title, kernel.now()
  from unnest(to_accounts) a
  on conflict (account, key) do nothing returning message.id, message.account
$$;
revoke execute on function signal.tell_order(text[], text, uuid, int, int, jsonb) from public;
grant usage on schema signal to district_module;
grant execute on function signal.tell_order(text[], text, uuid, int, int, jsonb) to district_module;
