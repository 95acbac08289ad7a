-- 责任人联系表, changed line by line: nobody writes over what they have not seen.
alter table contacts
  add column revision integer not null default 1 check (revision > 0),  -- of the line
  add column saved_by text;                                             -- null: nobody of staff
