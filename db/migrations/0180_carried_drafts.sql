-- A draft whose version may be filed no more goes on under another one, and its owner is told what is different.
alter table cases.draft add column carried_from text;
comment on column cases.draft.carried_from is 'Hash of the version on which it was begun, where it goes on under another; null otherwise.';

-- Where a plan has led the cases of a version: a hash alone, for those who may not read plans.
create function cases.moved_to(of_service text, of_definition text) returns text language plpgsql as $$
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
end $$;
comment on function cases.moved_to(text, text) is 'The version to which the newest decided plan moves the cases of a version; null without one.';
