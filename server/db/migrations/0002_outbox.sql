-- What must reach the world outside after a transaction has committed: written in that transaction,
-- delivered at least once. A job being worked on is one whose due_at was moved to the end of its
-- lease, so a killed worker needs no cleaning up; attempts tells a late worker it was replaced.
create table outbox (
  id         bigint generated always as identity primary key,
  lane       text        not null,                  -- jobs of one lane wait only for each other
  topic      text        not null,                  -- names the handler
  key        text        not null,                  -- one effect, however often it is asked for
  payload    bytea       not null,                  -- sealed: may hold personal data
  created_at timestamptz not null,
  due_at     timestamptz not null,
  attempts   integer     not null default 0 check (attempts >= 0),
  done_at    timestamptz,
  dead_at    timestamptz,
  last_error text,                                  -- never personal data
  unique (topic, key),
  check (done_at is null or dead_at is null)
);
create index outbox_open on outbox (lane, due_at, id) where done_at is null and dead_at is null;
create index outbox_done on outbox (done_at) where done_at is not null;
create index outbox_dead on outbox (dead_at) where dead_at is not null;
grant select, insert, update, delete on outbox to onething_app;
