-- What information systems exchange over the line, in the log of the agencies: many messages a row, so that a busy line writes few rows.
create table exchange.passage (
  id         uuid        primary key,
  side       text        not null check (side in ('consumer', 'provider')),
  requester  text        not null,
  provider   text        not null,
  consumer   text        not null,
  service    text        not null,
  purpose    text        not null,
  legal_ground text      not null,
  outcome    text        not null check (outcome in ('answered', 'empty', 'refused', 'silent')),
  from_at    timestamptz not null,
  until_at   timestamptz not null,
  messages   uuid[]      not null,
  after_ms   integer[]   not null,
  check (cardinality(messages) > 0 and cardinality(messages) = cardinality(after_ms))
);
comment on table exchange.passage is
  'Messages of information systems between the same two, of one service, purpose and outcome, within a second: their ids and how long after the first they began. No content, no persons: what is about a stated person has a row of its own in exchange.message. Append-only.';
alter table exchange.passage alter column messages set storage external;
create index passage_by_requester on exchange.passage (requester, until_at desc) where side = 'consumer';
create index passage_by_provider on exchange.passage (provider, until_at desc) where side = 'provider';

alter table exchange.passage enable row level security;
alter table exchange.passage force row level security;
create policy reads on exchange.passage for select using (
  current_setting('motlan.kind', true) = 'system'
  or (current_setting('motlan.agency', true) = case side when 'consumer' then requester else provider end
      and 'auditor' = any (string_to_array(current_setting('motlan.roles', true), ','))));
create policy writes on exchange.passage for insert with check (current_setting('motlan.kind', true) = 'system');
grant select, insert on exchange.passage to motlan_app;
