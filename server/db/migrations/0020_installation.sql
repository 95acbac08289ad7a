-- Whether the people and cases here are real or invented: said once, by the first start, for ever.
create table installation (
  only_row boolean     primary key default true check (only_row),
  kind     text        not null check (kind in ('real', 'invented')),
  since    timestamptz not null
);

-- One that was at work before: a demonstration has made its accounts, a production never does.
insert into installation (kind, since)
  select case when exists (select from staff where name like '演示·%') then 'invented' else 'real' end,
         min(published_at)
    from topic_versions
  having count(*) > 0;

create trigger installation_stays before update or delete or truncate on installation
  for each statement execute function refuse_change();

grant select, insert on installation to onething_app;
