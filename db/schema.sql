-- The whole shape of the database, generated from the migrations by "npm run schema". For reading and linting; never applied.


create schema audit;
grant usage on schema audit to motlan_app;

create table audit.entry (
  agency text not null,
  seq bigint not null,
  at timestamp(3) with time zone not null,
  event text not null,
  actor jsonb not null,
  subject uuid,
  case_id uuid,
  details jsonb not null,
  hash bytea not null,
  constraint entry_pkey PRIMARY KEY (agency, seq),
  constraint entry_event_check CHECK ((event ~ '^[a-z][a-z0-9-]{0,59}$'::text)),
  constraint entry_hash_check CHECK ((octet_length(hash) = 32)),
  constraint entry_seq_check CHECK ((seq > 0))
);
comment on table audit.entry is
  'The book, append-only. hash = SHA-256(0x02, hash of the entry before, seq, SHA-256 of the entry''s canonical JSON).';
CREATE INDEX entry_of_case ON audit.entry USING btree (agency, case_id, seq) WHERE (case_id IS NOT NULL);
CREATE INDEX entry_of_subject ON audit.entry USING btree (agency, subject, seq) WHERE (subject IS NOT NULL);
alter table audit.entry enable row level security;
alter table audit.entry force row level security;
create policy anyone_writes on audit.entry for insert
  with check ((current_setting('motlan.kind'::text, true) = ANY (ARRAY['public'::text, 'person'::text, 'official'::text, 'system'::text])));
create policy auditor_reads on audit.entry for select
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((current_setting('motlan.kind'::text, true) = 'official'::text) AND (agency = current_setting('motlan.agency'::text, true)) AND ('auditor'::text = ANY (string_to_array(current_setting('motlan.roles'::text, true), ','::text))))));
create policy nobody_changes on audit.entry as restrictive for update
  using (false);
create policy nobody_deletes on audit.entry as restrictive for delete
  using (false);
grant insert, select on table audit.entry to motlan_app;

create table audit.head (
  agency text not null,
  seq bigint not null,
  hash bytea not null,
  constraint head_pkey PRIMARY KEY (agency),
  constraint head_agency_check CHECK ((agency ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$'::text)),
  constraint head_hash_check CHECK ((octet_length(hash) = 32)),
  constraint head_seq_check CHECK ((seq >= 0))
);
comment on table audit.head is
  'The last link of each agency''s chain. A deed locks it as its last act; no personal data.';
grant insert, select, update on table audit.head to motlan_app;

create schema cases;
grant usage on schema cases to motlan_app;

create table cases.consultation (
  agency text not null,
  id uuid not null,
  case_id uuid not null,
  code text not null,
  subject uuid not null,
  service text not null,
  definition text not null,
  step text not null,
  moves integer not null,
  consulted text not null,
  role text not null,
  shown jsonb not null,
  asked_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  state text not null,
  outcome text,
  answer text,
  answered_by text,
  answered_at timestamp with time zone,
  constraint consultation_pkey PRIMARY KEY (agency, id),
  constraint consultation_agency_case_id_step_moves_key UNIQUE (agency, case_id, step, moves),
  constraint consultation_check CHECK (((state = 'answered'::text) = (answered_at IS NOT NULL))),
  constraint consultation_state_check CHECK ((state = ANY (ARRAY['open'::text, 'answered'::text, 'closed'::text])))
);
comment on table cases.consultation is
  'A question of a case to another agency, with the few answers of the form that it may see, its own due time, and its answer.';
CREATE INDEX consultation_open ON cases.consultation USING btree (consulted, due_at) WHERE (state = 'open'::text);
alter table cases.consultation enable row level security;
alter table cases.consultation force row level security;
create policy answers on cases.consultation for update
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((subject)::text = current_setting('motlan.subject'::text, true)) OR (agency = current_setting('motlan.agency'::text, true)) OR (consulted = current_setting('motlan.agency'::text, true))));
create policy asks on cases.consultation for insert
  with check ((current_setting('motlan.kind'::text, true) = 'system'::text));
create policy reads on cases.consultation for select
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((subject)::text = current_setting('motlan.subject'::text, true)) OR (agency = current_setting('motlan.agency'::text, true)) OR (consulted = current_setting('motlan.agency'::text, true))));
grant insert, select, update on table cases.consultation to motlan_app;

create table cases.counter (
  agency text not null,
  series text not null,
  since date not null,
  last integer not null,
  constraint counter_pkey PRIMARY KEY (agency, series, since)
);
comment on table cases.counter is
  'The last number of a series: dossiers of an agency and day, results of an agency and year. The row lock makes the next one atomic.';
grant insert, select, update on table cases.counter to motlan_app;

create table cases.decision (
  agency text not null,
  id uuid not null,
  case_id uuid not null,
  step text not null,
  moves integer not null,
  table_id text not null,
  outcome text not null,
  trace jsonb not null,
  decided_at timestamp with time zone not null,
  constraint decision_pkey PRIMARY KEY (agency, id),
  constraint decision_agency_case_id_step_moves_key UNIQUE (agency, case_id, step, moves)
);
comment on table cases.decision is
  'A decision by a table of the pinned definition: its inputs with where each came from, and the rules that held. Once for each time the step is reached. Append-only.';
alter table cases.decision enable row level security;
alter table cases.decision force row level security;
create policy reads on cases.decision for select
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR (agency = current_setting('motlan.agency'::text, true)) OR cases.is_mine(agency, case_id)));
create policy writes on cases.decision for insert
  with check ((current_setting('motlan.kind'::text, true) = 'system'::text));
grant insert, select on table cases.decision to motlan_app;

create table cases.dossier (
  agency text not null,
  id uuid not null,
  code text not null,
  subject uuid not null,
  applicant text not null,
  service text not null,
  definition text not null,
  status smallint not null,
  money_state text not null,
  delivery_state text not null,
  sync_state text not null,
  process jsonb not null,
  form_values jsonb not null,
  revision integer not null,
  lang text not null,
  submitted_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  suspensions jsonb default '[]'::jsonb not null,
  facts jsonb default '{}'::jsonb not null,
  closed_at timestamp with time zone,
  calendar text,
  constraint dossier_pkey PRIMARY KEY (agency, id),
  constraint dossier_agency_code_key UNIQUE (agency, code),
  constraint dossier_delivery_state_check CHECK ((delivery_state = ANY (ARRAY['pending'::text, 'ready'::text, 'delivered'::text]))),
  constraint dossier_money_state_check CHECK ((money_state = ANY (ARRAY['none'::text, 'due'::text, 'paid'::text, 'refunded'::text]))),
  constraint dossier_status_check CHECK (((status >= 1) AND (status <= 10))),
  constraint dossier_sync_state_check CHECK ((sync_state = ANY (ARRAY['local'::text, 'waiting'::text, 'synced'::text, 'failed'::text])))
);
comment on table cases.dossier is
  'A case: its code, pinned definition, portal status, the three states kept apart from it, and the small state of its process.';
comment on column cases.dossier.calendar is 'Version of the working calendar under which due_at was computed; null for cases from before.';
CREATE INDEX dossier_by_id ON cases.dossier USING btree (id);
CREATE INDEX dossier_by_subject ON cases.dossier USING btree (subject, submitted_at DESC);
CREATE INDEX dossier_running ON cases.dossier USING btree (service, definition, id) WHERE (closed_at IS NULL);
alter table cases.dossier enable row level security;
alter table cases.dossier force row level security;
create policy files on cases.dossier for insert
  with check (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((subject)::text = current_setting('motlan.subject'::text, true))));
create policy handles on cases.dossier for update
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((subject)::text = current_setting('motlan.subject'::text, true)) OR (agency = current_setting('motlan.agency'::text, true))));
create policy reads on cases.dossier for select
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((subject)::text = current_setting('motlan.subject'::text, true)) OR (agency = current_setting('motlan.agency'::text, true))));
grant insert, select, update on table cases.dossier to motlan_app;

create table cases.draft (
  subject uuid not null,
  id uuid not null,
  service text not null,
  definition text not null,
  form_values jsonb not null,
  fetched jsonb not null,
  typed jsonb default '{}'::jsonb not null,
  revision integer not null,
  lang text not null,
  opened_at timestamp with time zone not null,
  saved_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  case_id uuid,
  agency text,
  silent text[] default '{}'::text[] not null,
  carried_from text,
  constraint draft_pkey PRIMARY KEY (subject, id)
);
comment on table cases.draft is
  'What a person has filled in so far; on the server, for 30 days. After submission it names its case, so that a replay gives the same answer.';
