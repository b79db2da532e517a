-- The exchange: one row for each request, answered or refused.
create schema exchange;
grant usage on schema exchange to motlan_app;

create table exchange.message (
  subject         uuid        not null,
  id              uuid        not null,
  service         text        not null,
  provider        text        not null,
  requester       text        not null,
  actor_kind      text        not null check (actor_kind in ('public', 'person', 'official', 'system')),
  actor_name      text        not null,
  actor_position  text,
  case_id         uuid,
  purpose         text        not null,
  legal_ground    text        not null,
  outcome         text        not null check (outcome in ('answered', 'empty', 'refused', 'silent')),
  refusal         text,
  fields          text[]      not null,
  request_digest  text        not null,
  answer_digest   text,
  requested_at    timestamptz not null,
  primary key (subject, id)
);
comment on table exchange.message is
  'The log of the exchange: who asked what about whom, for which case, purpose and legal ground, and what came of it. Digests, not contents. Append-only.';
create index message_by_case on exchange.message (case_id) where case_id is not null;
create index message_by_subject on exchange.message (subject, requested_at desc);

alter table exchange.message enable row level security;
alter table exchange.message force row level security;
create policy reads on exchange.message for select using (
  current_setting('motlan.kind', true) = 'system'
  or subject::text = current_setting('motlan.subject', true)
  or (current_setting('motlan.agency', true) in (requester, provider)
      and 'auditor' = any (string_to_array(current_setting('motlan.roles', true), ','))));
create policy writes on exchange.message for insert with check (true);

grant select, insert on exchange.message to motlan_app;
