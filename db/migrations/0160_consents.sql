-- Consents of people: signed documents, what was taken back, and every use.
create schema consents;
grant usage on schema consents to motlan_app;

create table consents.consent (
  subject     uuid        not null,
  id          uuid        not null,
  contract    text        not null,
  signer      text        not null,
  artefact    text        not null,
  salt        text        not null,
  issued_at   timestamptz not null,
  until_at    timestamptz not null,
  taken_at    timestamptz not null,
  primary key (subject, id)
);
comment on table consents.consent is
  'What people have agreed to, as signed by the site where they did; with the salt of the pseudonym. The subject is known at the site of the person alone, and ends in 1 elsewhere. Append-only.';
create index consent_by_id on consents.consent (id);

create table consents.revocation (
  subject     uuid        not null,
  consent     uuid        not null,
  revocation  text        not null,
  revoked_at  timestamptz not null,
  primary key (subject, consent),
  foreign key (subject, consent) references consents.consent (subject, id)
);
comment on table consents.revocation is 'Consents that were taken back, as signed by the site where they were given. Append-only.';

create table consents.use (
  subject     uuid        not null,
  consent     uuid        not null,
  message     uuid        not null,
  used_at     timestamptz not null,
  primary key (subject, consent, message),
  foreign key (subject, consent) references consents.consent (subject, id)
);
create index use_by_consent on consents.use (consent, used_at);
comment on table consents.use is 'One row for each exchange under a consent; the message stands in the log of the exchange. Append-only.';

create table consents.errand (
  site        text        not null,
  consent     uuid        not null,
  changed_at  timestamptz not null,
  next_at     timestamptz not null,
  tries       integer     not null default 0,
  primary key (site, consent)
);
comment on table consents.errand is 'Which sites have still to be told of a consent or of its revocation.';
create index consent_errand_due on consents.errand (next_at);

alter table consents.consent enable row level security;
alter table consents.consent force row level security;
alter table consents.revocation enable row level security;
alter table consents.revocation force row level security;
alter table consents.use enable row level security;
alter table consents.use force row level security;
-- The person, the system; anybody else one consent at a time, or those of one person, as a deed opens them to itself.
create policy reads on consents.consent for select using (
  current_setting('motlan.kind', true) = 'system'
  or subject::text in (current_setting('motlan.subject', true), current_setting('motlan.consents_of', true))
  or id::text = current_setting('motlan.consent', true));
create policy gives on consents.consent for insert with check (true);
create policy reads on consents.revocation for select using (
  current_setting('motlan.kind', true) = 'system'
  or subject::text in (current_setting('motlan.subject', true), current_setting('motlan.consents_of', true))
  or consent::text = current_setting('motlan.consent', true));
create policy revokes on consents.revocation for insert with check (true);
create policy reads on consents.use for select using (
  current_setting('motlan.kind', true) = 'system'
  or subject::text in (current_setting('motlan.subject', true), current_setting('motlan.consents_of', true))
  or consent::text = current_setting('motlan.consent', true));
create policy uses on consents.use for insert with check (true);

grant select, insert on consents.consent, consents.revocation, consents.use to motlan_app;
grant select, insert, update, delete on consents.errand to motlan_app;

alter table exchange.message add column consent uuid;
comment on column exchange.message.consent is 'The consent of the person under which it was asked, where the contract rests on one.';
