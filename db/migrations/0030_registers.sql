-- Registers: schema-declared records. A version is never changed; a change is a new version.
create schema registers;
grant usage on schema registers to motlan_app;

create table registers.record (
  subject      uuid        not null,
  register     text        not null,
  record       uuid        not null,
  version      integer     not null check (version >= 1),
  owner        text        not null,
  data         jsonb       not null,
  likeness     text[]      not null default '{}',
  valid_from   date        not null,
  ended        boolean     not null default false,
  recorded_at  timestamptz not null,
  recorded_by  text        not null,
  message      uuid        not null,
  case_id      uuid,
  primary key (subject, register, record, version)
);
comment on table registers.record is
  'One row per subject and version of a record: what is valid from when, when it was recorded, by whom, through which message and case. Append-only.';
create index record_by_likeness on registers.record using gin (likeness);

create table registers.event (
  subject     uuid        not null,
  id          uuid        not null,
  register    text        not null,
  record      uuid        not null,
  version     integer     not null,
  type        text        not null,
  occurred_at timestamptz not null,
  primary key (subject, id)
);
comment on table registers.event is 'Outbox: one event for each recorded version, written in the same transaction. Append-only.';
create index event_in_order on registers.event (occurred_at, id);

alter table registers.record enable row level security;
alter table registers.record force row level security;
alter table registers.event enable row level security;
alter table registers.event force row level security;

-- The exchange grants one record type and one subject at a time (motlan.grant = register/record/subject), or one likeness for the
-- duplicates check; without a grant nobody reads or writes a row, whatever the statement says.
create policy granted on registers.record using (
  register || '/' || subject::text = current_setting('motlan.grant', true)
  or current_setting('motlan.grant', true) = any (likeness))
  with check (register || '/' || subject::text = current_setting('motlan.grant', true));
create policy granted on registers.event using (
  current_setting('motlan.kind', true) = 'system' or register || '/' || subject::text = current_setting('motlan.grant', true))
  with check (register || '/' || subject::text = current_setting('motlan.grant', true));

grant select, insert on registers.record, registers.event to motlan_app;