comment on column cases.draft.carried_from is 'Hash of the version on which it was begun, where it goes on under another; null otherwise.';
alter table cases.draft enable row level security;
alter table cases.draft force row level security;
create policy own on cases.draft
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((subject)::text = current_setting('motlan.subject'::text, true))));
grant insert, select, update on table cases.draft to motlan_app;

create table cases.event (
  agency text not null,
  case_id uuid not null,
  seq integer not null,
  code text not null,
  params jsonb not null,
  actor text not null,
  occurred_at timestamp with time zone not null,
  constraint event_pkey PRIMARY KEY (agency, case_id, seq)
);
comment on table cases.event is
  'The timeline of a case, in the words of codes. Append-only.';
alter table cases.event enable row level security;
alter table cases.event force row level security;
create policy with_dossier on cases.event
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR (agency = current_setting('motlan.agency'::text, true)) OR cases.is_mine(agency, case_id)));
grant insert, select on table cases.event to motlan_app;

create table cases.migration (
  id uuid not null,
  service text not null,
  from_hash text not null,
  to_hash text not null,
  steps jsonb not null,
  recompute boolean not null,
  legal_basis text not null,
  reason text not null,
  state text not null,
  proposed_at timestamp with time zone not null,
  proposed_by uuid not null,
  proposed_name text not null,
  decided_at timestamp with time zone,
  decided_name text,
  batches integer default 0 not null,
  reached uuid,
  moved integer default 0 not null,
  stayed integer default 0 not null,
  ended_at timestamp with time zone,
  constraint migration_pkey PRIMARY KEY (id),
  constraint migration_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'running'::text, 'done'::text, 'dropped'::text])))
);
comment on table cases.migration is
  'A plan by which running cases of a service go on under another version: map of steps, legal basis, four eyes, and how far it has come.';
alter table cases.migration enable row level security;
alter table cases.migration force row level security;
create policy administers on cases.migration
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ('catalogue-admin'::text = ANY (string_to_array(current_setting('motlan.roles'::text, true), ','::text)))));
grant insert, select, update on table cases.migration to motlan_app;

create table cases.migration_stay (
  agency text not null,
  migration uuid not null,
  case_id uuid not null,
  why text not null,
  noted_at timestamp with time zone not null,
  constraint migration_stay_pkey PRIMARY KEY (agency, migration, case_id)
);
comment on table cases.migration_stay is
  'Cases that a plan left on their version, each with the reason. Append-only.';
alter table cases.migration_stay enable row level security;
alter table cases.migration_stay force row level security;
create policy reads on cases.migration_stay for select
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR (agency = current_setting('motlan.agency'::text, true))));
create policy writes on cases.migration_stay for insert
  with check ((current_setting('motlan.kind'::text, true) = 'system'::text));
grant insert, select on table cases.migration_stay to motlan_app;

create table cases.payment (
  agency text not null,
  id uuid not null,
  case_id uuid not null,
  reference text not null,
  amount bigint not null,
  currency text not null,
  recorded_by text not null,
  recorded_at timestamp with time zone not null,
  constraint payment_pkey PRIMARY KEY (agency, id),
  constraint payment_agency_case_id_key UNIQUE (agency, case_id),
  constraint payment_amount_check CHECK ((amount > 0))
);
comment on table cases.payment is
  'The receipt of a fee that an official has recorded with its reference; one for a case, the same one again is the same. Append-only.';
alter table cases.payment enable row level security;
alter table cases.payment force row level security;
create policy reads on cases.payment for select
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR (agency = current_setting('motlan.agency'::text, true)) OR cases.is_mine(agency, case_id)));
create policy writes on cases.payment for insert
  with check (((current_setting('motlan.kind'::text, true) = 'system'::text) OR (agency = current_setting('motlan.agency'::text, true))));
grant insert, select on table cases.payment to motlan_app;

create table cases.reading (
  agency text not null,
  id uuid not null,
  case_id uuid not null,
  subject uuid not null,
  reader text not null,
  "position" text not null,
  service text not null,
  code text not null,
  opened_at timestamp with time zone not null,
  constraint reading_pkey PRIMARY KEY (agency, id)
);
comment on table cases.reading is
  'Who opened a dossier at the desk, for the page "who has looked at my data". Append-only.';
CREATE INDEX reading_by_subject ON cases.reading USING btree (subject, opened_at DESC);
alter table cases.reading enable row level security;
alter table cases.reading force row level security;
create policy reads on cases.reading for select
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((subject)::text = current_setting('motlan.subject'::text, true)) OR (agency = current_setting('motlan.agency'::text, true))));
create policy writes on cases.reading for insert
  with check (((current_setting('motlan.kind'::text, true) = 'system'::text) OR (agency = current_setting('motlan.agency'::text, true))));
grant insert, select on table cases.reading to motlan_app;

create table cases.supplement (
  agency text not null,
  id uuid not null,
  case_id uuid not null,
  items jsonb not null,
  asked_at timestamp with time zone not null,
  asked_name text not null,
  answer_until timestamp with time zone,
  answered_at timestamp with time zone,
  constraint supplement_pkey PRIMARY KEY (agency, id)
);
comment on table cases.supplement is
  'A request to complete a dossier: every item with its reason, asked once.';
CREATE INDEX supplement_by_case ON cases.supplement USING btree (agency, case_id);
alter table cases.supplement enable row level security;
alter table cases.supplement force row level security;
create policy with_dossier on cases.supplement
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR (agency = current_setting('motlan.agency'::text, true)) OR cases.is_mine(agency, case_id)));
grant insert, select, update on table cases.supplement to motlan_app;

create table cases.task (
  agency text not null,
  id uuid not null,
  case_id uuid not null,
  step text not null,
  kind text not null,
  role text not null,
  opened_at timestamp with time zone not null,
  due_at timestamp with time zone,
  claimed_by uuid,
  claimed_name text,
  claimed_at timestamp with time zone,
  done_at timestamp with time zone,
  outcome text,
  unit text,
  why text,
  constraint task_pkey PRIMARY KEY (agency, id)
);
comment on table cases.task is
  'One step of a case that waits for an official or for the applicant.';
comment on column cases.task.unit is 'The unit whose officials may take it; null for any official of the role.';
CREATE INDEX task_by_case ON cases.task USING btree (agency, case_id);
CREATE INDEX task_open ON cases.task USING btree (agency, role, due_at) WHERE (done_at IS NULL);
alter table cases.task enable row level security;
alter table cases.task force row level security;
create policy with_dossier on cases.task
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR (agency = current_setting('motlan.agency'::text, true)) OR cases.is_mine(agency, case_id)));
grant insert, select, update on table cases.task to motlan_app;

CREATE OR REPLACE FUNCTION cases.is_mine(of_agency text, of_case uuid)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$ select exists (select 1 from cases.dossier where agency = of_agency and id = of_case
                    and subject::text = current_setting('motlan.subject', true)) $function$
;

CREATE OR REPLACE FUNCTION cases.moved_to(of_service text, of_definition text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  kind text := current_setting('motlan.kind', true);
  target text;
begin
  perform set_config('motlan.kind', 'system', true);
  select to_hash into target from cases.migration
    where service = of_service and from_hash = of_definition and to_hash <> of_definition and state in ('running', 'done')
    order by proposed_at desc limit 1;
  perform set_config('motlan.kind', kind, true);
  return target;
end $function$
;

CREATE OR REPLACE FUNCTION cases.running(of_service text, of_definition text)
 RETURNS TABLE(at_step text, asker text, signed boolean, cases integer)
 LANGUAGE plpgsql
AS $function$
declare kind text := current_setting('motlan.kind', true);
begin
  if kind <> 'system' and not 'catalogue-admin' = any (string_to_array(current_setting('motlan.roles', true), ',')) then return; end if;
  perform set_config('motlan.kind', 'system', true);
  return query
    select d.process ->> 'at', d.process ->> 'asker', d.process ? 'signed', count(*)::integer
    from cases.dossier d where d.service = of_service and d.definition = of_definition and d.closed_at is null
    group by 1, 2, 3 order by 1, 2, 3;
  perform set_config('motlan.kind', kind, true);
end $function$
;

create schema catalogue;
grant usage on schema catalogue to motlan_app;

create table catalogue.calendar (
  version text not null,
  hash text not null,
  canonical text not null,
  published_at timestamp with time zone not null,
  constraint calendar_pkey PRIMARY KEY (version),
  constraint calendar_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
);
comment on table catalogue.calendar is
  'Every version of the working calendar that deadlines were computed under, as canonical JSON under its SHA-256. Append-only.';
alter table catalogue.calendar enable row level security;
alter table catalogue.calendar force row level security;
create policy publishes on catalogue.calendar for insert
  with check ((current_setting('motlan.kind'::text, true) = 'system'::text));
create policy reads on catalogue.calendar for select
  using (true);
grant insert, select on table catalogue.calendar to motlan_app;

create table catalogue.definition (
  code text not null,
  hash text not null,
  canonical text not null,
  constraint definition_pkey PRIMARY KEY (code, hash),
  constraint definition_hash_check CHECK ((hash ~ '^[0-9a-f]{64}$'::text))
);
comment on table catalogue.definition is
  'A definition as canonical JSON (RFC 8785) under its SHA-256. Never changed, never removed: cases are pinned to it.';
alter table catalogue.definition enable row level security;
alter table catalogue.definition force row level security;
create policy publishes on catalogue.definition for insert
  with check (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ('catalogue-admin'::text = ANY (string_to_array(current_setting('motlan.roles'::text, true), ','::text)))));
