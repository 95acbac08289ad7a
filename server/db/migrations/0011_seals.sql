-- 电子印章, 电子证照 and what is printed under them (domain §2.2, §3.6).

-- Keys a demonstration has made for itself. A production brings its own in its settings.
create table seal_keys (
  id           uuid        primary key,
  only_one     boolean     not null default true unique check (only_one),
  key_sealed   bytea       not null,
  certificates text        not null,              -- PEM, the signer's first
  made_at      timestamptz not null
);
grant select, insert on seal_keys to onething_app;

-- One for each result, made with it. Whom it is about is sealed.
create table certificates (
  result_id     uuid        primary key references results (id),
  identifier    text        not null unique,
  type_code     text        not null,
  holder_sealed bytea       not null,
  issuer        text        not null,
  issuer_code   text        not null,
  issued_on     date        not null,
  valid_from    date        not null,
  valid_to      date        check (valid_to >= valid_from),
  state         text        not null default 'valid' check (state in ('valid', 'revoked')),
  revoked_at    timestamptz,
  revoked_by    uuid        references staff (id),
  revoked_why   text,
  check ((state = 'revoked') = (revoked_at is not null and revoked_why is not null))
);
-- Only what revocation moves may ever change.
grant select, insert, update (state, revoked_at, revoked_by, revoked_why)
  on certificates to onething_app;

-- Signed files, each made once: the same bytes for whoever asks, however often.
create table documents (
  id          uuid        primary key,
  case_id     uuid        not null references cases (id),
  name        text        not null,               -- e.g. result-2, acceptance-3
  result_id   uuid        unique references results (id),
  blob_id     text        not null,
  sha256      bytea       not null unique,
  made_at     timestamptz not null,
  unique (case_id, name)
);
grant select, insert on documents to onething_app;
