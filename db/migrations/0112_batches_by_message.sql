-- Batches say themselves which messages they may hold: one index entry a commit instead of one row and two index entries a record.
alter table evidence.batch add column tags bytea not null default ''::bytea;
comment on column evidence.batch.tags is
  'For each message that the records are about eight bytes: the last ones of its UUID, of other messages the first of its SHA-256. A batch that may hold a message is found by them and its time.';
create index batch_in_time on evidence.batch (book, made_at);
drop table evidence.entry;
