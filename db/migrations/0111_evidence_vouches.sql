-- Who else vouches for the log of this site, what this site has vouched for, and the certificates that what is kept was sealed with.
create table evidence.cosignature (
  book     text        not null,
  size     bigint      not null check (size > 0),
  witness  text        not null,
  line     text        not null,
  seen_at  timestamptz not null,
  taken_at timestamptz not null,
  primary key (book, size, witness),
  foreign key (book, size) references evidence.checkpoint (book, size)
);
comment on table evidence.cosignature is
  'Signatures of witness sites on checkpoints of this one (C2SP tlog-cosignature), as lines to be added to the note. Append-only.';

create table evidence.timestamp (
  book       text        not null,
  size       bigint      not null check (size > 0),
  authority  text        not null,
  token      bytea       not null,
  stamped_at timestamptz not null,
  taken_at   timestamptz not null,
  primary key (book, size, authority),
  foreign key (book, size) references evidence.checkpoint (book, size)
);
comment on table evidence.timestamp is
  'Timestamp tokens (RFC 3161) over the text of checkpoints: SHA-256 of the note without its signatures. Append-only.';

create table evidence.witnessed (
  book    text        not null,
  log     text        not null,
  size    bigint      not null check (size > 0),
  root    bytea       not null check (octet_length(root) = 32),
  follows bigint      not null check (follows >= 0),
  verdict text        not null check (verdict in ('cosigned', 'rollback', 'fork', 'unproven')),
  note    text        not null,
  seen_at timestamptz not null,
  primary key (book, log, size, root, verdict)
);
comment on table evidence.witnessed is
  'Checkpoints of other sites'' logs that this site was shown: those that it cosigned, each behind the one before, and those that it refused, which convict the log. Append-only.';
-- Of two deeds at once only one follows the last checkpoint.
create unique index witnessed_follows on evidence.witnessed (book, log, follows) where verdict = 'cosigned';

create table evidence.certificate (
  book    text        not null,
  key_id  text        not null,
  pem     text        not null,
  kept_at timestamptz not null,
  primary key (book, key_id)
);
comment on table evidence.certificate is
  'Certificates of keys that sealed what is kept, and those between them and a trust anchor, by SHA-256: directories forget them, evidence does not. Append-only.';

alter table evidence.cosignature enable row level security;
alter table evidence.cosignature force row level security;
alter table evidence.timestamp enable row level security;
alter table evidence.timestamp force row level security;
alter table evidence.witnessed enable row level security;
alter table evidence.witnessed force row level security;
alter table evidence.certificate enable row level security;
alter table evidence.certificate force row level security;
create policy line on evidence.cosignature using (current_setting('motlan.kind', true) = 'system');
create policy line on evidence.timestamp using (current_setting('motlan.kind', true) = 'system');
create policy line on evidence.witnessed using (current_setting('motlan.kind', true) in ('system', 'public'));
create policy line on evidence.certificate using (current_setting('motlan.kind', true) = 'system');
grant select, insert on evidence.cosignature, evidence.timestamp, evidence.witnessed, evidence.certificate to motlan_app;
