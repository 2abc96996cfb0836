-- Legacy systems (老系统) sign people in by the CAS protocol. They stand in the register of all systems, and their service
-- addresses in `redirect_uris`: one that ends with / covers the pages below it, another one is a single page.
alter table identity.client add column kind text not null default 'oidc' check (kind in ('oidc', 'cas'));
-- The least level of assurance (认证保证级别): a CAS request cannot ask for one, so the registration says it.
alter table identity.client add column least_level smallint not null default 1 check (least_level between 1 and 4);
-- The protocol has neither a secret nor a way to ask the person: units of the district, for their task, and nobody else.
alter table identity.client add constraint cas_is_for_a_task check (kind <> 'cas' or (consent = 'task' and secret_hash is null and jwks is null));
