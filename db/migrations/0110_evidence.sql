-- Evidence of the line between sites: sealed records in batches, one row for each commit; where each stands; checkpoints of the log.
create schema evidence;
grant usage on schema evidence to motlan_app;

create table evidence.batch (
  book      text        not null,
  seq       bigint      not null check (seq >= 0),
  made_at   timestamptz not null,
  key_id    text        not null,
  size      integer     not null check (size > 0),
  root      bytea       not null check (octet_length(root) = 32),
  signature bytea       not null,
  sealed    text        not null,
  records   bytea,
  primary key (book, seq)
);
comment on table evidence.batch is
  'Records that one signature covers: the root of their Merkle tree, signed, and the records themselves, encrypted under the secret that "sealed" names. Append-only; a batch is leaf "seq" of the log.';
-- They are encrypted: to compress them again would cost time and save nothing.
alter table evidence.batch alter column records set storage external;

create table evidence.entry (
  book    text        not null,
  batch   bigint      not null,
  place   integer     not null,
  message text        not null,
  kind    text        not null,
  noted_at timestamptz not null,
  primary key (book, batch, place)
);
comment on table evidence.entry is 'Where the records of an exchange stand, by its message; made from the batches, behind them by a moment. Append-only.';
create index entry_of_message on evidence.entry (book, message);

create table evidence.checkpoint (
  book    text        not null,
  size    bigint      not null check (size > 0),
  root    bytea       not null check (octet_length(root) = 32),
  edge    bytea       not null,
  note    text        not null,
  made_at timestamptz not null,
  primary key (book, size)
);
comment on table evidence.checkpoint is
  'A signed note of the size and root of the log of batches (C2SP tlog-checkpoint), and the right edge of the tree from which it grows. Append-only.';

alter table evidence.batch enable row level security;
alter table evidence.batch force row level security;
alter table evidence.entry enable row level security;
alter table evidence.entry force row level security;
alter table evidence.checkpoint enable row level security;
alter table evidence.checkpoint force row level security;
create policy line on evidence.batch using (current_setting('motlan.kind', true) = 'system');
create policy line on evidence.entry using (current_setting('motlan.kind', true) = 'system');
create policy line on evidence.checkpoint using (current_setting('motlan.kind', true) = 'system');
grant select, insert on evidence.batch, evidence.entry, evidence.checkpoint to motlan_app;
