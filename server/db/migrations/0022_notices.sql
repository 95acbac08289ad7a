-- 核验码 of the written notices, each made when its notice is first printed.
create table document_codes (
  id            uuid        primary key,
  case_id       uuid        not null references cases (id),
  name          text        not null,              -- as in documents
  verify_hash   bytea       not null unique,
  verify_sealed bytea       not null,
  made_at       timestamptz not null,
  unique (case_id, name)
);
-- 延期 of an item, once: days, cause and note (行政许可法 §42).
alter table tasks add column extension jsonb;
-- A limit that was moved may come near once more.
alter table signals drop constraint signals_case_id_n_level_key,
  add unique (case_id, n, level, due_on);

grant select, insert on document_codes to onething_app;
