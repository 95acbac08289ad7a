-- 委托: who may act in whose matter. A child or a company is a principal without an account.

alter table people
  add column kind        text not null default 'person' check (kind in ('person', 'company')),
  -- a child who grew up and got an account of their own: what was theirs went along
  add column merged_into uuid references people (id);

create table mandates (
  id             uuid        primary key,
  principal_id   uuid        not null references people (id),
  agent_id       uuid        references people (id),   -- none until the code is taken
  made_by        uuid        not null references people (id),
  kind           text        not null
    check (kind in ('child', 'elder', 'spouse', 'company', 'agent')),
  topics         text[]      check (cardinality(topics) > 0),  -- null: every topic
  acts           text        not null check (acts in ('read', 'fill', 'file')),
  starts_on      date        not null,
  ends_on        date        not null,                 -- the last day it holds
  via_id         uuid        references mandates (id), -- ends with it
  proof          text,                                 -- the certificate that proved it
  code_hash      bytea       unique,
  code_until     timestamptz,
  made_at        timestamptz not null,                 -- the principal's consent
  made_text      integer     not null,                 -- version of what they read
  agreed_at      timestamptz,                          -- the agent's consent
  agreed_text    integer,
  guardian_at    timestamptz,                          -- PIPL §31, given apart
  revoked_at     timestamptz,
  revoked_by     uuid        references people (id),
  check (agent_id is null or agent_id <> principal_id),
  check (ends_on >= starts_on),
  check (kind = 'child' or ends_on <= starts_on + 366),
  check ((agreed_at is null) = (agent_id is null)),
  check (agreed_at is null or code_hash is null),
  check (kind <> 'child' or guardian_at is not null)
);
create index mandates_agent on mandates (agent_id);
create index mandates_principal on mandates (principal_id);
-- One live bond of a guardian to a child.
create unique index mandates_proved on mandates (principal_id, agent_id, kind)
  where revoked_at is null and kind = 'child';

-- Under which mandate a photo came, so that who acts in one topic sees no photo of another.
alter table materials add column mandate_id uuid references mandates (id);

-- A principal without an account cannot read: those who act for them are told the same.
alter table messages add column mandate_id uuid references mandates (id);

create function tell_holders() returns trigger language plpgsql as $$
begin
  insert into messages (id, person_id, case_id, ticket_id, at, title, text, mandate_id)
  select gen_random_uuid(), m.agent_id, new.case_id, new.ticket_id, new.at, new.title, new.text, m.id
    from mandates m
    join people p on p.id = m.principal_id
   where m.principal_id = new.person_id and m.kind in ('child', 'company')
     and p.phone_index is null and p.wechat_index is null
     and m.agent_id is not null and m.revoked_at is null
     and (new.at at time zone 'Asia/Shanghai')::date between m.starts_on and m.ends_on;
  return null;
end $$;
create trigger messages_tell_holders after insert on messages
  for each row execute function tell_holders();

-- What somebody did for others stands in their own log too.
create index audit_acting on audit (actor_id, id desc) where actor_name = '代办人';
create index people_merged on people (merged_into) where merged_into is not null;

grant select, insert, update on mandates to onething_app;