create policy reads on catalogue.definition for select
  using (true);
grant insert, select on table catalogue.definition to motlan_app;

create table catalogue.draft (
  code text not null,
  id uuid not null,
  kind text not null,
  state text not null,
  revision integer not null,
  canonical text not null,
  base text,
  replaced_by text,
  valid_from date,
  valid_until date,
  legal_basis text,
  opened_at timestamp with time zone not null,
  saved_at timestamp with time zone not null,
  proposed_at timestamp with time zone,
  proposed_by uuid,
  proposed_name text,
  decided_at timestamp with time zone,
  decided_name text,
  remark text,
  constraint draft_pkey PRIMARY KEY (code, id),
  constraint draft_check CHECK (((state <> 'proposed'::text) OR ((valid_from IS NOT NULL) AND (legal_basis IS NOT NULL) AND (proposed_by IS NOT NULL)))),
  constraint draft_kind_check CHECK ((kind = ANY (ARRAY['version'::text, 'retirement'::text]))),
  constraint draft_state_check CHECK ((state = ANY (ARRAY['open'::text, 'proposed'::text, 'published'::text, 'dropped'::text])))
);
comment on table catalogue.draft is
  'A definition that is being written, or the retirement of one, until a second person publishes it; files as canonical JSON (RFC 8785).';
CREATE INDEX draft_open ON catalogue.draft USING btree (saved_at DESC) WHERE (state = ANY (ARRAY['open'::text, 'proposed'::text]));
alter table catalogue.draft enable row level security;
alter table catalogue.draft force row level security;
create policy writes on catalogue.draft
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ('catalogue-admin'::text = ANY (string_to_array(current_setting('motlan.roles'::text, true), ','::text)))));
grant insert, select, update on table catalogue.draft to motlan_app;

create table catalogue.draft_save (
  code text not null,
  draft uuid not null,
  revision integer not null,
  canonical text not null,
  why text not null,
  author uuid not null,
  author_name text not null,
  saved_at timestamp with time zone not null,
  constraint draft_save_pkey PRIMARY KEY (code, draft, revision)
);
comment on table catalogue.draft_save is
  'Every save of a draft: who, when, why. Whoever saved may not publish. Append-only.';
alter table catalogue.draft_save enable row level security;
alter table catalogue.draft_save force row level security;
create policy writes on catalogue.draft_save
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ('catalogue-admin'::text = ANY (string_to_array(current_setting('motlan.roles'::text, true), ','::text)))));
grant insert, select on table catalogue.draft_save to motlan_app;

create table catalogue.publication (
  code text not null,
  version integer not null,
  hash text not null,
  kind text not null,
  valid_from date not null,
  valid_until date,
  signature text not null,
  published_at timestamp with time zone not null,
  published_by text not null,
  origin text default 'pack'::text not null,
  legal_basis text,
  author_name text,
  publisher_name text,
  replaced_by text,
  constraint publication_pkey PRIMARY KEY (code, version),
  constraint publication_code_hash_fkey FOREIGN KEY (code, hash) REFERENCES catalogue.definition(code, hash),
  constraint publication_check CHECK (((valid_until IS NULL) OR (valid_until >= valid_from))),
  constraint publication_kind_check CHECK ((kind = ANY (ARRAY['published'::text, 'withdrawn'::text]))),
  constraint publication_origin_check CHECK ((origin = ANY (ARRAY['pack'::text, 'desk'::text]))),
  constraint publication_version_check CHECK ((version >= 1))
);
comment on table catalogue.publication is
  'Which definition of a service is in force from which day, signed by the site (JWS); a withdrawal is a row too. Append-only.';
comment on column catalogue.publication.origin is 'pack: laid in by the country pack; desk: written and published by two officials.';
alter table catalogue.publication enable row level security;
alter table catalogue.publication force row level security;
create policy publishes on catalogue.publication for insert
  with check (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ('catalogue-admin'::text = ANY (string_to_array(current_setting('motlan.roles'::text, true), ','::text)))));
create policy reads on catalogue.publication for select
  using (true);
grant insert, select on table catalogue.publication to motlan_app;

create schema consents;
grant usage on schema consents to motlan_app;

create table consents.consent (
  subject uuid not null,
  id uuid not null,
  contract text not null,
  signer text not null,
  artefact text not null,
  salt text not null,
  issued_at timestamp with time zone not null,
  until_at timestamp with time zone not null,
  taken_at timestamp with time zone not null,
  constraint consent_pkey PRIMARY KEY (subject, id)
);
comment on table consents.consent is
  'What people have agreed to, as signed by the site where they did; with the salt of the pseudonym. The subject is known at the site of the person alone, and ends in 1 elsewhere. Append-only.';
CREATE INDEX consent_by_id ON consents.consent USING btree (id);
alter table consents.consent enable row level security;
alter table consents.consent force row level security;
create policy gives on consents.consent for insert
  with check (true);
create policy reads on consents.consent for select
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((subject)::text = ANY (ARRAY[current_setting('motlan.subject'::text, true), current_setting('motlan.consents_of'::text, true)])) OR ((id)::text = current_setting('motlan.consent'::text, true))));
grant insert, select on table consents.consent to motlan_app;

create table consents.errand (
  site text not null,
  consent uuid not null,
  changed_at timestamp with time zone not null,
  next_at timestamp with time zone not null,
  tries integer default 0 not null,
  constraint errand_pkey PRIMARY KEY (site, consent)
);
comment on table consents.errand is
  'Which sites have still to be told of a consent or of its revocation.';
CREATE INDEX consent_errand_due ON consents.errand USING btree (next_at);
grant delete, insert, select, update on table consents.errand to motlan_app;

create table consents.revocation (
  subject uuid not null,
  consent uuid not null,
  revocation text not null,
  revoked_at timestamp with time zone not null,
  constraint revocation_pkey PRIMARY KEY (subject, consent),
  constraint revocation_subject_consent_fkey FOREIGN KEY (subject, consent) REFERENCES consents.consent(subject, id)
);
comment on table consents.revocation is
  'Consents that were taken back, as signed by the site where they were given. Append-only.';
alter table consents.revocation enable row level security;
alter table consents.revocation force row level security;
create policy reads on consents.revocation for select
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((subject)::text = ANY (ARRAY[current_setting('motlan.subject'::text, true), current_setting('motlan.consents_of'::text, true)])) OR ((consent)::text = current_setting('motlan.consent'::text, true))));
create policy revokes on consents.revocation for insert
  with check (true);
grant insert, select on table consents.revocation to motlan_app;

create table consents.use (
  subject uuid not null,
  consent uuid not null,
  message uuid not null,
  used_at timestamp with time zone not null,
  constraint use_pkey PRIMARY KEY (subject, consent, message),
  constraint use_subject_consent_fkey FOREIGN KEY (subject, consent) REFERENCES consents.consent(subject, id)
);
comment on table consents.use is
  'One row for each exchange under a consent; the message stands in the log of the exchange. Append-only.';
CREATE INDEX use_by_consent ON consents.use USING btree (consent, used_at);
alter table consents.use enable row level security;
alter table consents.use force row level security;
create policy reads on consents.use for select
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((subject)::text = ANY (ARRAY[current_setting('motlan.subject'::text, true), current_setting('motlan.consents_of'::text, true)])) OR ((consent)::text = current_setting('motlan.consent'::text, true))));
create policy uses on consents.use for insert
  with check (true);
