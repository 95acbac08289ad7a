-- 我的信息: devices a person can tell apart and sign out, acts that want a fresh proof of who acts,
-- which messages go by SMS, and accounts that were closed.

alter table people add column closed_at timestamptz;   -- the row stays for its cases, emptied

alter table sessions
  add column id           uuid        not null default gen_random_uuid(),  -- shown to its owner
  add column device       text        not null default 'other',
  add column confirmed_at timestamptz;                 -- last time a fresh code was entered (S9)
create unique index sessions_id on sessions (id);

-- A kind without a row goes by SMS too: silence must be chosen.
create table message_preferences (
  person_id uuid    not null references people (id),
  kind      text    not null,
  sms       boolean not null,
  primary key (person_id, kind)
);
grant select, insert, update, delete on message_preferences to onething_app;
