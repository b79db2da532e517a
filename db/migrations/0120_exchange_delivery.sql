-- Writes that other sites have asked for: the same key is written once, and answered as the first time.
create table exchange.delivery (
  requester    text        not null,
  key          text        not null check (length(key) between 1 and 200),
  digest       text        not null,
  answer       jsonb       not null,
  delivered_at timestamptz not null,
  primary key (requester, key)
);
comment on table exchange.delivery is
  'One row for each write that an agency of another site has asked for, with the answer that it was given; kept in the transaction of the write. Append-only.';

alter table exchange.delivery enable row level security;
alter table exchange.delivery force row level security;
-- Opened one key at a time, as the registers are: nobody reads what others have had written.
create policy opened on exchange.delivery using (requester || '/' || key = current_setting('motlan.delivery', true));

grant select, insert on exchange.delivery to motlan_app;
