-- Cases: drafts, dossiers, tasks, supplements, the timeline, and who has opened a dossier.
create schema cases;
grant usage on schema cases to motlan_app;

create table cases.draft (
  subject     uuid        not null,
  id          uuid        not null,
  service     text        not null,
  definition  text        not null,
  form_values jsonb       not null,
  fetched     jsonb       not null,
  typed       jsonb       not null default '{}',
  revision    integer     not null,
  lang        text        not null,
  opened_at   timestamptz not null,
  saved_at    timestamptz not null,
  expires_at  timestamptz not null,
  case_id     uuid,
  agency      text,
  primary key (subject, id)
);
comment on table cases.draft is 'What a person has filled in so far; on the server, for 30 days. After submission it names its case, so that a replay gives the same answer.';

create table cases.dossier (
  agency         text        not null,
  id             uuid        not null,
  code           text        not null,
  subject        uuid        not null,
  applicant      text        not null,
  service        text        not null,
  definition     text        not null,
  status         smallint    not null check (status between 1 and 10),
  money_state    text        not null check (money_state in ('none', 'due', 'paid', 'refunded')),
  delivery_state text        not null check (delivery_state in ('pending', 'ready', 'delivered')),
  sync_state     text        not null check (sync_state in ('local', 'waiting', 'synced', 'failed')),
  process        jsonb       not null,
  form_values    jsonb       not null,
  revision       integer     not null,
  lang           text        not null,
  submitted_at   timestamptz not null,
  due_at         timestamptz not null,
  suspensions    jsonb       not null default '[]',
  facts          jsonb       not null default '{}',
  closed_at      timestamptz,
  primary key (agency, id),
  unique (agency, code)
);
comment on table cases.dossier is 'A case: its code, pinned definition, portal status, the three states kept apart from it, and the small state of its process.';
create index dossier_by_subject on cases.dossier (subject, submitted_at desc);
create index dossier_by_id on cases.dossier (id);

create table cases.task (
  agency      text        not null,
  id          uuid        not null,
  case_id     uuid        not null,
  step        text        not null,
  kind        text        not null,
  role        text        not null,
  opened_at   timestamptz not null,
  due_at      timestamptz,
  claimed_by  uuid,
  claimed_name text,
  claimed_at  timestamptz,
  done_at     timestamptz,
  outcome     text,
  primary key (agency, id)
);
comment on table cases.task is 'One step of a case that waits for an official or for the applicant.';
create index task_open on cases.task (agency, role, due_at) where done_at is null;
create index task_by_case on cases.task (agency, case_id);

create table cases.supplement (
  agency       text        not null,
  id           uuid        not null,
  case_id      uuid        not null,
  items        jsonb       not null,
  asked_at     timestamptz not null,
  asked_name   text        not null,
  answer_until timestamptz,
  answered_at  timestamptz,
  primary key (agency, id)
);
comment on table cases.supplement is 'A request to complete a dossier: every item with its reason, asked once.';
create index supplement_by_case on cases.supplement (agency, case_id);

create table cases.event (
  agency      text        not null,
  case_id     uuid        not null,
  seq         integer     not null,
  code        text        not null,
  params      jsonb       not null,
  actor       text        not null,
  occurred_at timestamptz not null,
  primary key (agency, case_id, seq)
);
comment on table cases.event is 'The timeline of a case, in the words of codes. Append-only.';

create table cases.reading (
  agency     text        not null,
  id         uuid        not null,
  case_id    uuid        not null,
  subject    uuid        not null,
  reader     text        not null,
  position   text        not null,
  service    text        not null,
  code       text        not null,
  opened_at  timestamptz not null,
  primary key (agency, id)
);
comment on table cases.reading is 'Who opened a dossier at the desk, for the page "who has looked at my data". Append-only.';
create index reading_by_subject on cases.reading (subject, opened_at desc);

create table cases.counter (
  agency text    not null,
  series text    not null,
  since  date    not null,
  last   integer not null,
  primary key (agency, series, since)
);
comment on table cases.counter is
  'The last number of a series: dossiers of an agency and day, results of an agency and year. The row lock makes the next one atomic.';

alter table cases.draft enable row level security;
alter table cases.draft force row level security;
create policy own on cases.draft using (
  current_setting('motlan.kind', true) = 'system' or subject::text = current_setting('motlan.subject', true));

alter table cases.dossier enable row level security;
alter table cases.dossier force row level security;
create policy reads on cases.dossier for select using (
  current_setting('motlan.kind', true) = 'system'
  or subject::text = current_setting('motlan.subject', true)
  or agency = current_setting('motlan.agency', true));
create policy files on cases.dossier for insert with check (
  current_setting('motlan.kind', true) = 'system' or subject::text = current_setting('motlan.subject', true));
create policy handles on cases.dossier for update using (
  current_setting('motlan.kind', true) = 'system'
  or subject::text = current_setting('motlan.subject', true)
  or agency = current_setting('motlan.agency', true));

-- What belongs to a dossier is seen by whoever sees the dossier.
alter table cases.task enable row level security;
alter table cases.task force row level security;
create policy with_dossier on cases.task using (
  current_setting('motlan.kind', true) = 'system'
  or agency = current_setting('motlan.agency', true)
  or exists (select 1 from cases.dossier d where d.agency = task.agency and d.id = task.case_id
             and d.subject::text = current_setting('motlan.subject', true)));
alter table cases.supplement enable row level security;
alter table cases.supplement force row level security;
create policy with_dossier on cases.supplement using (
  current_setting('motlan.kind', true) = 'system'
  or agency = current_setting('motlan.agency', true)
  or exists (select 1 from cases.dossier d where d.agency = supplement.agency and d.id = supplement.case_id
             and d.subject::text = current_setting('motlan.subject', true)));
alter table cases.event enable row level security;
alter table cases.event force row level security;
create policy with_dossier on cases.event using (
  current_setting('motlan.kind', true) = 'system'
  or agency = current_setting('motlan.agency', true)
  or exists (select 1 from cases.dossier d where d.agency = event.agency and d.id = event.case_id
             and d.subject::text = current_setting('motlan.subject', true)));
alter table cases.reading enable row level security;
alter table cases.reading force row level security;
create policy reads on cases.reading for select using (
  current_setting('motlan.kind', true) = 'system'
  or subject::text = current_setting('motlan.subject', true)
  or agency = current_setting('motlan.agency', true));
create policy writes on cases.reading for insert with check (
  current_setting('motlan.kind', true) = 'system' or agency = current_setting('motlan.agency', true));

grant select, insert, update on cases.draft, cases.dossier, cases.task, cases.supplement, cases.counter to motlan_app;
grant select, insert on cases.event, cases.reading to motlan_app;