grant insert, select on table consents.use to motlan_app;

create schema documents;
grant usage on schema documents to motlan_app;

create table documents.document (
  agency text not null,
  id uuid not null,
  subject uuid not null,
  case_id uuid not null,
  kind text not null,
  agency_name text not null,
  title text not null,
  number text not null,
  holder text not null,
  dated date not null,
  lang text not null,
  verify_code text not null,
  sha256 text not null,
  bytes integer not null,
  signed boolean not null,
  issued_at timestamp with time zone not null,
  constraint document_pkey PRIMARY KEY (agency, id),
  constraint document_agency_verify_code_key UNIQUE (agency, verify_code),
  constraint document_bytes_check CHECK ((bytes > 0)),
  constraint document_kind_check CHECK ((kind = ANY (ARRAY['result'::text, 'receipt'::text, 'supplement-request'::text, 'refusal'::text]))),
  constraint document_sha256_check CHECK ((length(sha256) = 64)),
  constraint document_verify_code_check CHECK ((length(verify_code) = 19))
);
comment on table documents.document is
  'Official papers as issued: what anyone may verify of them, and the hash under which their bytes are stored. Never changed.';
CREATE INDEX document_by_case ON documents.document USING btree (case_id, issued_at);
CREATE INDEX document_by_code ON documents.document USING btree (verify_code);
CREATE INDEX document_by_hash ON documents.document USING btree (sha256);
CREATE INDEX document_by_id ON documents.document USING btree (id);
CREATE INDEX document_by_subject ON documents.document USING btree (subject, issued_at DESC);
alter table documents.document enable row level security;
alter table documents.document force row level security;
create policy issues on documents.document for insert
  with check (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((current_setting('motlan.kind'::text, true) = 'official'::text) AND (agency = current_setting('motlan.agency'::text, true))) OR ((kind = 'receipt'::text) AND ((subject)::text = current_setting('motlan.subject'::text, true)))));
create policy reads on documents.document for select
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((subject)::text = current_setting('motlan.subject'::text, true)) OR ((agency = current_setting('motlan.agency'::text, true)) AND (NOT (string_to_array(current_setting('motlan.roles'::text, true), ','::text) <@ ARRAY['tech-admin'::text, 'catalogue-admin'::text]))) OR (verify_code = current_setting('motlan.document_code'::text, true)) OR (sha256 = current_setting('motlan.document_sha256'::text, true))));
grant insert, select on table documents.document to motlan_app;

create table documents.revocation (
  agency text not null,
  document_id uuid not null,
  reason text not null,
  revoked_by text not null,
  revoked_at timestamp with time zone not null,
  constraint revocation_pkey PRIMARY KEY (agency, document_id)
);
comment on table documents.revocation is
  'Papers taken back: when, by whom, why. Never changed.';
alter table documents.revocation enable row level security;
alter table documents.revocation force row level security;
create policy reads on documents.revocation for select
  using ((EXISTS ( SELECT 1
   FROM documents.document d
  WHERE ((d.agency = revocation.agency) AND (d.id = revocation.document_id)))));
create policy revokes on documents.revocation for insert
  with check (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((current_setting('motlan.kind'::text, true) = 'official'::text) AND (agency = current_setting('motlan.agency'::text, true)))));
grant insert, select on table documents.revocation to motlan_app;

create table documents.upload (
  subject uuid not null,
  id uuid not null,
  draft_id uuid not null,
  field text not null,
  case_id uuid,
  agency text,
  name text not null,
  type text not null,
  bytes integer not null,
  sha256 text not null,
  sent_sha256 text not null,
  received_at timestamp with time zone not null,
  constraint upload_pkey PRIMARY KEY (subject, id),
  constraint upload_bytes_check CHECK ((bytes > 0)),
  constraint upload_sent_sha256_check CHECK ((length(sent_sha256) = 64)),
  constraint upload_sha256_check CHECK ((length(sha256) = 64)),
  constraint upload_type_check CHECK ((type = ANY (ARRAY['application/pdf'::text, 'image/jpeg'::text, 'image/png'::text])))
);
comment on table documents.upload is
  'Files that people sent for a draft; with submission they belong to the case and its agency. The bytes are in the file store under sha256.';
