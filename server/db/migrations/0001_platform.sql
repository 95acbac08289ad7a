-- Times are instants (timestamptz); days are calendar days in Asia/Shanghai (date).
-- *_sealed columns are encrypted by the server (AES-256-GCM, AAD = table.column:row id); *_index
-- columns are keyed hashes for look-up. The keys are never in the database.

create table people (
  id            uuid        primary key,
  phone_index   bytea       unique,
  phone_sealed  bytea,
  wechat_index  bytea       unique,
  id_index      bytea       unique,
  name_sealed   bytea,
  id_sealed     bytea,
  verified_at   timestamptz,
  region_code   text,
  elder         boolean     not null default false,
  created_at    timestamptz not null
);

create table staff (
  id            uuid        primary key,
  login         text        not null unique,
  name          text        not null,
  role          text        not null check (role in ('window', 'department', 'supervisor')),
  department_id text,
  region_code   text        not null,
  password_hash text        not null,
  totp_sealed   bytea       not null,
  totp_last     bigint      not null default 0,      -- last time step used: a code counts once
  disabled_at   timestamptz,
  created_at    timestamptz not null,
  check ((role = 'department') = (department_id is not null))
);

create table sessions (
  token_hash  bytea       primary key,
  person_id   uuid        references people (id),
  staff_id    uuid        references staff (id),
  draft_key   bytea,                                 -- sealed
  created_at  timestamptz not null,
  seen_at     timestamptz not null,
  expires_at  timestamptz not null,
  check ((person_id is null) <> (staff_id is null))
);
create index sessions_person on sessions (person_id);
create index sessions_staff on sessions (staff_id);

create table otps (
  challenge    text        primary key,
  phone_index  bytea       not null,
  code_hash    bytea       not null,
  tries        integer     not null default 0,
  created_at   timestamptz not null,
  expires_at   timestamptz not null,
  used_at      timestamptz
);
create index otps_phone on otps (phone_index, created_at);

-- Failed sign-ins by any key (IP, phone, login): limits survive a restart and hold for all servers.
create table attempts (
  key text        not null,
  at  timestamptz not null
);
create index attempts_key on attempts (key, at);

-- A published topic version is immutable and pinned by the cases filed under it.
create table topic_versions (
  topic_id     text        not null,
  version      integer     not null,
  hash         text        not null,
  body         jsonb       not null,
  published_at timestamptz not null,
  primary key (topic_id, version)
);

create table drafts (
  person_id   uuid        not null references people (id),
  topic_id    text        not null,
  revision    integer     not null,
  request_id  uuid        not null,
  body_sealed bytea       not null,
  saved_at    timestamptz not null,
  kept_until  timestamptz not null,
  reminded_at timestamptz,
  primary key (person_id, topic_id)
);
create index drafts_kept on drafts (kept_until);

create table materials (
  id          uuid        primary key,
  owner_id    uuid        not null references people (id),
  state       text        not null check (state in ('receiving', 'ready', 'refused')),
  sha256      text        not null,                  -- of what was sent
  size        integer     not null,
  name_sealed bytea       not null,
  chunks      integer     not null,
  received    integer[]   not null default '{}',
  type        text,                                  -- found by content
  blob_id     text,                                  -- of what is stored, re-encoded
  refused     text,
  created_at  timestamptz not null,
  ready_at    timestamptz
);
create unique index materials_same on materials (owner_id, sha256) where state <> 'refused';
create index materials_owner on materials (owner_id, created_at);

create sequence case_numbers;

create table cases (
  id             uuid        primary key,            -- v7
  number         text        not null unique,
  applicant_id   uuid        not null references people (id),
  request_id     uuid        not null,
  request_hash   bytea       not null,               -- same key, other body: 409
  topic_id       text        not null,
  topic_version  integer     not null,
  region_code    text        not null,
  state          text        not null,
  version        integer     not null,               -- = last event
  handover       text        not null,
  content_sealed bytea       not null,               -- answers, form, materials, signature
  rounds         integer     not null default 0,     -- correction rounds so far
  overrides      integer     not null default 0,     -- asked outside the notice, or twice; counted
  correction     jsonb,                              -- open round: keys and reasons, no values
  submitted_at   timestamptz not null,
  accept_by      date        not null,
  accepted_at    timestamptz,
  due_on         date,
  ended_at       timestamptz,
  unique (applicant_id, request_id)
);
create index cases_applicant on cases (applicant_id, submitted_at desc, id desc);
create index cases_desk on cases (region_code, state, submitted_at, id);
create index cases_accept on cases (accept_by) where state = 'submitted';

