import { LOGIN_ROLE } from './db/engine.ts';

/**
 * What the administrator's credential does before any module: extensions, the login role, the group role of all
 * modules, schemas `kernel` and `share`. Written so that it can run again at any time.
 */
export const BOOTSTRAP = `
create extension if not exists postgis;
create extension if not exists btree_gist;
create extension if not exists pg_trgm;
do $$ begin create role ${LOGIN_ROLE} login nosuperuser noinherit nocreatedb nocreaterole; exception when duplicate_object or unique_violation then null; end $$;
do $$ begin create role district_module nologin; exception when duplicate_object or unique_violation then null; end $$;
do $$ begin create role share_owner nologin; exception when duplicate_object or unique_violation then null; end $$;
do $$ begin create role kernel_owner nologin; exception when duplicate_object or unique_violation then null; end $$;
do $$ begin create role kernel_app nologin; exception when duplicate_object or unique_violation then null; end $$;
do $$ begin create role kernel_app_all nologin; exception when duplicate_object or unique_violation then null; end $$;
do $$ begin execute format('revoke create on schema public from public'); end $$;
create schema if not exists kernel authorization kernel_owner;
create schema if not exists share authorization share_owner;
grant usage on schema kernel, share to district_module, kernel_app, kernel_app_all, share_owner;
grant kernel_app, kernel_app_all to ${LOGIN_ROLE};
alter default privileges for role kernel_owner revoke execute on functions from public;
alter default privileges for role share_owner revoke execute on functions from public;
`;