CREATE INDEX upload_by_case ON documents.upload USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX upload_by_draft ON documents.upload USING btree (draft_id, received_at);
CREATE INDEX upload_by_id ON documents.upload USING btree (id);
alter table documents.upload enable row level security;
alter table documents.upload force row level security;
create policy hands_over on documents.upload for update
  using (((case_id IS NULL) AND ((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((subject)::text = current_setting('motlan.subject'::text, true)))))
  with check (((case_id IS NOT NULL) AND (agency IS NOT NULL)));
create policy reads on documents.upload for select
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((subject)::text = current_setting('motlan.subject'::text, true)) OR ((agency = current_setting('motlan.agency'::text, true)) AND (NOT (string_to_array(current_setting('motlan.roles'::text, true), ','::text) <@ ARRAY['tech-admin'::text, 'catalogue-admin'::text])))));
create policy receives on documents.upload for insert
  with check (((case_id IS NULL) AND (agency IS NULL) AND ((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((subject)::text = current_setting('motlan.subject'::text, true)))));
create policy removes on documents.upload for delete
  using (((case_id IS NULL) AND ((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((subject)::text = current_setting('motlan.subject'::text, true)))));
grant delete, insert, select on table documents.upload to motlan_app;
grant update (case_id, agency) on table documents.upload to motlan_app;

create schema evidence;
grant usage on schema evidence to motlan_app;

create table evidence."timestamp" (
  book text not null,
  size bigint not null,
  authority text not null,
  token bytea not null,
  stamped_at timestamp with time zone not null,
  taken_at timestamp with time zone not null,
  constraint timestamp_pkey PRIMARY KEY (book, size, authority),
  constraint timestamp_book_size_fkey FOREIGN KEY (book, size) REFERENCES evidence.checkpoint(book, size),
  constraint timestamp_size_check CHECK ((size > 0))
);
comment on table evidence."timestamp" is
  'Timestamp tokens (RFC 3161) over the text of checkpoints: SHA-256 of the note without its signatures. Append-only.';
alter table evidence."timestamp" enable row level security;
alter table evidence."timestamp" force row level security;
create policy line on evidence."timestamp"
  using ((current_setting('motlan.kind'::text, true) = 'system'::text));
create policy seen on evidence."timestamp" for select
  using (((current_setting('motlan.kind'::text, true) = 'official'::text) AND (string_to_array(current_setting('motlan.roles'::text, true), ','::text) && ARRAY['tech-admin'::text, 'auditor'::text])));
grant insert, select on table evidence."timestamp" to motlan_app;

create table evidence.batch (
  book text not null,
  seq bigint not null,
  made_at timestamp with time zone not null,
  key_id text not null,
  size integer not null,
  root bytea not null,
  signature bytea not null,
  sealed text not null,
  records bytea,
  tags bytea default '\x'::bytea not null,
  constraint batch_pkey PRIMARY KEY (book, seq),
  constraint batch_root_check CHECK ((octet_length(root) = 32)),
  constraint batch_seq_check CHECK ((seq >= 0)),
  constraint batch_size_check CHECK ((size > 0))
);
comment on table evidence.batch is
  'Records that one signature covers: the root of their Merkle tree, signed, and the records themselves, encrypted under the secret that "sealed" names. Append-only; a batch is leaf "seq" of the log.';
comment on column evidence.batch.tags is 'For each message that the records are about eight bytes: the last ones of its UUID, of other messages the first of its SHA-256. A batch that may hold a message is found by them and its time.';
CREATE INDEX batch_in_time ON evidence.batch USING btree (book, made_at);
alter table evidence.batch enable row level security;
alter table evidence.batch force row level security;
create policy line on evidence.batch
  using ((current_setting('motlan.kind'::text, true) = 'system'::text));
create policy seen on evidence.batch for select
  using (((current_setting('motlan.kind'::text, true) = 'official'::text) AND (string_to_array(current_setting('motlan.roles'::text, true), ','::text) && ARRAY['tech-admin'::text, 'auditor'::text])));
grant insert, select on table evidence.batch to motlan_app;

create table evidence.certificate (
  book text not null,
  key_id text not null,
  pem text not null,
  kept_at timestamp with time zone not null,
  constraint certificate_pkey PRIMARY KEY (book, key_id)
);
comment on table evidence.certificate is
  'Certificates of keys that sealed what is kept, and those between them and a trust anchor, by SHA-256: directories forget them, evidence does not. Append-only.';
alter table evidence.certificate enable row level security;
alter table evidence.certificate force row level security;
create policy line on evidence.certificate
  using ((current_setting('motlan.kind'::text, true) = 'system'::text));
create policy seen on evidence.certificate for select
  using (((current_setting('motlan.kind'::text, true) = 'official'::text) AND (string_to_array(current_setting('motlan.roles'::text, true), ','::text) && ARRAY['tech-admin'::text, 'auditor'::text])));
grant insert, select on table evidence.certificate to motlan_app;

create table evidence.checkpoint (
  book text not null,
  size bigint not null,
  root bytea not null,
  edge bytea not null,
  note text not null,
  made_at timestamp with time zone not null,
  constraint checkpoint_pkey PRIMARY KEY (book, size),
  constraint checkpoint_root_check CHECK ((octet_length(root) = 32)),
  constraint checkpoint_size_check CHECK ((size > 0))
);
comment on table evidence.checkpoint is
  'A signed note of the size and root of the log of batches (C2SP tlog-checkpoint), and the right edge of the tree from which it grows. Append-only.';
alter table evidence.checkpoint enable row level security;
alter table evidence.checkpoint force row level security;
create policy line on evidence.checkpoint
  using ((current_setting('motlan.kind'::text, true) = 'system'::text));
create policy seen on evidence.checkpoint for select
  using (((current_setting('motlan.kind'::text, true) = 'official'::text) AND (string_to_array(current_setting('motlan.roles'::text, true), ','::text) && ARRAY['tech-admin'::text, 'auditor'::text])));
grant insert, select on table evidence.checkpoint to motlan_app;

create table evidence.cosignature (
  book text not null,
  size bigint not null,
  witness text not null,
  line text not null,
  seen_at timestamp with time zone not null,
  taken_at timestamp with time zone not null,
  constraint cosignature_pkey PRIMARY KEY (book, size, witness),
  constraint cosignature_book_size_fkey FOREIGN KEY (book, size) REFERENCES evidence.checkpoint(book, size),
  constraint cosignature_size_check CHECK ((size > 0))
);
comment on table evidence.cosignature is
  'Signatures of witness sites on checkpoints of this one (C2SP tlog-cosignature), as lines to be added to the note. Append-only.';
alter table evidence.cosignature enable row level security;
alter table evidence.cosignature force row level security;
create policy line on evidence.cosignature
  using ((current_setting('motlan.kind'::text, true) = 'system'::text));
create policy seen on evidence.cosignature for select
  using (((current_setting('motlan.kind'::text, true) = 'official'::text) AND (string_to_array(current_setting('motlan.roles'::text, true), ','::text) && ARRAY['tech-admin'::text, 'auditor'::text])));
grant insert, select on table evidence.cosignature to motlan_app;

create table evidence.witnessed (
  book text not null,
  log text not null,
  size bigint not null,
  root bytea not null,
  follows bigint not null,
  verdict text not null,
  note text not null,
  seen_at timestamp with time zone not null,
  constraint witnessed_pkey PRIMARY KEY (book, log, size, root, verdict),
  constraint witnessed_follows_check CHECK ((follows >= 0)),
  constraint witnessed_root_check CHECK ((octet_length(root) = 32)),
  constraint witnessed_size_check CHECK ((size > 0)),
  constraint witnessed_verdict_check CHECK ((verdict = ANY (ARRAY['cosigned'::text, 'rollback'::text, 'fork'::text, 'unproven'::text])))
);
comment on table evidence.witnessed is
  'Checkpoints of other sites'' logs that this site was shown: those that it cosigned, each behind the one before, and those that it refused, which convict the log. Append-only.';
CREATE UNIQUE INDEX witnessed_follows ON evidence.witnessed USING btree (book, log, follows) WHERE (verdict = 'cosigned'::text);
alter table evidence.witnessed enable row level security;
alter table evidence.witnessed force row level security;
create policy line on evidence.witnessed
  using ((current_setting('motlan.kind'::text, true) = ANY (ARRAY['system'::text, 'public'::text])));
grant insert, select on table evidence.witnessed to motlan_app;

create schema exchange;
grant usage on schema exchange to motlan_app;

create table exchange.correction (
  subject uuid not null,
  id uuid not null,
  owner text not null,
  requester text not null,
  number text not null,
  register text not null,
  record uuid not null,
  field text not null,
  registered jsonb not null,
  claimed jsonb not null,
  purpose text not null,
  case_id uuid,
  place text,
  claimant uuid,
  claimed_by text not null,
  claimed_at timestamp with time zone not null,
  state text not null,
  reason text,
  decided_by text,
  decided_at timestamp with time zone,
  constraint correction_pkey PRIMARY KEY (subject, id),
  constraint correction_check CHECK (((state = 'open'::text) = (decided_at IS NULL))),
  constraint correction_state_check CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'refused'::text])))
);
comment on table exchange.correction is
  'What a person says is wrong in a register, and what its owner decided; stands at the site of the claim and at that of the owner.';
CREATE INDEX correction_by_case ON exchange.correction USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX correction_open ON exchange.correction USING btree (owner, claimed_at) WHERE (state = 'open'::text);
alter table exchange.correction enable row level security;
alter table exchange.correction force row level security;
create policy claims on exchange.correction for insert
  with check ((current_setting('motlan.kind'::text, true) = ANY (ARRAY['system'::text, 'person'::text, 'official'::text])));
create policy decides on exchange.correction for update
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR (current_setting('motlan.agency'::text, true) = owner)));
create policy reads on exchange.correction for select
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((current_setting('motlan.subject'::text, true) = (subject)::text) OR (current_setting('motlan.subject'::text, true) = (claimant)::text)) OR ((current_setting('motlan.agency'::text, true) = owner) OR (current_setting('motlan.agency'::text, true) = requester))));
grant insert, select on table exchange.correction to motlan_app;
grant update (state, reason, decided_by, decided_at) on table exchange.correction to motlan_app;

create table exchange.delivery (
  requester text not null,
  key text not null,
  digest text not null,
  answer jsonb not null,
  delivered_at timestamp with time zone not null,
  constraint delivery_pkey PRIMARY KEY (requester, key),
  constraint delivery_key_check CHECK (((length(key) >= 1) AND (length(key) <= 200)))
);
comment on table exchange.delivery is
  'One row for each write that an agency of another site has asked for, with the answer that it was given; kept in the transaction of the write. Append-only.';
alter table exchange.delivery enable row level security;
alter table exchange.delivery force row level security;
create policy opened on exchange.delivery
  using ((((requester || '/'::text) || key) = current_setting('motlan.delivery'::text, true)));
grant insert, select on table exchange.delivery to motlan_app;

create table exchange.message (
  subject uuid not null,
  id uuid not null,
  service text not null,
  provider text not null,
  requester text not null,
  actor_kind text not null,
  actor_name text not null,
  actor_position text,
  case_id uuid,
  purpose text not null,
  legal_ground text not null,
  outcome text not null,
  refusal text,
  fields text[] not null,
  request_digest text not null,
  answer_digest text,
  requested_at timestamp with time zone not null,
  shown_at timestamp with time zone,
  delay_ground text,
  consent uuid,
  constraint message_pkey PRIMARY KEY (subject, id),
  constraint message_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['public'::text, 'person'::text, 'official'::text, 'system'::text]))),
  constraint message_outcome_check CHECK ((outcome = ANY (ARRAY['answered'::text, 'empty'::text, 'refused'::text, 'silent'::text])))
);
comment on table exchange.message is
  'The log of the exchange: who asked what about whom, for which case, purpose and legal ground, and what came of it. Digests, not contents. Append-only.';
comment on column exchange.message.shown_at is 'From when the person may see it; null: from the beginning.';
comment on column exchange.message.delay_ground is 'The law by which it is shown later.';
comment on column exchange.message.consent is 'The consent of the person under which it was asked, where the contract rests on one.';
CREATE INDEX message_by_case ON exchange.message USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX message_by_id ON exchange.message USING btree (id);
CREATE INDEX message_by_provider ON exchange.message USING btree (provider, requested_at DESC, id DESC);
CREATE INDEX message_by_requester ON exchange.message USING btree (requester, requested_at DESC, id DESC);
CREATE INDEX message_by_subject ON exchange.message USING btree (subject, requested_at DESC);
alter table exchange.message enable row level security;
alter table exchange.message force row level security;
create policy reads on exchange.message for select
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR (((subject)::text = current_setting('motlan.subject'::text, true)) AND ((shown_at IS NULL) OR (shown_at <= (NULLIF(current_setting('motlan.shown_until'::text, true), ''::text))::timestamp with time zone))) OR (((current_setting('motlan.agency'::text, true) = requester) OR (current_setting('motlan.agency'::text, true) = provider)) AND ('auditor'::text = ANY (string_to_array(current_setting('motlan.roles'::text, true), ','::text))))));
create policy writes on exchange.message for insert
  with check (true);
