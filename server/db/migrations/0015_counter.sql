-- 窗口代办申报: a window clerk opens a session in which one citizen, there in person, files one
-- topic or rates one finished case. The row is what the session may touch, and who opened it; its
-- id is the request id of the one case that can be filed in it.
create table counters (
  id           uuid        primary key,
  staff_id     uuid        not null references staff (id),
  request_id   uuid        not null,                  -- the clerk's: a retry opens the same one
  person_id    uuid        not null references people (id),
  purpose      text        not null check (purpose in ('file', 'rate')),
  topic_id     text        not null,
  region_code  text        not null,                  -- of the window
  queue_ticket text,                                  -- 排队号
  case_id      uuid        references cases (id),     -- the one to rate
  -- how the applicant's identity was established before a filing
  proved       text        check (proved in ('account', 'service', 'card')),
  opened_at    timestamptz not null,
  unique (staff_id, request_id),
  check ((purpose = 'rate') = (case_id is not null)),
  check ((purpose = 'file') = (proved is not null))
);
create index counters_staff on counters (staff_id, opened_at);
create index counters_person on counters (person_id);

alter table sessions add column counter_id uuid references counters (id);
alter table sessions add constraint sessions_counter
  check (counter_id is null or person_id is not null);
create index sessions_counter_id on sessions (counter_id) where counter_id is not null;

-- Opened once, never changed.
grant select, insert on counters to onething_app;
