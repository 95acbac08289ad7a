-- 目录: what each version was linked from, drafts of new ones, and who did what with them.

-- With every version since: the words of its authors, to start a draft from or to go back to.
create table topic_sources (
  topic_id text    not null,
  version  integer not null,
  -- with a release of the program, at the desk, or along with another topic's draft
  how      text    not null check (how in ('release', 'desk', 'along')),
  draft_id uuid,
  body     jsonb   not null,
  primary key (topic_id, version),
  foreign key (topic_id, version) references topic_versions (topic_id, version),
  check ((how = 'release') = (draft_id is null))
);
create index topic_sources_desk on topic_sources (topic_id, version desc) where how <> 'release';

create table catalogue_drafts (
  id                uuid        primary key,
  topic_id          text        not null,
  base_version      integer     not null,
  from_version      integer,                            -- of a draft that goes back
  revision          integer     not null check (revision > 0),
  state             text        not null check (state in
    ('draft', 'submitted', 'approved', 'published', 'discarded')),
  changes           jsonb       not null,
  editors           uuid[]      not null,
  saved_by          text        not null,
  saved_at          timestamptz not null,
  approved_by       uuid        references staff (id),
  published_by      uuid        references staff (id),
  published_version integer,
  created_at        timestamptz not null,
  check ((state in ('approved', 'published')) = (approved_by is not null)),
  check ((state = 'published') = (published_by is not null and published_version is not null)),
  -- two people, and neither of them wrote it
  check (published_by <> approved_by),
  check (approved_by <> all (editors) and published_by <> all (editors))
);
create unique index catalogue_drafts_open on catalogue_drafts (topic_id)
  where state in ('draft', 'submitted', 'approved');

create table catalogue_events (
  draft_id uuid        not null references catalogue_drafts (id),
  seq      integer     not null check (seq > 0),
  at       timestamptz not null,
  by_id    uuid        not null references staff (id),
  by_name  text        not null,
  event    text        not null,
  note     text,
  primary key (draft_id, seq)
);

create trigger topic_sources_only_grow before update or delete or truncate on topic_sources
  for each statement execute function refuse_change();
create trigger catalogue_events_only_grow before update or delete or truncate on catalogue_events
  for each statement execute function refuse_change();

grant select, insert on topic_sources, catalogue_events to onething_app;
grant select, insert, update on catalogue_drafts to onething_app;
