-- 求助: 咨询, 帮办代办, 办不成事. The state and the rung of a ticket move by core/ticket.ts only.
create sequence ticket_numbers;

create table tickets (
  id            uuid        primary key,             -- v7
  number        text        not null unique,
  person_id     uuid        not null references people (id),
  request_id    uuid,                                -- of the citizen who asked
  kind          text        not null check (kind in ('inquiry', 'assistance', 'unresolved')),
  region_code   text        not null,
  page          text,
  topic_id      text,
  case_id       uuid        references cases (id),
  item_id       text,
  refusal       text,                                -- 'case' or 'task.n': what was refused
  department_id text,                                -- whose matter it is
  sent_at       timestamptz,                         -- when it first reached that department
  state         text        not null check
    (state in ('reported', 'open', 'answered', 'closed', 'asked', 'settled')),
  rung          text        not null check (rung in ('window', 'department', 'joint', 'leaders')),
  version       integer     not null,                -- = last entry
  due_on        date,
  outcome       text,
  opened_at     timestamptz not null,
  moved_at      timestamptz not null,                -- into this state or rung
  unique (person_id, request_id),
  check ((state = 'open') = (due_on is not null)),
  check (sent_at is null or department_id is not null)
);
-- 否定答复报告: one report a refusal, however often it is told.
create unique index tickets_refusal on tickets (case_id, refusal) where refusal is not null;
create index tickets_person on tickets (person_id, opened_at desc, id desc);
create index tickets_desk on tickets (region_code, state, due_on, id);
create index tickets_department on tickets (department_id, region_code, state, due_on, id)
  where sent_at is not null;
create index tickets_clock on tickets (state, due_on, moved_at)
  where state in ('open', 'answered', 'closed', 'asked');

-- What happened and what was written; the application may add, never change or remove.
create table ticket_entries (
  ticket_id    uuid        not null references tickets (id),
  seq          integer     not null check (seq > 0),
  at           timestamptz not null,
  by_role      text        not null check (by_role in ('citizen', 'staff', 'system')),
  by_id        uuid,
  by_name      text        not null,                 -- an office, never a citizen's name
  event        jsonb       not null check (event ? 'is'),
  words_sealed bytea,
  primary key (ticket_id, seq)
);

alter table messages add column ticket_id uuid;

grant select, insert, update on tickets to onething_app;
grant select, insert on ticket_entries to onething_app;
grant usage on sequence ticket_numbers to onething_app;
