-- What belongs to a dossier is seen with it. The question whose the dossier is stands in a function of its own: only an applicant's
-- statement asks it, and those of officials don't prepare its plan each time.
create function cases.is_mine(of_agency text, of_case uuid) returns boolean stable language sql as
  $$ select exists (select 1 from cases.dossier where agency = of_agency and id = of_case
                    and subject::text = current_setting('motlan.subject', true)) $$;
comment on function cases.is_mine(text, uuid) is 'Is the dossier that of the person who acts?';

drop policy with_dossier on cases.task;
create policy with_dossier on cases.task using (
  current_setting('motlan.kind', true) = 'system'
  or agency = current_setting('motlan.agency', true)
  or cases.is_mine(agency, case_id));
drop policy with_dossier on cases.supplement;
create policy with_dossier on cases.supplement using (
  current_setting('motlan.kind', true) = 'system'
  or agency = current_setting('motlan.agency', true)
  or cases.is_mine(agency, case_id));
drop policy with_dossier on cases.event;
create policy with_dossier on cases.event using (
  current_setting('motlan.kind', true) = 'system'
  or agency = current_setting('motlan.agency', true)
  or cases.is_mine(agency, case_id));
