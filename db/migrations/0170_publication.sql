-- Publication by people: drafts, their saves, proposals for a second person; the versions of the working calendar; cases that move to
-- another version by a plan.

-- Who brought a publication about and by which text; a retirement may name the service that takes its place.
alter table catalogue.publication
  add column origin       text not null default 'pack' check (origin in ('pack', 'desk')),
  add column legal_basis  text,
  add column author_name  text,
  add column publisher_name text,
  add column replaced_by  text;
comment on column catalogue.publication.origin is 'pack: laid in by the country pack; desk: written and published by two officials.';

create table catalogue.draft (
  code          text        not null,
  id            uuid        not null,
  kind          text        not null check (kind in ('version', 'retirement')),
  state         text        not null check (state in ('open', 'proposed', 'published', 'dropped')),
  revision      integer     not null,
  canonical     text        not null,
  base          text,
  replaced_by   text,
  valid_from    date,
  valid_until   date,
  legal_basis   text,
  opened_at     timestamptz not null,
  saved_at      timestamptz not null,
  proposed_at   timestamptz,
  proposed_by   uuid,
  proposed_name text,
  decided_at    timestamptz,
  decided_name  text,
  remark        text,
  primary key (code, id),
  check (state <> 'proposed' or (valid_from is not null and legal_basis is not null and proposed_by is not null))
);
comment on table catalogue.draft is
  'A definition that is being written, or the retirement of one, until a second person publishes it; files as canonical JSON (RFC 8785).';
create index draft_open on catalogue.draft (saved_at desc) where state in ('open', 'proposed');

create table catalogue.draft_save (
  code        text        not null,
  draft       uuid        not null,
  revision    integer     not null,
  canonical   text        not null,
  why         text        not null,
  author      uuid        not null,
  author_name text        not null,
  saved_at    timestamptz not null,
  primary key (code, draft, revision)
);
comment on table catalogue.draft_save is 'Every save of a draft: who, when, why. Whoever saved may not publish. Append-only.';

create table catalogue.calendar (
  version      text        not null,
  hash         text        not null check (hash ~ '^[0-9a-f]{64}$'),
  canonical    text        not null,
  published_at timestamptz not null,
  primary key (version)
);
comment on table catalogue.calendar is
  'Every version of the working calendar that deadlines were computed under, as canonical JSON under its SHA-256. Append-only.';

alter table catalogue.draft enable row level security;
alter table catalogue.draft force row level security;
alter table catalogue.draft_save enable row level security;
alter table catalogue.draft_save force row level security;
alter table catalogue.calendar enable row level security;
alter table catalogue.calendar force row level security;
create policy writes on catalogue.draft using (
  current_setting('motlan.kind', true) = 'system'
  or 'catalogue-admin' = any (string_to_array(current_setting('motlan.roles', true), ',')));
create policy writes on catalogue.draft_save using (
  current_setting('motlan.kind', true) = 'system'
  or 'catalogue-admin' = any (string_to_array(current_setting('motlan.roles', true), ',')));
create policy reads on catalogue.calendar for select using (true);
create policy publishes on catalogue.calendar for insert with check (current_setting('motlan.kind', true) = 'system');
grant select, insert, update on catalogue.draft to motlan_app;
grant select, insert on catalogue.draft_save, catalogue.calendar to motlan_app;

-- The calendar under which a deadline was computed. Cases from before know it not: they are shown with the calendar in force.
alter table cases.dossier add column calendar text;
comment on column cases.dossier.calendar is 'Version of the working calendar under which due_at was computed; null for cases from before.';
create index dossier_running on cases.dossier (service, definition, id) where closed_at is null;

create table cases.migration (
  id            uuid        not null,
  service       text        not null,
  from_hash     text        not null,
  to_hash       text        not null,
  steps         jsonb       not null,
  recompute     boolean     not null,
  legal_basis   text        not null,
  reason        text        not null,
  state         text        not null check (state in ('proposed', 'running', 'done', 'dropped')),
  proposed_at   timestamptz not null,
  proposed_by   uuid        not null,
  proposed_name text        not null,
  decided_at    timestamptz,
  decided_name  text,
  batches       integer     not null default 0,
  reached       uuid,
  moved         integer     not null default 0,
  stayed        integer     not null default 0,
  ended_at      timestamptz,
  primary key (id)
);
comment on table cases.migration is
  'A plan by which running cases of a service go on under another version: map of steps, legal basis, four eyes, and how far it has come.';

create table cases.migration_stay (
  agency    text        not null,
  migration uuid        not null,
  case_id   uuid        not null,
  why       text        not null,
  noted_at  timestamptz not null,
  primary key (agency, migration, case_id)
);
comment on table cases.migration_stay is 'Cases that a plan left on their version, each with the reason. Append-only.';

alter table cases.migration enable row level security;
alter table cases.migration force row level security;
alter table cases.migration_stay enable row level security;
alter table cases.migration_stay force row level security;
create policy administers on cases.migration using (
  current_setting('motlan.kind', true) = 'system'
  or 'catalogue-admin' = any (string_to_array(current_setting('motlan.roles', true), ',')));
create policy reads on cases.migration_stay for select using (
  current_setting('motlan.kind', true) = 'system' or agency = current_setting('motlan.agency', true));
create policy writes on cases.migration_stay for insert with check (current_setting('motlan.kind', true) = 'system');
grant select, insert, update on cases.migration to motlan_app;
grant select, insert on cases.migration_stay to motlan_app;

-- How many running cases stand where, over all agencies: counts alone, for those who administer the catalogue and may see no case.
create function cases.running(of_service text, of_definition text)
returns table (at_step text, asker text, signed boolean, cases integer) language plpgsql as $$
declare kind text := current_setting('motlan.kind', true);
begin
  if kind <> 'system' and not 'catalogue-admin' = any (string_to_array(current_setting('motlan.roles', true), ',')) then return; end if;
  perform set_config('motlan.kind', 'system', true);
  return query
    select d.process ->> 'at', d.process ->> 'asker', d.process ? 'signed', count(*)::integer
    from cases.dossier d where d.service = of_service and d.definition = of_definition and d.closed_at is null
    group by 1, 2, 3 order by 1, 2, 3;
  perform set_config('motlan.kind', kind, true);
end $$;
comment on function cases.running(text, text) is 'Counts of the running cases of a version by open step; nothing of any case.';
