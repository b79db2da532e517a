-- Which registers did not answer when a draft asked them last: they are asked again, and the applicant is told.
alter table cases.draft add column silent text[] not null default '{}';
