-- Messages to people.
create schema notices;
grant usage on schema notices to motlan_app;

create table notices.message (
  subject uuid not null,
  id uuid not null,
  case_id uuid,
  code text not null,
  params jsonb not null,
  link text,
  sent_at timestamptz not null,
  read_at timestamptz,
  primary key (subject, id),
  check (code ~ '^[a-z0-9-]{1,60}$'),
  check (link is null or link ~ '^/([^/\\]|$)')
);
create index message_unread on notices.message (subject) where read_at is null;
comment on table notices.message is 'The inbox: words are a code with its values; the sentence is made in the reader''s language.';
grant select, insert on notices.message to motlan_app;
grant update (read_at) on notices.message to motlan_app;

alter table notices.message enable row level security;
alter table notices.message force row level security;
create policy reads on notices.message for select using (
  current_setting('motlan.kind', true) = 'system' or subject::text = current_setting('motlan.subject', true));
create policy sends on notices.message for insert with check (
  current_setting('motlan.kind', true) in ('system', 'official') or subject::text = current_setting('motlan.subject', true));
create policy marks on notices.message for update using (subject::text = current_setting('motlan.subject', true));