grant insert, select on table exchange.message to motlan_app;

create table exchange.parcel (
  sender text not null,
  key text not null,
  id uuid not null,
  recipient text not null,
  road text not null,
  kind text not null,
  lane text not null,
  place integer not null,
  case_id uuid,
  purpose text not null,
  body jsonb not null,
  next_job jsonb,
  state text not null,
  fault text,
  tries integer default 0 not null,
  put_at timestamp with time zone not null,
  since_at timestamp with time zone not null,
  next_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  message uuid,
  receipt jsonb,
  constraint parcel_pkey PRIMARY KEY (sender, key),
  constraint parcel_id_key UNIQUE (id),
  constraint parcel_key_check CHECK (((length(key) >= 1) AND (length(key) <= 200))),
  constraint parcel_kind_check CHECK ((kind = ANY (ARRAY['write'::text, 'correction'::text, 'decision'::text, 'event'::text]))),
  constraint parcel_road_check CHECK ((road = ANY (ARRAY['here'::text, 'sent'::text, 'collected'::text]))),
  constraint parcel_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'answered'::text, 'stuck'::text])))
);
comment on table exchange.parcel is
  'The outbox: what an agency has for another one, put there in the transaction of the deed; carried in the order of its lane until the receipt is there, which is kept with the message that brought it.';
CREATE INDEX parcel_by_case ON exchange.parcel USING btree (case_id) WHERE (case_id IS NOT NULL);
CREATE INDEX parcel_due ON exchange.parcel USING btree (recipient, next_at) WHERE (state = 'waiting'::text);
CREATE INDEX parcel_in_lane ON exchange.parcel USING btree (recipient, lane, place);
CREATE INDEX parcel_stuck ON exchange.parcel USING btree (sender) WHERE (state = 'stuck'::text);
alter table exchange.parcel enable row level security;
alter table exchange.parcel force row level security;
create policy moves on exchange.parcel for update
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR (current_setting('motlan.agency'::text, true) = sender)));
create policy puts on exchange.parcel for insert
  with check ((current_setting('motlan.kind'::text, true) = ANY (ARRAY['system'::text, 'person'::text, 'official'::text])));
create policy reads on exchange.parcel for select
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR (current_setting('motlan.agency'::text, true) = sender)));
grant insert, select on table exchange.parcel to motlan_app;
grant update (state, fault, tries, since_at, next_at, ended_at, message, receipt) on table exchange.parcel to motlan_app;

create table exchange.passage (
  id uuid not null,
  side text not null,
  requester text not null,
  provider text not null,
  consumer text not null,
  service text not null,
  purpose text not null,
  legal_ground text not null,
  outcome text not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone not null,
  messages uuid[] not null,
  after_ms integer[] not null,
  constraint passage_pkey PRIMARY KEY (id),
  constraint passage_check CHECK (((cardinality(messages) > 0) AND (cardinality(messages) = cardinality(after_ms)))),
  constraint passage_outcome_check CHECK ((outcome = ANY (ARRAY['answered'::text, 'empty'::text, 'refused'::text, 'silent'::text]))),
  constraint passage_side_check CHECK ((side = ANY (ARRAY['consumer'::text, 'provider'::text])))
);
comment on table exchange.passage is
  'Messages of information systems between the same two, of one service, purpose and outcome, within a second: their ids and how long after the first they began. No content, no persons: what is about a stated person has a row of its own in exchange.message. Append-only.';
CREATE INDEX passage_by_provider ON exchange.passage USING btree (provider, until_at DESC) WHERE (side = 'provider'::text);
CREATE INDEX passage_by_requester ON exchange.passage USING btree (requester, until_at DESC) WHERE (side = 'consumer'::text);
alter table exchange.passage enable row level security;
alter table exchange.passage force row level security;
create policy reads on exchange.passage for select
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((current_setting('motlan.agency'::text, true) =
CASE side
    WHEN 'consumer'::text THEN requester
    ELSE provider
END) AND ('auditor'::text = ANY (string_to_array(current_setting('motlan.roles'::text, true), ','::text))))));
create policy writes on exchange.passage for insert
  with check ((current_setting('motlan.kind'::text, true) = 'system'::text));
grant insert, select on table exchange.passage to motlan_app;

create schema federation;
grant usage on schema federation to motlan_app;

create table federation.certificate (
  thumbprint text not null,
  site text not null,
  use text not null,
  certificate bytea not null,
  chain bytea[] not null,
  valid_from_at timestamp with time zone not null,
  valid_until_at timestamp with time zone not null,
  issued_at timestamp with time zone not null,
  constraint certificate_pkey PRIMARY KEY (thumbprint),
  constraint certificate_thumbprint_check CHECK ((thumbprint ~ '^[A-Za-z0-9_-]{43}$'::text)),
  constraint certificate_use_check CHECK ((use = ANY (ARRAY['auth'::text, 'sealing'::text])))
);
comment on table federation.certificate is
  'At the hub: every certificate issued to a site or brought by one. Append-only.';
CREATE INDEX certificate_by_site ON federation.certificate USING btree (site, valid_until_at);
grant insert, select on table federation.certificate to motlan_app;

create table federation.contract (
  hash text not null,
  id uuid not null,
  content text not null,
  taken_at timestamp with time zone not null,
  constraint contract_pkey PRIMARY KEY (hash),
  constraint contract_id_key UNIQUE (id),
  constraint contract_check CHECK ((hash = translate(encode(sha256(convert_to(content, 'UTF8'::name)), 'base64'::text), '+/='::text, '-_'::text)))
);
comment on table federation.contract is
  'Contracts by the hash of their canonical text. Nothing of a contract ever changes. Append-only.';
grant insert, select on table federation.contract to motlan_app;

create table federation.contract_signature (
  hash text not null,
  site text not null,
  type text not null,
  parties text[] not null,
  jws text not null,
  certificate bytea not null,
  signed_at timestamp with time zone not null,
  taken_at timestamp with time zone not null,
  constraint contract_signature_pkey PRIMARY KEY (hash, site, type),
  constraint contract_signature_hash_fkey FOREIGN KEY (hash) REFERENCES federation.contract(hash),
  constraint contract_signature_parties_check CHECK ((cardinality(parties) > 0)),
  constraint contract_signature_type_check CHECK ((type = ANY (ARRAY['accept'::text, 'reject'::text, 'revoke'::text])))
);
comment on table federation.contract_signature is
  'What the parties signed under a contract, with the certificate that proves it. Accepted by all it is in force; one revocation ends it. Append-only.';
grant insert, select on table federation.contract_signature to motlan_app;

create table federation.directory (
  version bigint not null,
  jws text not null,
  content_hash text not null,
  issued_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  taken_at timestamp with time zone not null,
  constraint directory_pkey PRIMARY KEY (version),
  constraint directory_version_check CHECK ((version > 0))
);
comment on table federation.directory is
  'The signed directory: at the hub as published, elsewhere as taken from it. The newest holds until it expires; a few older ones are kept.';
grant delete, insert, select on table federation.directory to motlan_app;

create table federation.errand (
  site text not null,
  hash text not null,
  changed_at timestamp with time zone not null,
  tries integer default 0 not null,
  next_at timestamp with time zone not null,
  constraint errand_pkey PRIMARY KEY (site, hash),
  constraint errand_hash_fkey FOREIGN KEY (hash) REFERENCES federation.contract(hash)
);
comment on table federation.errand is
  'Contracts whose news another site has not yet taken; gone when it has.';
CREATE INDEX errand_by_next ON federation.errand USING btree (next_at);
grant delete, insert, select, update on table federation.errand to motlan_app;

create table federation.invitation (
  id uuid not null,
  members jsonb not null,
  made_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  used_by jsonb,
  constraint invitation_pkey PRIMARY KEY (id),
  constraint invitation_check CHECK (((used_at IS NULL) = (used_by IS NULL)))
);
comment on table federation.invitation is
  'At the hub: who is invited. The secret of the code is not here: it is made again from a key of the site. Used once, by one pair of keys.';
