-- 微信订阅消息: WeChat lets us send one message for each time somebody allowed it.
create table wechat_reach (
  person_id     uuid        primary key references people (id),
  openid_sealed bytea,                               -- absent: only ever said no
  refused_at    timestamptz                          -- nobody asks them again unbidden
);

create table wechat_grants (
  person_id uuid    not null references wechat_reach (person_id) on delete cascade,
  kind      text    not null,
  count     integer not null check (count between 0 and 50),
  primary key (person_id, kind)
);

-- 数据有误: which field a call for help is about.
alter table tickets add column field text;

-- 上门服务: when and where somebody should come, sealed; only for 帮办代办.
alter table tickets add column visit_sealed bytea check (visit_sealed is null or kind = 'assistance');

grant select, insert, update, delete on wechat_reach, wechat_grants to onething_app;