-- The history of a case is evidence in an administrative review (行政复议): it can only grow.
create table case_events (
  case_id uuid        not null references cases (id),
  seq     integer     not null check (seq > 0),
  at      timestamptz not null,
  by_role text        not null,
  by_id   uuid,
  by_name text        not null,
  event   jsonb       not null check (event ? 'is'),
  primary key (case_id, seq)
);

create table tasks (
  case_id       uuid        not null references cases (id),
  n             integer     not null,
  item_id       text        not null,
  department_id text        not null,
  region_code   text        not null,
  state         text        not null,
  started_at    timestamptz,
  due_on        date,
  pauses        jsonb       not null default '[]',   -- [{from, to?, reason, note}]
  asks          jsonb,                               -- correction asked, waiting for the window
  reason        text,
  handler_id    uuid,
  ended_at      timestamptz,
  signal        text        not null default 'none', -- highest one told so far
  primary key (case_id, n)
);
create index tasks_worklist on tasks (department_id, region_code, due_on, case_id, n)
  where state in ('dispatched', 'received', 'asking', 'paused');
create index tasks_due on tasks (due_on)
  where state in ('dispatched', 'received', 'asking', 'paused');

-- Which uploads a case uses: decides who may read a photo.
create table case_materials (
  case_id     uuid    not null references cases (id),
  key         text    not null,
  material_id uuid    not null references materials (id),
  primary key (case_id, key, material_id)
);
create index case_materials_material on case_materials (material_id);

create table results (
  id            uuid        primary key,
  case_id       uuid        not null,
  n             integer     not null,
  name          text        not null,
  number        text        not null,
  verify_hash   bytea       not null unique,
  verify_sealed bytea       not null,
  values_sealed bytea       not null,
  issued_at     timestamptz not null,
  unique (case_id, n),
  foreign key (case_id, n) references tasks (case_id, n)
);

create table ratings (
  case_id    uuid        primary key references cases (id),   -- one rating per case
  request_id uuid        not null,
  stars      integer     not null check (stars between 1 and 5),
  comment_sealed bytea,
  at         timestamptz not null
);

-- A retried action returns what it did the first time.
create table requests (
  actor_id   text        not null,                   -- person, staff member or 'outside:department'
  request_id uuid        not null,
  hash       bytea       not null,
  at         timestamptz not null,
  primary key (actor_id, request_id)
);

create table messages (
  id        uuid        primary key,
  person_id uuid        not null references people (id),
  case_id   uuid,
  at        timestamptz not null,
  title     text        not null,
  text      text        not null,
  read_at   timestamptz
);
create index messages_person on messages (person_id, at desc, id desc);

create table nonces (
  key_id text        not null,
  nonce  text        not null,
  at     timestamptz not null,
  primary key (key_id, nonce)
);
create index nonces_at on nonces (at);

-- Who read or wrote personal data: who, of whom, what, why. Append-only.
create table audit (
  id         bigint generated always as identity primary key,
  at         timestamptz not null,
  actor_kind text        not null,
  actor_id   uuid,
  actor_name text        not null,
  person_id  uuid,
  what       text        not null,
  object     text        not null,
  why        text        not null,
  result     text        not null
);
create index audit_person on audit (person_id, id desc);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% only grows', tg_table_name;
end $$;
create trigger case_events_only_grow before update or delete or truncate on case_events
  for each statement execute function refuse_change();
create trigger audit_only_grows before update or delete or truncate on audit
  for each statement execute function refuse_change();
create trigger topic_versions_only_grow before update or delete or truncate on topic_versions
  for each statement execute function refuse_change();

grant select, insert, update, delete on people, staff, sessions, otps, attempts, drafts, materials,
  cases, tasks, case_materials, results, ratings, requests, messages, nonces to onething_app;
grant select, insert on topic_versions, case_events, audit to onething_app;
grant usage on sequence case_numbers to onething_app;
