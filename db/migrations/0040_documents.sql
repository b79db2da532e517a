-- Documents: official papers as issued, those taken back, and the files that people send.
create schema documents;
grant usage on schema documents to motlan_app;

create table documents.document (
  agency      text        not null,
  id          uuid        not null,
  subject     uuid        not null,
  case_id     uuid        not null,
  kind        text        not null check (kind in ('result', 'receipt', 'supplement-request', 'refusal')),
  agency_name text        not null,
  title       text        not null,
  number      text        not null,
  holder      text        not null,
  dated       date        not null,
  lang        text        not null,
  verify_code text        not null check (length(verify_code) = 19),
  sha256      text        not null check (length(sha256) = 64),
  bytes       integer     not null check (bytes > 0),
  signed      boolean     not null,
  issued_at   timestamptz not null,
  primary key (agency, id),
  unique (agency, verify_code)
);
comment on table documents.document is 'Official papers as issued: what anyone may verify of them, and the hash under which their bytes are stored. Never changed.';
create index document_by_code on documents.document (verify_code);
create index document_by_hash on documents.document (sha256);
create index document_by_subject on documents.document (subject, issued_at desc);
create index document_by_id on documents.document (id);
alter table documents.document enable row level security;
alter table documents.document force row level security;
grant select, insert on documents.document to motlan_app;

-- Besides its holder and its agency, who can name the code or shows the very bytes sees the paper's entry (verification).
create policy reads on documents.document for select using (
  current_setting('motlan.kind', true) = 'system'
  or subject::text = current_setting('motlan.subject', true)
  or (agency = current_setting('motlan.agency', true)
      and not string_to_array(current_setting('motlan.roles', true), ',') <@ array['tech-admin', 'catalogue-admin'])
  or verify_code = current_setting('motlan.document_code', true)
  or sha256 = current_setting('motlan.document_sha256', true)
);
create policy issues on documents.document for insert with check (
  current_setting('motlan.kind', true) = 'system'
  or (current_setting('motlan.kind', true) = 'official' and agency = current_setting('motlan.agency', true))
  or (kind = 'receipt' and subject::text = current_setting('motlan.subject', true))
);

create table documents.revocation (
  agency      text        not null,
  document_id uuid        not null,
  reason      text        not null,
  revoked_by  text        not null,
  revoked_at  timestamptz not null,
  primary key (agency, document_id)
);
comment on table documents.revocation is 'Papers taken back: when, by whom, why. Never changed.';
alter table documents.revocation enable row level security;
alter table documents.revocation force row level security;
grant select, insert on documents.revocation to motlan_app;
create policy reads on documents.revocation for select using (
  exists (select 1 from documents.document d where d.agency = revocation.agency and d.id = revocation.document_id)
);
create policy revokes on documents.revocation for insert with check (
  current_setting('motlan.kind', true) = 'system'
  or (current_setting('motlan.kind', true) = 'official' and agency = current_setting('motlan.agency', true))
);

create table documents.upload (
  subject     uuid        not null,
  id          uuid        not null,
  draft_id    uuid        not null,
  field       text        not null,
  case_id     uuid,
  agency      text,
  name        text        not null,
  type        text        not null check (type in ('application/pdf', 'image/jpeg', 'image/png')),
  bytes       integer     not null check (bytes > 0),
  sha256      text        not null check (length(sha256) = 64),
  sent_sha256 text        not null check (length(sent_sha256) = 64),
  received_at timestamptz not null,
  primary key (subject, id)
);
comment on table documents.upload is 'Files that people sent for a draft; with submission they belong to the case and its agency. The bytes are in the file store under sha256.';
create index upload_by_draft on documents.upload (draft_id, received_at);
create index upload_by_case on documents.upload (case_id) where case_id is not null;
create index upload_by_id on documents.upload (id);
alter table documents.upload enable row level security;
alter table documents.upload force row level security;
grant select, insert, delete on documents.upload to motlan_app;
grant update (case_id, agency) on documents.upload to motlan_app;
create policy reads on documents.upload for select using (
  current_setting('motlan.kind', true) = 'system'
  or subject::text = current_setting('motlan.subject', true)
  or (agency = current_setting('motlan.agency', true)
      and not string_to_array(current_setting('motlan.roles', true), ',') <@ array['tech-admin', 'catalogue-admin'])
);
create policy receives on documents.upload for insert with check (
  case_id is null and agency is null
  and (current_setting('motlan.kind', true) = 'system' or subject::text = current_setting('motlan.subject', true))
);
create policy hands_over on documents.upload for update using (
  case_id is null
  and (current_setting('motlan.kind', true) = 'system' or subject::text = current_setting('motlan.subject', true))
) with check (case_id is not null and agency is not null);
create policy removes on documents.upload for delete using (
  case_id is null
  and (current_setting('motlan.kind', true) = 'system' or subject::text = current_setting('motlan.subject', true))
);
