-- Rows of another county stay out of a query that forgot its where clause. The server tells each
-- connection whose rows its work may see (server/db/scope.ts): 'all', or regions with commas. A
-- connection nobody told sees nothing. The owner of the tables is not bound.
-- Each (select …) is computed once a query, not once a row.

alter table cases enable row level security;
create policy of_regions on cases to onething_app using (
  (select current_setting('app.scope', true)) = 'all'
  or region_code = any ((select string_to_array(current_setting('app.scope', true), ','))::text[]));

alter table tasks enable row level security;
create policy of_regions on tasks to onething_app using (
  (select current_setting('app.scope', true)) = 'all'
  or region_code = any ((select string_to_array(current_setting('app.scope', true), ','))::text[]));

alter table signals enable row level security;
create policy of_regions on signals to onething_app using (
  (select current_setting('app.scope', true)) = 'all'
  or region_code = any ((select string_to_array(current_setting('app.scope', true), ','))::text[]));

alter table rectifications enable row level security;
create policy of_regions on rectifications to onething_app using (
  (select current_setting('app.scope', true)) = 'all'
  or region_code = any ((select string_to_array(current_setting('app.scope', true), ','))::text[]));

-- What belongs to a case is seen by whoever sees the case.
alter table case_events enable row level security;
create policy of_case on case_events to onething_app using (
  (select current_setting('app.scope', true)) = 'all'
  or exists (select from cases where cases.id = case_events.case_id));

alter table results enable row level security;
create policy of_case on results to onething_app using (
  (select current_setting('app.scope', true)) = 'all'
  or exists (select from cases where cases.id = results.case_id));

-- Behind a row policy only what surely tells nothing may use an index, and of the ways to say "this
-- day, else that one" PostgreSQL counts case among those and coalesce not: without this, page n of a
-- work list reads the n pages before it.
drop index cases_desk;
create index cases_desk on cases (
  state, (case when due_on is null then accept_by else due_on end), id, region_code);
drop index tasks_worklist;
create index tasks_worklist on tasks (
  department_id, (case when due_on is null then date '9999-12-31' else due_on end), case_id, n,
  region_code, state)
  where state in ('dispatched', 'received', 'reviewed', 'asking', 'paused');
