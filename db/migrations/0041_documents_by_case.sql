-- Papers of a case are listed at the desk and for its holder.
create index document_by_case on documents.document (case_id, issued_at);
