-- When the person of a session last proved themselves by password (新近验证), besides signing in.
alter table identity.session add column proved_at timestamptz;
