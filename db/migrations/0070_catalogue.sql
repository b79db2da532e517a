-- The catalogue: definitions of services that never change once published, and what was in force when.
create schema catalogue;
grant usage on schema catalogue to motlan_app;

create table catalogue.definition (
  code      text not null,
  hash      text not null check (hash ~ '^[0-9a-f]{64}$'),
  canonical text not null,
  primary key (code, hash)
);
comment on table catalogue.definition is
  'A definition as canonical JSON (RFC 8785) under its SHA-256. Never changed, never removed: cases are pinned to it.';

create table catalogue.publication (
  code         text        not null,
  version      integer     not null check (version >= 1),
  hash         text        not null,
  kind         text        not null check (kind in ('published', 'withdrawn')),
  valid_from   date        not null,
  valid_until  date,
  signature    text        not null,
  published_at timestamptz not null,
  published_by text        not null,
  primary key (code, version),
  foreign key (code, hash) references catalogue.definition (code, hash),
  check (valid_until is null or valid_until >= valid_from)
);
comment on table catalogue.publication is
  'Which definition of a service is in force from which day, signed by the site (JWS); a withdrawal is a row too. Append-only.';

-- Everybody reads the catalogue; only the system and its administrators add to it.
alter table catalogue.definition enable row level security;
alter table catalogue.definition force row level security;
alter table catalogue.publication enable row level security;
alter table catalogue.publication force row level security;
create policy reads on catalogue.definition for select using (true);
create policy reads on catalogue.publication for select using (true);
create policy publishes on catalogue.definition for insert with check (
  current_setting('motlan.kind', true) = 'system'
  or 'catalogue-admin' = any (string_to_array(current_setting('motlan.roles', true), ',')));
create policy publishes on catalogue.publication for insert with check (
  current_setting('motlan.kind', true) = 'system'
  or 'catalogue-admin' = any (string_to_array(current_setting('motlan.roles', true), ',')));

grant select, insert on catalogue.definition, catalogue.publication to motlan_app;
