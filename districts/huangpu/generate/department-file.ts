/** What a department's file is to the generator. */
import type { Roles } from './dirt.ts';
import type { Random } from './random.ts';
import type { Row, RowWriter } from './writers.ts';

/** One file of one department. `row` gives undefined for subjects that the department does not know, several where it keeps several lines. */
export interface DepartmentFile<Subject> {
  dataset: string;
  unit: string;
  file: string;
  roles: Roles;
  open(directory: string): RowWriter;
  row(subject: Subject, context: { random: Random; asOf: string }): Row | Row[] | undefined;
}
