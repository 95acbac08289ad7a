-- 好差评: indicators beside the level of a case, a rating per item, and 整改 of the low ones.
alter table ratings add column form_version integer, add column indicators jsonb;

create table item_ratings (
  case_id        uuid        not null,
  n              integer     not null,
  stars          integer     not null check (stars between 1 and 5),
  comment_sealed bytea,
  at             timestamptz not null,
  primary key (case_id, n),                          -- one rating per item
  foreign key (case_id, n) references tasks (case_id, n)
);

-- One per low rating; n 0 is the case as a whole, which its window answers for.
create table rectifications (
  id            uuid        primary key,
  case_id       uuid        not null references cases (id),
  n             integer     not null check (n >= 0),
  region_code   text        not null,
  department_id text        check ((n = 0) = (department_id is null)),
  stars         integer     not null check (stars between 1 and 2),
  state         text        not null
    check (state in ('open', 'contacted', 'answered', 'confirmed', 'closed')),
  round         integer     not null default 1,
  contact_by    date        not null,
  answer_by     date        not null,
  stop_by       date        not null,
  reply_by      date,
  signal        text        not null default 'none' check (signal in ('none', 'yellow', 'red')),
  late          boolean     not null default false,  -- some day of its clocks was missed
  outcome       text        check (outcome in ('satisfied', 'unsatisfied', 'lapse')),
  opened_at     timestamptz not null,
  confirmed_at  timestamptz,                         -- first confirmed answer
  closed_at     timestamptz,
  unique (case_id, n),
  check ((state = 'closed') = (closed_at is not null))
);
create index rectifications_worklist on rectifications (region_code, stop_by, id)
  where state <> 'closed';
create index rectifications_due on rectifications (contact_by, id) where state <> 'closed';
create index ratings_at on ratings (at);
create index cases_finished on cases (ended_at) where state = 'finished';
create index cases_ready on cases (id) where state = 'ready';

create table rectification_events (
  rectification_id uuid        not null references rectifications (id),
  seq              integer     not null check (seq > 0),
  at               timestamptz not null,
  by_role          text        not null,
  by_id            uuid,
  by_name          text        not null,             -- an office, never a citizen's name
  event            text        not null,
  kind             text,                             -- of an answer
  note_sealed      bytea,
  primary key (rectification_id, seq)
);
create trigger rectification_events_only_grow before update or delete or truncate
  on rectification_events for each statement execute function refuse_change();

-- 公开数据 as last counted: one row for all servers.
create table public_figures (
  single boolean   primary key default true check (single),
  at   timestamptz not null,
  body jsonb       not null
);

grant select, insert, update, delete on item_ratings, rectifications, public_figures
  to onething_app;
grant select, insert on rectification_events to onething_app;
