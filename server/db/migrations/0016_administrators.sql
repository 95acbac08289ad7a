-- 三员分立: accounts with a password for one sign-in, and ways to read the access log.

alter table staff
  add column password_once_until timestamptz,   -- null: one of their own choice
  add column signed_in_at        timestamptz;

create index staff_logins on staff (role, login);

-- By day, and of staff by person and by role. Citizens' own rows are read by audit_person.
create index audit_at on audit (at, id);
create index audit_staff on audit (actor_id, at, id) where actor_kind not in ('citizen', 'system');
create index audit_kind on audit (actor_kind, at, id) where actor_kind not in ('citizen', 'system');

grant select on migrations to onething_app;
