-- Who writes the catalogue, who publishes it, and three administrators apart from one another
-- (GB/T 22239: system, security and audit management by different people).
alter table staff drop constraint staff_role_check;
alter table staff add constraint staff_role_check check (role in (
  'window', 'department', 'supervisor', 'editor', 'publisher',
  'system-admin', 'security-admin', 'audit-admin'));
alter table staff drop constraint staff_check;
alter table staff add constraint staff_department check (
  (role in ('department', 'editor')) = (department_id is not null));