grant insert, select on table federation.invitation to motlan_app;
grant update (used_at, used_by) on table federation.invitation to motlan_app;

create table federation.member (
  class text not null,
  code text not null,
  name text not null,
  site text not null,
  subsystems text[],
  joined_at timestamp with time zone not null,
  constraint member_pkey PRIMARY KEY (class, code),
  constraint member_site_fkey FOREIGN KEY (site) REFERENCES federation.site(id)
);
comment on table federation.member is
  'At the hub: which site hosts a member, and which subsystems it may name; null for any. Append-only.';
CREATE INDEX member_by_site ON federation.member USING btree (site);
grant insert, select on table federation.member to motlan_app;

create table federation.own_certificate (
  thumbprint text not null,
  use text not null,
  key_name text not null,
  certificate bytea not null,
  chain bytea[] not null,
  valid_from_at timestamp with time zone not null,
  valid_until_at timestamp with time zone not null,
  taken_at timestamp with time zone not null,
  constraint own_certificate_pkey PRIMARY KEY (thumbprint),
  constraint own_certificate_thumbprint_check CHECK ((thumbprint ~ '^[A-Za-z0-9_-]{43}$'::text)),
  constraint own_certificate_use_check CHECK ((use = ANY (ARRAY['auth'::text, 'sealing'::text])))
);
comment on table federation.own_certificate is
  'The certificates of this site, each with the name of its key in the folder of keys. Append-only.';
grant insert, select on table federation.own_certificate to motlan_app;

create table federation.site (
  id text not null,
  facts jsonb not null,
  joined_at timestamp with time zone not null,
  told_at timestamp with time zone not null,
  constraint site_pkey PRIMARY KEY (id),
  constraint site_id_check CHECK ((id ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
);
comment on table federation.site is
  'At the hub: each site with what it last said of itself: addresses, subsystems, services, checkpoint key, witnesses.';
grant insert, select on table federation.site to motlan_app;
grant update (facts, told_at) on table federation.site to motlan_app;

create schema identity;
grant usage on schema identity to motlan_app;

create table identity."position" (
  agency text not null,
  id text not null,
  unit text not null,
  name jsonb not null,
  roles text[] not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone,
  constraint position_pkey PRIMARY KEY (agency, id),
  constraint position_agency_fkey FOREIGN KEY (agency) REFERENCES identity.agency(id)
);
comment on table identity."position" is
  'Posts in units; roles come from them. Dated; no personal data.';
grant insert, select, update on table identity."position" to motlan_app;

create table identity.account (
  subject uuid not null,
  id uuid not null,
  login uuid not null,
  name text not null,
  person_number bytea not null,
  created_at timestamp with time zone not null,
  signed_in_at timestamp with time zone not null,
  constraint account_pkey PRIMARY KEY (subject, id),
  constraint account_subject_login_key UNIQUE (subject, login)
);
comment on table identity.account is
  'A person as one identity provider knows them. login: keyed hash of issuer and sub; person_number: AES-256-GCM.';
CREATE INDEX account_by_id ON identity.account USING btree (id);
CREATE INDEX account_by_login ON identity.account USING btree (login);
alter table identity.account enable row level security;
alter table identity.account force row level security;
create policy adds on identity.account for insert
  with check ((current_setting('motlan.kind'::text, true) = 'system'::text));
create policy changes on identity.account for update
  using ((current_setting('motlan.kind'::text, true) = 'system'::text));
create policy reads on identity.account for select
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((subject)::text = current_setting('motlan.subject'::text, true))));
grant insert, select on table identity.account to motlan_app;
grant update (name, signed_in_at) on table identity.account to motlan_app;

create table identity.agency (
  id text not null,
  code text not null,
  name jsonb not null,
  tier text not null,
  division text,
  kind text not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone,
  constraint agency_pkey PRIMARY KEY (id),
  constraint agency_check CHECK (((until_at IS NULL) OR (until_at >= from_at)))
);
comment on table identity.agency is
  'Agencies of the country pack, dated; no personal data.';
CREATE INDEX agency_by_division ON identity.agency USING btree (division, tier);
grant insert, select, update on table identity.agency to motlan_app;

create table identity.delegation (
  agency text not null,
  id uuid not null,
  "position" text not null,
  from_subject uuid not null,
  from_name text not null,
  to_subject uuid not null,
  to_name text not null,
  reason text not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone not null,
  granted_at timestamp with time zone not null,
  granted_by uuid not null,
  ended_at timestamp with time zone,
  ended_by uuid,
  constraint delegation_pkey PRIMARY KEY (agency, id),
  constraint delegation_agency_position_fkey FOREIGN KEY (agency, "position") REFERENCES identity."position"(agency, id),
  constraint delegation_check CHECK ((until_at > from_at)),
  constraint delegation_reason_check CHECK (((length(reason) >= 1) AND (length(reason) <= 500)))
);
comment on table identity.delegation is
  'A position held for somebody else between two times; ending one is at once.';
CREATE INDEX delegation_by_receiver ON identity.delegation USING btree (to_subject, until_at);
alter table identity.delegation enable row level security;
alter table identity.delegation force row level security;
create policy adds on identity.delegation for insert
  with check ((agency = current_setting('motlan.agency'::text, true)));
create policy ends on identity.delegation for update
  using ((agency = current_setting('motlan.agency'::text, true)));
create policy reads on identity.delegation for select
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((to_subject)::text = current_setting('motlan.subject'::text, true)) OR (agency = current_setting('motlan.agency'::text, true))));
grant insert, select on table identity.delegation to motlan_app;
grant update (ended_at, ended_by) on table identity.delegation to motlan_app;

create table identity.holding (
  agency text not null,
  id uuid not null,
  "position" text not null,
  subject uuid not null,
  name text not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone,
  declared boolean default false not null,
  constraint holding_pkey PRIMARY KEY (agency, id),
  constraint holding_agency_position_fkey FOREIGN KEY (agency, "position") REFERENCES identity."position"(agency, id),
  constraint holding_check CHECK (((until_at IS NULL) OR (until_at >= from_at)))
);
comment on table identity.holding is
  'Which person holds which position, from when until when; declared: by the country pack.';
CREATE INDEX holding_by_subject ON identity.holding USING btree (subject);
CREATE UNIQUE INDEX holding_once ON identity.holding USING btree (agency, "position", subject, from_at);
alter table identity.holding enable row level security;
alter table identity.holding force row level security;
create policy adds on identity.holding for insert
  with check ((current_setting('motlan.kind'::text, true) = 'system'::text));
create policy changes on identity.holding for update
  using ((current_setting('motlan.kind'::text, true) = 'system'::text));
create policy reads on identity.holding for select
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((subject)::text = current_setting('motlan.subject'::text, true)) OR (agency = current_setting('motlan.agency'::text, true))));
grant insert, select, update on table identity.holding to motlan_app;

create table identity.session (
  subject uuid not null,
  id uuid not null,
  account uuid not null,
  token_hash bytea not null,
  csrf_secret bytea not null,
  acting_agency text,
  acting_position text,
  auth_at timestamp with time zone not null,
  acr text not null,
  id_token bytea,
  created_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  constraint session_pkey PRIMARY KEY (subject, id),
  constraint session_subject_account_fkey FOREIGN KEY (subject, account) REFERENCES identity.account(subject, id),
  constraint session_check CHECK (((acting_agency IS NULL) = (acting_position IS NULL)))
);
comment on table identity.session is
  'Living sessions; only the SHA-256 of a token is kept. Signing out deletes the row.';
CREATE INDEX session_by_seen ON identity.session USING btree (seen_at);
CREATE INDEX session_by_token ON identity.session USING btree (token_hash);
alter table identity.session enable row level security;
alter table identity.session force row level security;
create policy all_by_system on identity.session
  using ((current_setting('motlan.kind'::text, true) = 'system'::text));
grant delete, insert, select, update on table identity.session to motlan_app;

create table identity.sign_in_attempt (
  cookie_hash bytea not null,
  return_to text not null,
  fresh boolean not null,
  started_at timestamp with time zone not null,
  constraint sign_in_attempt_pkey PRIMARY KEY (cookie_hash)
);
comment on table identity.sign_in_attempt is
  'Sign-ins under way at the identity provider; each is taken once, within minutes. No personal data.';
CREATE INDEX sign_in_attempt_by_start ON identity.sign_in_attempt USING btree (started_at);
grant delete, insert, select on table identity.sign_in_attempt to motlan_app;
grant update (started_at) on table identity.sign_in_attempt to motlan_app;

