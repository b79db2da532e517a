-- What is seen of the exchange: figures of the line that survive a restart, and who may look at log and evidence.
create schema oversight;
grant usage on schema oversight to motlan_app;

create table oversight.figure (
  consumer       text        not null,
  service        text        not null,
  side           text        not null check (side in ('consumer', 'provider')),
  from_at        timestamptz not null,
  minutes        integer     not null check (minutes in (1, 60)),
  part           uuid        not null,
  count          bigint      not null check (count > 0),
  failed         bigint      not null check (failed between 0 and count),
  codes          jsonb       not null,
  request_bytes  bigint      not null,
  response_bytes bigint      not null,
  latency        bigint[]    not null,
  total_ms       bigint      not null,
  primary key (consumer, from_at, part)
);
comment on table oversight.figure is
  'How much passed of one service between two parties in a minute, later in an hour: counts, failures by code, bytes, latency by classes. No paths, no persons.';
create index figure_by_time on oversight.figure (from_at);

alter table oversight.figure enable row level security;
alter table oversight.figure force row level security;
create policy kept on oversight.figure using (current_setting('motlan.kind', true) = 'system');
create policy seen on oversight.figure for select using (
  current_setting('motlan.kind', true) = 'official'
  and string_to_array(current_setting('motlan.roles', true), ',') && array['tech-admin', 'auditor']);
grant select, insert, delete on oversight.figure to motlan_app;

-- The log of the exchange by time, for the auditors of either party, and by message.
create index message_by_requester on exchange.message (requester, requested_at desc, id desc);
create index message_by_provider on exchange.message (provider, requested_at desc, id desc);
create index message_by_id on exchange.message (id);

-- Evidence: signatures, hashes, and records under a key that the database has not. Which exchange may be looked into is for the finder to say.
create policy seen on evidence.batch for select using (
  current_setting('motlan.kind', true) = 'official'
  and string_to_array(current_setting('motlan.roles', true), ',') && array['tech-admin', 'auditor']);
create policy seen on evidence.checkpoint for select using (
  current_setting('motlan.kind', true) = 'official'
  and string_to_array(current_setting('motlan.roles', true), ',') && array['tech-admin', 'auditor']);
create policy seen on evidence.cosignature for select using (
  current_setting('motlan.kind', true) = 'official'
  and string_to_array(current_setting('motlan.roles', true), ',') && array['tech-admin', 'auditor']);
create policy seen on evidence.timestamp for select using (
  current_setting('motlan.kind', true) = 'official'
  and string_to_array(current_setting('motlan.roles', true), ',') && array['tech-admin', 'auditor']);
create policy seen on evidence.certificate for select using (
  current_setting('motlan.kind', true) = 'official'
  and string_to_array(current_setting('motlan.roles', true), ',') && array['tech-admin', 'auditor']);
