-- Who may act as what at this moment: one row for each post that somebody holds now, and one for each resident and agent, whose account
-- is what they are. An official without a post has no row.
create view identity.holder as
  select a.account, a.name, a.person_hash, a.entity, a.enabled, a.sample, p.kind as post, p.unit, p.area, p.reach, g.id as assignment, p.id as post_id, g.acting
  from identity.account a join identity.assignment g using (account) join identity.post p on p.id = g.post join identity.unit u on u.code = p.unit
  where a.post is null and g.valid_from <= kernel.now() and (g.valid_to is null or g.valid_to > kernel.now())
    and p.valid_from <= kernel.now() and (p.valid_to is null or p.valid_to > kernel.now()) and (u.valid_to is null or u.valid_to > kernel.now())
  union all
  select a.account, a.name, a.person_hash, a.entity, a.enabled, a.sample, a.post, null, a.area, 'own', null, null, false
  from identity.account a where a.post is not null;
revoke insert, update, delete on identity.holder from identity_app, identity_app_all;