create table identity.unit (
  agency text not null,
  id text not null,
  name jsonb not null,
  from_at timestamp with time zone not null,
  until_at timestamp with time zone,
  constraint unit_pkey PRIMARY KEY (agency, id),
  constraint unit_agency_fkey FOREIGN KEY (agency) REFERENCES identity.agency(id)
);
comment on table identity.unit is
  'Units inside agencies, dated; no personal data.';
grant insert, select, update on table identity.unit to motlan_app;

create schema notices;
grant usage on schema notices to motlan_app;

create table notices.message (
  subject uuid not null,
  id uuid not null,
  case_id uuid,
  code text not null,
  params jsonb not null,
  link text,
  sent_at timestamp with time zone not null,
  read_at timestamp with time zone,
  constraint message_pkey PRIMARY KEY (subject, id),
  constraint message_code_check CHECK ((code ~ '^[a-z0-9-]{1,60}$'::text)),
  constraint message_link_check CHECK (((link IS NULL) OR (link ~ '^/([^/\\]|$)'::text)))
);
comment on table notices.message is
  'The inbox: words are a code with its values; the sentence is made in the reader''s language.';
CREATE INDEX message_unread ON notices.message USING btree (subject) WHERE (read_at IS NULL);
alter table notices.message enable row level security;
alter table notices.message force row level security;
create policy marks on notices.message for update
  using (((subject)::text = current_setting('motlan.subject'::text, true)));
create policy reads on notices.message for select
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR ((subject)::text = current_setting('motlan.subject'::text, true))));
create policy sends on notices.message for insert
  with check (((current_setting('motlan.kind'::text, true) = ANY (ARRAY['system'::text, 'official'::text])) OR ((subject)::text = current_setting('motlan.subject'::text, true))));
grant insert, select on table notices.message to motlan_app;
grant update (read_at) on table notices.message to motlan_app;

create schema oversight;
grant usage on schema oversight to motlan_app;

create table oversight.figure (
  consumer text not null,
  service text not null,
  side text not null,
  from_at timestamp with time zone not null,
  minutes integer not null,
  part uuid not null,
  count bigint not null,
  failed bigint not null,
  codes jsonb not null,
  request_bytes bigint not null,
  response_bytes bigint not null,
  latency bigint[] not null,
  total_ms bigint not null,
  constraint figure_pkey PRIMARY KEY (consumer, from_at, part),
  constraint figure_check CHECK (((failed >= 0) AND (failed <= count))),
  constraint figure_count_check CHECK ((count > 0)),
  constraint figure_minutes_check CHECK ((minutes = ANY (ARRAY[1, 60]))),
  constraint figure_side_check CHECK ((side = ANY (ARRAY['consumer'::text, 'provider'::text])))
);
comment on table oversight.figure is
  'How much passed of one service between two parties in a minute, later in an hour: counts, failures by code, bytes, latency by classes. No paths, no persons.';
CREATE INDEX figure_by_time ON oversight.figure USING btree (from_at);
alter table oversight.figure enable row level security;
alter table oversight.figure force row level security;
create policy kept on oversight.figure
  using ((current_setting('motlan.kind'::text, true) = 'system'::text));
create policy seen on oversight.figure for select
  using (((current_setting('motlan.kind'::text, true) = 'official'::text) AND (string_to_array(current_setting('motlan.roles'::text, true), ','::text) && ARRAY['tech-admin'::text, 'auditor'::text])));
grant delete, insert, select on table oversight.figure to motlan_app;

create schema platform;
grant usage on schema platform to motlan_app;

create table platform.job (
  id uuid not null,
  kind text not null,
  key text not null,
  payload jsonb not null,
  state text default 'waiting'::text not null,
  run_at timestamp with time zone not null,
  attempts integer default 0 not null,
  last_fault text,
  created_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint job_pkey PRIMARY KEY (id),
  constraint job_kind_key_key UNIQUE (kind, key),
  constraint job_check CHECK (((state = 'waiting'::text) = (ended_at IS NULL))),
  constraint job_key_check CHECK (((length(key) >= 1) AND (length(key) <= 200))),
  constraint job_kind_check CHECK ((kind ~ '^[a-z][a-z0-9.-]{0,99}$'::text)),
  constraint job_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'dead'::text])))
);
comment on table platform.job is
  'Work that follows a deed, left in the deed''s own transaction. A payload holds ids, never personal data. Dead jobs stay until an operator looks.';
CREATE INDEX job_dead ON platform.job USING btree (ended_at) WHERE (state = 'dead'::text);
CREATE INDEX job_due ON platform.job USING btree (run_at) WHERE (state = 'waiting'::text);
CREATE INDEX job_ended ON platform.job USING btree (ended_at) WHERE (state = 'done'::text);
alter table platform.job enable row level security;
alter table platform.job force row level security;
create policy anyone_leaves on platform.job for insert
  with check ((state = 'waiting'::text));
create policy worker_changes on platform.job for update
  using ((current_setting('motlan.kind'::text, true) = 'system'::text));
create policy worker_clears on platform.job for delete
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) AND (state = 'done'::text)));
create policy worker_reads on platform.job for select
  using ((current_setting('motlan.kind'::text, true) = 'system'::text));
grant delete, insert, select, update on table platform.job to motlan_app;

create table platform.migration (
  number text not null,
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null,
  constraint migration_pkey PRIMARY KEY (number),
  constraint migration_number_check CHECK ((number ~ '^[0-9]{4}$'::text))
);
comment on table platform.migration is
  'Applied migrations with the hash of their text; a changed file is refused.';
grant select on table platform.migration to motlan_app;

create table platform.site_fact (
  name text not null,
  value jsonb not null,
  noted_at timestamp with time zone not null,
  constraint site_fact_pkey PRIMARY KEY (name)
);
comment on table platform.site_fact is
  'What is decided once for this database, such as whether it is a demo.';
grant insert, select on table platform.site_fact to motlan_app;

create schema registers;
grant usage on schema registers to motlan_app;

create table registers.event (
  subject uuid not null,
  id uuid not null,
  register text not null,
  record uuid not null,
  version integer not null,
  type text not null,
  occurred_at timestamp with time zone not null,
  constraint event_pkey PRIMARY KEY (subject, id)
);
comment on table registers.event is
  'Outbox: one event for each recorded version, written in the same transaction. Append-only.';
CREATE INDEX event_in_order ON registers.event USING btree (occurred_at, id);
alter table registers.event enable row level security;
alter table registers.event force row level security;
create policy granted on registers.event
  using (((current_setting('motlan.kind'::text, true) = 'system'::text) OR (((register || '/'::text) || (subject)::text) = current_setting('motlan.grant'::text, true))))
  with check ((((register || '/'::text) || (subject)::text) = current_setting('motlan.grant'::text, true)));
grant insert, select on table registers.event to motlan_app;

create table registers.likeness (
  fingerprint text not null,
  subject uuid not null,
  register text not null,
  record uuid not null,
  version integer not null,
  recorded_at timestamp with time zone not null,
  constraint likeness_pkey PRIMARY KEY (fingerprint, subject, record, version)
);
comment on table registers.likeness is
  'By which fingerprints a record is found as a likely duplicate; keyed digests of the site, no personal data. Append-only.';
alter table registers.likeness enable row level security;
alter table registers.likeness force row level security;
create policy compares on registers.likeness for select
  using ((fingerprint = ANY (string_to_array(current_setting('motlan.grant'::text, true), ' '::text))));
create policy writes on registers.likeness for insert
  with check ((((register || '/'::text) || (subject)::text) = current_setting('motlan.grant'::text, true)));
grant insert, select on table registers.likeness to motlan_app;

create table registers.record (
  subject uuid not null,
  register text not null,
  record uuid not null,
  version integer not null,
  owner text not null,
  data jsonb not null,
  valid_from date not null,
  ended boolean default false not null,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  message uuid not null,
  case_id uuid,
  constraint record_pkey PRIMARY KEY (subject, register, record, version),
  constraint record_version_check CHECK ((version >= 1))
);
comment on table registers.record is
  'One row per subject and version of a record: what is valid from when, when it was recorded, by whom, through which message and case. Append-only.';
alter table registers.record enable row level security;
alter table registers.record force row level security;
create policy granted on registers.record
  using ((((register || '/'::text) || (subject)::text) = current_setting('motlan.grant'::text, true)));
grant insert, select on table registers.record to motlan_app;
