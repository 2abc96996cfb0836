/** The part of autocannon that the benches use; the package has no types. */
declare module 'autocannon' {
  export type Load = {
    url: string;
    connections: number;
    /** Seconds. */
    duration: number;
    headers?: Record<string, string>;
    requests?: { method: 'GET' | 'POST'; path: string; headers?: Record<string, string>; body?: string }[];
  };
  /** Counts of one run; `duration` in seconds. */
  export type LoadResult = { duration: number; errors: number; non2xx: number; '2xx': number };
  export default function autocannon(load: Load): Promise<LoadResult>;
}
