-- 会签: people beside the applicant who sign an application before it is filed. One signing per
-- draft; its content is what is being signed, and goes once the case has it.
create table signings (
  id             uuid        primary key,
  applicant_id   uuid        not null references people (id),
  request_id     uuid        not null,                -- the draft's, later the case's
  topic_id       text        not null,
  content_sealed bytea,
  kept_until     timestamptz not null,
  closed_at      timestamptz,                         -- the case was filed
  unique (applicant_id, request_id),
  check ((content_sealed is null) = (closed_at is not null))
);
create index signings_kept on signings (kept_until);

-- The code opens an invitation only for whoever has the ID number behind id_index.
create table signing_invitations (
  id            uuid        primary key,
  signing_id    uuid        not null references signings (id) on delete cascade,
  signer_id     text        not null,
  code_hash     bytea       not null unique,
  code_sealed   bytea       not null,
  id_index      bytea       not null,
  phone_index   bytea       not null,
  state         text        not null check (state in ('waiting', 'signed', 'declined')),
  told_at       timestamptz not null,
  expires_at    timestamptz not null,
  answered_by   uuid        references people (id),
  answered_at   timestamptz,
  answer_sealed bytea,                                -- the signature, or why not
  unique (signing_id, signer_id),
  check ((state = 'waiting') = (answer_sealed is null))
);

grant select, insert, update, delete on signings, signing_invitations to onething_app;
