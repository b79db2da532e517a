-- People, organisations, officials, positions, delegations and sessions.
create schema identity;
grant usage on schema identity to motlan_app;

create table identity.agency (
  id text primary key,
  code text not null,
  name jsonb not null,
  tier text not null,
  division text,
  kind text not null,
  from_at timestamptz not null,
  until_at timestamptz,
  check (until_at is null or until_at >= from_at)
);
create index agency_by_division on identity.agency (division, tier);
comment on table identity.agency is 'Agencies of the country pack, dated; no personal data.';
grant select, insert, update on identity.agency to motlan_app;

create table identity.unit (
  agency text not null references identity.agency (id),
  id text not null,
  name jsonb not null,
  from_at timestamptz not null,
  until_at timestamptz,
  primary key (agency, id)
);
comment on table identity.unit is 'Units inside agencies, dated; no personal data.';
grant select, insert, update on identity.unit to motlan_app;

create table identity.position (
  agency text not null references identity.agency (id),
  id text not null,
  unit text not null,
  name jsonb not null,
  roles text[] not null,
  from_at timestamptz not null,
  until_at timestamptz,
  primary key (agency, id)
);
comment on table identity.position is 'Posts in units; roles come from them. Dated; no personal data.';
grant select, insert, update on identity.position to motlan_app;

create table identity.holding (
  agency text not null,
  id uuid not null,
  position text not null,
  subject uuid not null,
  name text not null,
  from_at timestamptz not null,
  until_at timestamptz,
  declared boolean not null default false,
  primary key (agency, id),
  foreign key (agency, position) references identity.position (agency, id),
  check (until_at is null or until_at >= from_at)
);
create unique index holding_once on identity.holding (agency, position, subject, from_at);
create index holding_by_subject on identity.holding (subject);
comment on table identity.holding is 'Which person holds which position, from when until when; declared: by the country pack.';
grant select, insert, update on identity.holding to motlan_app;

create table identity.delegation (
  agency text not null,
  id uuid not null,
  position text not null,
  from_subject uuid not null,
  from_name text not null,
  to_subject uuid not null,
  to_name text not null,
  reason text not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  granted_at timestamptz not null,
  granted_by uuid not null,
  ended_at timestamptz,
  ended_by uuid,
  primary key (agency, id),
  foreign key (agency, position) references identity.position (agency, id),
  check (until_at > from_at),
  check (length(reason) between 1 and 500)
);
create index delegation_by_receiver on identity.delegation (to_subject, until_at);
comment on table identity.delegation is 'A position held for somebody else between two times; ending one is at once.';
grant select, insert on identity.delegation to motlan_app;
grant update (ended_at, ended_by) on identity.delegation to motlan_app;

create table identity.account (
  subject uuid not null,
  id uuid not null,
  login uuid not null,
  name text not null,
  person_number bytea not null,
  created_at timestamptz not null,
  signed_in_at timestamptz not null,
  primary key (subject, id),
  unique (subject, login)
);
create index account_by_login on identity.account (login);
create index account_by_id on identity.account (id);
comment on table identity.account is 'A person as one identity provider knows them. login: keyed hash of issuer and sub; person_number: AES-256-GCM.';
grant select, insert on identity.account to motlan_app;
grant update (name, signed_in_at) on identity.account to motlan_app;

create table identity.session (
  subject uuid not null,
  id uuid not null,
  account uuid not null,
  token_hash bytea not null,
  csrf_secret bytea not null,
  acting_agency text,
  acting_position text,
  auth_at timestamptz not null,
  acr text not null,
  id_token bytea,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  primary key (subject, id),
  foreign key (subject, account) references identity.account (subject, id),
  check ((acting_agency is null) = (acting_position is null))
);
create index session_by_token on identity.session (token_hash);
create index session_by_seen on identity.session (seen_at);
comment on table identity.session is 'Living sessions; only the SHA-256 of a token is kept. Signing out deletes the row.';
grant select, insert, update, delete on identity.session to motlan_app;

create table identity.sign_in_attempt (
  cookie_hash bytea primary key,
  return_to text not null,
  fresh boolean not null,
  started_at timestamptz not null
);
create index sign_in_attempt_by_start on identity.sign_in_attempt (started_at);
comment on table identity.sign_in_attempt is 'Sign-ins under way at the identity provider; each is taken once, within minutes. No personal data.';
grant select, insert, delete on identity.sign_in_attempt to motlan_app;
-- The sweep locks the rows that it deletes, which asks for this right.
grant update (started_at) on identity.sign_in_attempt to motlan_app;

-- Who sees what. Accounts and sessions open to the system's own sign-in and to the person; posts to their agency as well.
alter table identity.account enable row level security;
alter table identity.account force row level security;
create policy reads on identity.account for select using (
  current_setting('motlan.kind', true) = 'system' or subject::text = current_setting('motlan.subject', true));
create policy adds on identity.account for insert with check (current_setting('motlan.kind', true) = 'system');
create policy changes on identity.account for update using (current_setting('motlan.kind', true) = 'system');

alter table identity.session enable row level security;
alter table identity.session force row level security;
create policy all_by_system on identity.session using (current_setting('motlan.kind', true) = 'system');

alter table identity.holding enable row level security;
alter table identity.holding force row level security;
create policy reads on identity.holding for select using (
  current_setting('motlan.kind', true) = 'system'
  or subject::text = current_setting('motlan.subject', true)
  or agency = current_setting('motlan.agency', true));
create policy adds on identity.holding for insert with check (current_setting('motlan.kind', true) = 'system');
create policy changes on identity.holding for update using (current_setting('motlan.kind', true) = 'system');

alter table identity.delegation enable row level security;
alter table identity.delegation force row level security;
create policy reads on identity.delegation for select using (
  current_setting('motlan.kind', true) = 'system'
  or to_subject::text = current_setting('motlan.subject', true)
  or agency = current_setting('motlan.agency', true));
create policy adds on identity.delegation for insert with check (agency = current_setting('motlan.agency', true));
create policy ends on identity.delegation for update using (agency = current_setting('motlan.agency', true));
