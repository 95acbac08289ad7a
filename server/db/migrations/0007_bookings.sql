-- 预约取号. seat is the place within the slot: two people can never hold the same one.
create table bookings (
  id           uuid        primary key,
  person_id    uuid        not null references people (id),
  request_id   uuid        not null,
  hall_id      text        not null,
  window_kind  text        not null
    check (window_kind in ('service', 'inquiry', 'agent', 'unresolved')),
  day          date        not null,
  time         text        not null,                 -- 'HH:mm' in Beijing time
  seat         integer     not null check (seat > 0),
  topic_id     text,
  created_at   timestamptz not null,
  cancelled_at timestamptz,
  reminded_at  timestamptz,
  unique (person_id, request_id)
);
create unique index bookings_seat on bookings (hall_id, day, window_kind, time, seat)
  where cancelled_at is null;
create unique index bookings_one_a_day on bookings (person_id, hall_id, day)
  where cancelled_at is null;
create index bookings_person on bookings (person_id, day desc);
create index bookings_remind on bookings (day) where cancelled_at is null and reminded_at is null;
grant select, insert, update, delete on bookings to onething_app;
