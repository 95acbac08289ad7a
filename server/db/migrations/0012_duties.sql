-- 岗位, 审核与审批分离, 回避: who of a unit may do what, and what the first of two people proposed.

alter table staff
  add column duties   text[],   -- null: every duty of the role
  add column id_index bytea;    -- keyed index of the ID number: nobody handles their own case

alter table tasks
  add column proposal_sealed bytea,        -- what the handler proposes, until the approver decides
  add column reviewer_id     uuid,
  add column handled_at      timestamptz;  -- the last step a person took

drop index tasks_worklist;
create index tasks_worklist on tasks (
  department_id, coalesce(due_on, date '9999-12-31'), case_id, n, region_code, state)
  where state in ('dispatched', 'received', 'reviewed', 'asking', 'paused');
drop index tasks_due;
create index tasks_due on tasks (due_on)
  where state in ('dispatched', 'received', 'reviewed', 'asking', 'paused');

-- A desk works by what is due first: before acceptance that is the day the law accepts it.
drop index cases_desk;
-- The region comes last: the prefecture's own staff work in every county, in one order.
create index cases_desk on cases (state, coalesce(due_on, accept_by), id, region_code);
