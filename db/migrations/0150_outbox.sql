-- What stands ready for other sites, and what was said to be wrong in a register.
create table exchange.parcel (
  sender       text        not null,
  key          text        not null check (length(key) between 1 and 200),
  id           uuid        not null unique,
  recipient    text        not null,
  road         text        not null check (road in ('here', 'sent', 'collected')),
  kind         text        not null check (kind in ('write', 'correction', 'decision', 'event')),
  lane         text        not null,
  place        integer     not null,
  case_id      uuid,
  purpose      text        not null,
  body         jsonb       not null,
  next_job     jsonb,
  state        text        not null check (state in ('waiting', 'answered', 'stuck')),
  fault        text,
  tries        integer     not null default 0,
  put_at       timestamptz not null,
  since_at     timestamptz not null,
  next_at      timestamptz not null,
  ended_at     timestamptz,
  message      uuid,
  receipt      jsonb,
  primary key (sender, key)
);
comment on table exchange.parcel is
  'The outbox: what an agency has for another one, put there in the transaction of the deed; carried in the order of its lane until the receipt is there, which is kept with the message that brought it.';
create index parcel_due on exchange.parcel (recipient, next_at) where state = 'waiting';
create index parcel_in_lane on exchange.parcel (recipient, lane, place);
create index parcel_stuck on exchange.parcel (sender) where state = 'stuck';
create index parcel_by_case on exchange.parcel (case_id) where case_id is not null;

alter table exchange.parcel enable row level security;
alter table exchange.parcel force row level security;
create policy reads on exchange.parcel for select using (
  current_setting('motlan.kind', true) = 'system' or current_setting('motlan.agency', true) = sender);
create policy puts on exchange.parcel for insert with check (current_setting('motlan.kind', true) in ('system', 'person', 'official'));
create policy moves on exchange.parcel for update using (
  current_setting('motlan.kind', true) = 'system' or current_setting('motlan.agency', true) = sender);
grant select, insert on exchange.parcel to motlan_app;
grant update (state, fault, tries, since_at, next_at, ended_at, message, receipt) on exchange.parcel to motlan_app;

create table exchange.correction (
  subject      uuid        not null,
  id           uuid        not null,
  owner        text        not null,
  requester    text        not null,
  number       text        not null,
  register     text        not null,
  record       uuid        not null,
  field        text        not null,
  registered   jsonb       not null,
  claimed      jsonb       not null,
  purpose      text        not null,
  case_id      uuid,
  place        text,
  claimant     uuid,
  claimed_by   text        not null,
  claimed_at   timestamptz not null,
  state        text        not null check (state in ('open', 'accepted', 'refused')),
  reason       text,
  decided_by   text,
  decided_at   timestamptz,
  primary key (subject, id),
  check ((state = 'open') = (decided_at is null))
);
comment on table exchange.correction is
  'What a person says is wrong in a register, and what its owner decided; stands at the site of the claim and at that of the owner.';
create index correction_open on exchange.correction (owner, claimed_at) where state = 'open';
create index correction_by_case on exchange.correction (case_id) where case_id is not null;

alter table exchange.correction enable row level security;
alter table exchange.correction force row level security;
create policy reads on exchange.correction for select using (
  current_setting('motlan.kind', true) = 'system'
  or current_setting('motlan.subject', true) in (subject::text, claimant::text)
  or current_setting('motlan.agency', true) in (owner, requester));
create policy claims on exchange.correction for insert with check (
  current_setting('motlan.kind', true) in ('system', 'person', 'official'));
create policy decides on exchange.correction for update using (
  current_setting('motlan.kind', true) = 'system' or current_setting('motlan.agency', true) = owner);
grant select, insert on exchange.correction to motlan_app;
grant update (state, reason, decided_by, decided_at) on exchange.correction to motlan_app;

-- A lookup whose right delays it is shown to the person later; auditors see it at once.
alter table exchange.message add column shown_at timestamptz;
alter table exchange.message add column delay_ground text;
comment on column exchange.message.shown_at is 'From when the person may see it; null: from the beginning.';
comment on column exchange.message.delay_ground is 'The law by which it is shown later.';
-- The time comes from the program, as in every statement; where none was told, what is delayed stays hidden.
drop policy reads on exchange.message;
create policy reads on exchange.message for select using (
  current_setting('motlan.kind', true) = 'system'
  or (subject::text = current_setting('motlan.subject', true)
      and (shown_at is null or shown_at <= nullif(current_setting('motlan.shown_until', true), '')::timestamptz))
  or (current_setting('motlan.agency', true) in (requester, provider)
      and 'auditor' = any (string_to_array(current_setting('motlan.roles', true), ','))));
