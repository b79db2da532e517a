-- Fingerprints stand in a table of their own: row-level security lets an index on a list of them help nobody but its owner, so that each
-- duplicates check read the whole register. Equality of texts may be looked up before the wall is asked.
create table registers.likeness (
  fingerprint text        not null,
  subject     uuid        not null,
  register    text        not null,
  record      uuid        not null,
  version     integer     not null,
  recorded_at timestamptz not null,
  primary key (fingerprint, subject, record, version)
);
comment on table registers.likeness is
  'By which fingerprints a record is found as a likely duplicate; keyed digests of the site, no personal data. Append-only.';

alter table registers.record no force row level security;
insert into registers.likeness (fingerprint, subject, register, record, version, recorded_at)
  select distinct fingerprint, subject, register, record, version, recorded_at from registers.record, unnest(likeness) fingerprint;
alter table registers.record force row level security;

drop policy granted on registers.record;
create policy granted on registers.record using (register || '/' || subject::text = current_setting('motlan.grant', true));
drop index registers.record_by_likeness;
alter table registers.record drop column likeness;

alter table registers.likeness enable row level security;
alter table registers.likeness force row level security;
create policy compares on registers.likeness for select using (
  fingerprint = any (string_to_array(current_setting('motlan.grant', true), ' ')));
create policy writes on registers.likeness for insert with check (
  register || '/' || subject::text = current_setting('motlan.grant', true));
grant select, insert on registers.likeness to motlan_app;
