-- 接办码: a draft begun on the phone goes on at the window; and one begun at the window on the phone.
create table pick_up_codes (
  person_id  uuid        not null,
  topic_id   text        not null,
  code_hash  bytea       not null,                  -- keyed, and bound to person and topic
  made_at    timestamptz not null,
  expires_at timestamptz not null,
  wrong      integer     not null default 0,        -- how often another was given in its place
  primary key (person_id, topic_id),
  -- without its draft a code is nothing
  foreign key (person_id, topic_id) references drafts (person_id, topic_id) on delete cascade
);
create index pick_up_codes_expires on pick_up_codes (expires_at);
grant select, insert, update, delete on pick_up_codes to onething_app;

alter table counters
  -- Request id of the draft that was taken up: the case of the session is filed under it, so that
  -- window and phone cannot both make a case of one draft.
  add column draft_id uuid,
  -- when it went on on the citizen's phone
  add column moved_at timestamptz;
-- Asked at every submission: was it begun at a window?
create index counters_moved on counters ((coalesce(draft_id, id))) where moved_at is not null;
grant update (moved_at) on counters to onething_app;
