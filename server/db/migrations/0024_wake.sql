-- The day on which the clocks next look at a task: a round reads what is due, not all that is open.
-- Null: nothing comes of time alone.
alter table tasks add column wake_on date;
create index tasks_wake on tasks (wake_on, case_id, n) where wake_on is not null;
-- What runs or waits now is looked at once by the next round, which then knows its day.
update tasks t set wake_on = date '2000-01-01'
 where t.state in ('dispatched', 'received', 'reviewed') and t.due_on is not null
    or t.state = 'waiting' and exists (
       select from cases c where c.id = t.case_id and c.state in ('handling', 'correcting'));
