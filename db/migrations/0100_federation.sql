-- The federation: what this site knows of itself and of all others. Sites, organisations, keys in public; no personal data.
create schema federation;
grant usage on schema federation to motlan_app;

create table federation.invitation (
  id uuid primary key,
  members jsonb not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_by jsonb,
  check ((used_at is null) = (used_by is null))
);
comment on table federation.invitation is
  'At the hub: who is invited. The secret of the code is not here: it is made again from a key of the site. Used once, by one pair of keys.';
grant select, insert on federation.invitation to motlan_app;
grant update (used_at, used_by) on federation.invitation to motlan_app;

create table federation.site (
  id text primary key check (id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  facts jsonb not null,
  joined_at timestamptz not null,
  told_at timestamptz not null
);
comment on table federation.site is 'At the hub: each site with what it last said of itself: addresses, subsystems, services, checkpoint key, witnesses.';
grant select, insert on federation.site to motlan_app;
grant update (facts, told_at) on federation.site to motlan_app;

create table federation.member (
  class text not null,
  code text not null,
  name text not null,
  site text not null references federation.site (id),
  subsystems text[],
  joined_at timestamptz not null,
  primary key (class, code)
);
comment on table federation.member is 'At the hub: which site hosts a member, and which subsystems it may name; null for any. Append-only.';
create index member_by_site on federation.member (site);
grant select, insert on federation.member to motlan_app;

create table federation.certificate (
  thumbprint text primary key check (thumbprint ~ '^[A-Za-z0-9_-]{43}$'),
  site text not null,
  use text not null check (use in ('auth', 'sealing')),
  certificate bytea not null,
  chain bytea[] not null,
  valid_from_at timestamptz not null,
  valid_until_at timestamptz not null,
  issued_at timestamptz not null
);
comment on table federation.certificate is 'At the hub: every certificate issued to a site or brought by one. Append-only.';
create index certificate_by_site on federation.certificate (site, valid_until_at);
grant select, insert on federation.certificate to motlan_app;

create table federation.own_certificate (
  thumbprint text primary key check (thumbprint ~ '^[A-Za-z0-9_-]{43}$'),
  use text not null check (use in ('auth', 'sealing')),
  key_name text not null,
  certificate bytea not null,
  chain bytea[] not null,
  valid_from_at timestamptz not null,
  valid_until_at timestamptz not null,
  taken_at timestamptz not null
);
comment on table federation.own_certificate is 'The certificates of this site, each with the name of its key in the folder of keys. Append-only.';
grant select, insert on federation.own_certificate to motlan_app;

create table federation.directory (
  version bigint primary key check (version > 0),
  jws text not null,
  content_hash text not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  taken_at timestamptz not null
);
comment on table federation.directory is
  'The signed directory: at the hub as published, elsewhere as taken from it. The newest holds until it expires; a few older ones are kept.';
grant select, insert, delete on federation.directory to motlan_app;

create table federation.contract (
  hash text primary key,
  id uuid not null unique,
  content text not null,
  taken_at timestamptz not null,
  check (hash = translate(encode(sha256(convert_to(content, 'UTF8')), 'base64'), '+/=', '-_'))
);
comment on table federation.contract is 'Contracts by the hash of their canonical text. Nothing of a contract ever changes. Append-only.';
grant select, insert on federation.contract to motlan_app;

create table federation.contract_signature (
  hash text not null references federation.contract (hash),
  site text not null,
  type text not null check (type in ('accept', 'reject', 'revoke')),
  parties text[] not null check (cardinality(parties) > 0),
  jws text not null,
  certificate bytea not null,
  signed_at timestamptz not null,
  taken_at timestamptz not null,
  primary key (hash, site, type)
);
comment on table federation.contract_signature is
  'What the parties signed under a contract, with the certificate that proves it. Accepted by all it is in force; one revocation ends it. Append-only.';
grant select, insert on federation.contract_signature to motlan_app;

create table federation.errand (
  site text not null,
  hash text not null references federation.contract (hash),
  changed_at timestamptz not null,
  tries integer not null default 0,
  next_at timestamptz not null,
  primary key (site, hash)
);
comment on table federation.errand is 'Contracts whose news another site has not yet taken; gone when it has.';
create index errand_by_next on federation.errand (next_at);
grant select, insert, update, delete on federation.errand to motlan_app;
