-- The book: what was done, by whom; append-only and chained by hashes per agency.
create schema audit;
grant usage on schema audit to motlan_app;

create table audit.head (
  agency text primary key check (agency ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$'),
  seq bigint not null check (seq >= 0),
  hash bytea not null check (octet_length(hash) = 32)
);
comment on table audit.head is
  'The last link of each agency''s chain. A deed locks it as its last act; no personal data.';
grant select, insert, update on audit.head to motlan_app;

create table audit.entry (
  agency text not null,
  seq bigint not null check (seq > 0),
  at timestamptz(3) not null,
  event text not null check (event ~ '^[a-z][a-z0-9-]{0,59}$'),
  actor jsonb not null,
  subject uuid,
  case_id uuid,
  details jsonb not null,
  hash bytea not null check (octet_length(hash) = 32),
  primary key (agency, seq)
);
create index entry_of_case on audit.entry (agency, case_id, seq) where case_id is not null;
create index entry_of_subject on audit.entry (agency, subject, seq) where subject is not null;
comment on table audit.entry is
  'The book, append-only. hash = SHA-256(0x02, hash of the entry before, seq, SHA-256 of the entry''s canonical JSON).';

alter table audit.entry enable row level security;
alter table audit.entry force row level security;
create policy anyone_writes on audit.entry for insert
  with check (current_setting('motlan.kind', true) in ('public', 'person', 'official', 'system'));
create policy auditor_reads on audit.entry for select using (
  current_setting('motlan.kind', true) = 'system'
  or (
    current_setting('motlan.kind', true) = 'official'
    and agency = current_setting('motlan.agency', true)
    and 'auditor' = any (string_to_array(current_setting('motlan.roles', true), ','))
  )
);
create policy nobody_changes on audit.entry as restrictive for update using (false);
create policy nobody_deletes on audit.entry as restrictive for delete using (false);
grant select, insert on audit.entry to motlan_app;
