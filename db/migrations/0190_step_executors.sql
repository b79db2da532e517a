-- What the steps of a process leave behind: decisions by table with their trace, questions to other agencies, payments; and why a step needs help.

create table cases.decision (
  agency     text        not null,
  id         uuid        not null,
  case_id    uuid        not null,
  step       text        not null,
  moves      integer     not null,
  table_id   text        not null,
  outcome    text        not null,
  trace      jsonb       not null,
  decided_at timestamptz not null,
  primary key (agency, id),
  unique (agency, case_id, step, moves)
);
comment on table cases.decision is
  'A decision by a table of the pinned definition: its inputs with where each came from, and the rules that held. Once for each time the step is reached. Append-only.';

create table cases.consultation (
  agency       text        not null,
  id           uuid        not null,
  case_id      uuid        not null,
  code         text        not null,
  subject      uuid        not null,
  service      text        not null,
  definition   text        not null,
  step         text        not null,
  moves        integer     not null,
  consulted    text        not null,
  role         text        not null,
  shown        jsonb       not null,
  asked_at     timestamptz not null,
  due_at       timestamptz not null,
  state        text        not null check (state in ('open', 'answered', 'closed')),
  outcome      text,
  answer       text,
  answered_by  text,
  answered_at  timestamptz,
  primary key (agency, id),
  unique (agency, case_id, step, moves),
  check ((state = 'answered') = (answered_at is not null))
);
comment on table cases.consultation is
  'A question of a case to another agency, with the few answers of the form that it may see, its own due time, and its answer.';
create index consultation_open on cases.consultation (consulted, due_at) where state = 'open';

create table cases.payment (
  agency      text        not null,
  id          uuid        not null,
  case_id     uuid        not null,
  reference   text        not null,
  amount      bigint      not null check (amount > 0),
  currency    text        not null,
  recorded_by text        not null,
  recorded_at timestamptz not null,
  primary key (agency, id),
  unique (agency, case_id)
);
comment on table cases.payment is
  'The receipt of a fee that an official has recorded with its reference; one for a case, the same one again is the same. Append-only.';

-- Why a step of the system waits for an official: a code.
alter table cases.task add column why text;

alter table cases.decision enable row level security;
alter table cases.decision force row level security;
create policy reads on cases.decision for select using (
  current_setting('motlan.kind', true) = 'system'
  or agency = current_setting('motlan.agency', true)
  or cases.is_mine(agency, case_id));
create policy writes on cases.decision for insert with check (current_setting('motlan.kind', true) = 'system');

alter table cases.consultation enable row level security;
alter table cases.consultation force row level security;
create policy reads on cases.consultation for select using (
  current_setting('motlan.kind', true) = 'system'
  or subject::text = current_setting('motlan.subject', true)
  or agency = current_setting('motlan.agency', true)
  or consulted = current_setting('motlan.agency', true));
create policy asks on cases.consultation for insert with check (current_setting('motlan.kind', true) = 'system');
create policy answers on cases.consultation for update using (
  current_setting('motlan.kind', true) = 'system'
  or subject::text = current_setting('motlan.subject', true)
  or agency = current_setting('motlan.agency', true)
  or consulted = current_setting('motlan.agency', true));

alter table cases.payment enable row level security;
alter table cases.payment force row level security;
create policy reads on cases.payment for select using (
  current_setting('motlan.kind', true) = 'system'
  or agency = current_setting('motlan.agency', true)
  or cases.is_mine(agency, case_id));
create policy writes on cases.payment for insert with check (
  current_setting('motlan.kind', true) = 'system' or agency = current_setting('motlan.agency', true));

grant select, insert on cases.decision, cases.payment to motlan_app;
grant select, insert, update on cases.consultation to motlan_app;
