-- Customers who were erased, by the key that facts still name. step: what is being erased now (desk/privacy/erasure.cpp), after_id:
-- how far, by that table's key; finished_at: nothing of hers is left.
CREATE TABLE IF NOT EXISTS erasures (
  customer_id {int} PRIMARY KEY,
  asked_by {int},
  asked_at {us} NOT NULL,
  step {text 20} NOT NULL,
  after_id {int} NOT NULL DEFAULT 0,
  finished_at {us}
) {table};
CREATE INDEX IF NOT EXISTS erasures_finished ON erasures (finished_at, customer_id);

-- What an erasure still looks for elsewhere: her addresses, names and outside ids, drafts of questions, bytes. Gone with its end.
CREATE TABLE IF NOT EXISTS erasure_traces (
  customer_id {int} NOT NULL,
  kind {text 10} NOT NULL,
  value {text 300} NOT NULL,
  PRIMARY KEY (customer_id, kind, value)
) {table};
