-- A time may be lengthened once (延长期限): by how much, on which rule and which document. `amount` holds the sum.
alter table calendar.clock
  add column extension int check (extension > 0),
  add column extension_basis text,
  add column extension_document text check (length(extension_document) >= 2),
  add check (num_nulls(extension, extension_basis, extension_document) in (0, 3));
