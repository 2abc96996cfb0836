import type pg from 'pg';

const COMMITTEES = 170;

/** Code of the n-th committee of the bench: ten streets with seventeen committees each. */
export function committee(n: number): string {
  const street = 15 + (n % 10);
  return `310101${String(street).padStart(3, '0')}${String(Math.floor((n % COMMITTEES) / 10) + 1).padStart(3, '0')}`;
}

/** Fills the bench's register with persons `p1 … pN`, spread evenly over the committees. */
export async function fillPersons(admin: pg.Client, count: number): Promise<void> {
  const codes = Array.from({ length: COMMITTEES }, (_, n) => committee(n));
  await admin.query(
    `insert into bench_register.person (pid, name, phone, committee, recorded_at)
     select 'p' || n, '样例' || n, '139' || lpad(n::text, 8, '0'), ($2::text[])[1 + (n * 7919::bigint) % ${COMMITTEES}],
       now() - make_interval(secs => (n * 104729::bigint) % 50000000)
     from generate_series(1, $1::int) n`,
    [count, codes],
  );
  await admin.query('vacuum analyze bench_register.person');
}
