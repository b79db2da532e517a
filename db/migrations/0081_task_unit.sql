-- A step may belong to one unit of the agency: births are examined by the civil-status officer, businesses by the division of economy.
alter table cases.task add column unit text;
comment on column cases.task.unit is 'The unit whose officials may take it; null for any official of the role.';
