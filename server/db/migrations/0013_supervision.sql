-- 责任人联系表, 电子监察: who answers, what the clocks told whom, what was done, and figures by day.

create table contacts (
  id            uuid        primary key,
  department_id text        not null,
  region_code   text        not null,
  seq           integer     not null check (seq > 0),   -- its line in the unit's list
  topic_id      text,                                   -- null: all topics, items, stages
  item_id       text,
  role          text        not null check (role in ('handler', 'chief', 'leader')),
  stage         text        check (stage in ('receive', 'review', 'approve')),
  name_sealed   bytea       not null,
  phone_sealed  bytea       not null,
  note_sealed   bytea,
  draft         boolean     not null,                   -- nobody has confirmed it yet
  saved_at      timestamptz not null,
  unique (region_code, department_id, seq)
);

-- One per task and level, made with the event task.signal.
create table signals (
  id            uuid        primary key,
  case_id       uuid        not null,
  n             integer     not null,
  topic_id      text        not null,
  item_id       text        not null,
  department_id text        not null,
  region_code   text        not null,
  level         text        not null check (level in ('warning', 'yellow', 'red')),
  rank          integer     not null check (rank between 1 and 3),
  raised_at     timestamptz not null,
  due_on        date        not null,
  told          text[]      not null,                   -- roles somebody of whom was told by SMS
  state         text        not null check (state in ('open', 'explained', 'closed')),
  order_by      date,                                   -- 督办: to be answered by
  unique (case_id, n, level),
  foreign key (case_id, n) references tasks (case_id, n)
);
create index signals_worst on signals (rank desc, due_on, id) where state <> 'closed';
create index signals_region on signals (region_code, rank desc, due_on, id);
create index signals_department on signals (department_id, region_code, rank desc, due_on, id);
create index signals_orders on signals (order_by) where state = 'open' and order_by is not null;

create table signal_events (
  signal_id   uuid        not null references signals (id),
  seq         integer     not null check (seq > 0),
  at          timestamptz not null,
  by_role     text        not null,
  by_id       uuid,
  by_name     text        not null,                     -- an office or a member of staff
  event       text        not null,
  note_sealed bytea,
  order_by    date,
  primary key (signal_id, seq)
);
create trigger signal_events_only_grow before update or delete or truncate
  on signal_events for each statement execute function refuse_change();

-- Figures of each day, for each scope (a region, or the prefecture as a whole), kept by the clock.
create table figures (
  scope      text    not null,
  by         text    not null check (by in ('topic', 'region', 'item', 'department')),
  day        date    not null,
  id         text    not null,
  counts     integer[] not null,                        -- in the order of COUNTS, core/figures.ts
  primary key (scope, by, day, id)
);
create table figure_days (
  day        date        primary key,
  counted_at timestamptz not null
);

create index cases_accepted on cases (accepted_at) where accepted_at is not null;
create index cases_given_up on cases (ended_at) where state in ('refused', 'withdrawn');
create index tasks_started on tasks (started_at) where started_at is not null;
create index tasks_ended on tasks (ended_at) where ended_at is not null;
create index item_ratings_at on item_ratings (at);
create index tickets_opened on tickets (opened_at);

grant select, insert, update, delete on contacts, figures, figure_days to onething_app;
grant select, insert, update on signals to onething_app;
grant select, insert on signal_events to onething_app;
