/** Department files that are being written, and what was planted in them. */
import type { DepartmentFile } from './department-file.ts';
import { createDirt } from './dirt.ts';
import type { Random } from './random.ts';
import type { Row } from './writers.ts';

/** A file that was written, with its rows. */
export type Written = { dataset: string; unit: string; file: string; rows: number };

/** Opens every file of a kind and feeds it subjects with dirt; the planted faults go to the claims of the truth. */
export function openFiles<Subject>(options: {
  files: DepartmentFile<Subject>[];
  out: string;
  random: Random;
  asOf: string;
  rates: Record<string, number>;
  claim: (row: Row) => void;
}) {
  const open = options.files.map((file) => {
    const random = options.random.fork(file.dataset);
    return {
      file,
      random,
      writer: file.open(options.out),
      dirt: createDirt({ random: random.fork('dirt'), rates: options.rates }),
      rows: 0,
    };
  });
  return {
    add(subject: Subject, { truthId, clean }: { truthId: string; clean: boolean }): void {
      for (const entry of open) {
        for (const row of [entry.file.row(subject, { random: entry.random, asOf: options.asOf }) ?? []].flat()) {
          const dirty = clean ? { row, faults: [], twice: false } : entry.dirt(row, entry.file.roles);
          for (let copy = 0; copy < (dirty.twice ? 2 : 1); copy++) {
            entry.writer.write(dirty.row);
            entry.rows += 1;
            options.claim({
              dataset: entry.file.dataset,
              row: entry.rows,
              subject: truthId,
              faults: copy === 1 ? [...dirty.faults, 'duplicate-row'] : dirty.faults,
            });
          }
        }
      }
    },
    close(): Written[] {
      for (const entry of open) entry.writer.close();
      return open.map(({ file, rows }) => ({ dataset: file.dataset, unit: file.unit, file: file.file, rows }));
    },
  };
}
