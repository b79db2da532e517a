-- The platform's own tables: jobs, and facts about the site.

grant usage on schema platform to motlan_app;
grant select on platform.migration to motlan_app;

create table platform.job (
  id uuid primary key,
  kind text not null check (kind ~ '^[a-z][a-z0-9.-]{0,99}$'),
  key text not null check (length(key) between 1 and 200),
  payload jsonb not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'dead')),
  run_at timestamptz not null,
  attempts integer not null default 0,
  last_fault text,
  created_at timestamptz not null,
  ended_at timestamptz,
  unique (kind, key),
  check ((state = 'waiting') = (ended_at is null))
);
create index job_due on platform.job (run_at) where state = 'waiting';
create index job_ended on platform.job (ended_at) where state = 'done';
create index job_dead on platform.job (ended_at) where state = 'dead';
comment on table platform.job is
  'Work that follows a deed, left in the deed''s own transaction. A payload holds ids, never personal data. Dead jobs stay until an operator looks.';

alter table platform.job enable row level security;
alter table platform.job force row level security;
create policy anyone_leaves on platform.job for insert with check (state = 'waiting');
create policy worker_reads on platform.job for select using (current_setting('motlan.kind', true) = 'system');
create policy worker_changes on platform.job for update using (current_setting('motlan.kind', true) = 'system');
create policy worker_clears on platform.job for delete using (current_setting('motlan.kind', true) = 'system' and state = 'done');
grant select, insert, update, delete on platform.job to motlan_app;

create table platform.site_fact (
  name text primary key,
  value jsonb not null,
  noted_at timestamptz not null
);
comment on table platform.site_fact is 'What is decided once for this database, such as whether it is a demo.';
grant select, insert on platform.site_fact to motlan_app;
