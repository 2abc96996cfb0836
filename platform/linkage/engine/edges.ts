/** Edges in columns. */
export type Edges = {
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  readonly weight: Float32Array;
  readonly count: number;
};

/** A list of edges that grows without an object an edge. */
export function edgeList(): { add(a: number, b: number, weight: number): void; done(): Edges } {
  let a = new Uint32Array(1024);
  let b = new Uint32Array(1024);
  let weight = new Float32Array(1024);
  let count = 0;
  const grow = (): void => {
    const [x, y, z] = [new Uint32Array(count * 2), new Uint32Array(count * 2), new Float32Array(count * 2)] as const;
    x.set(a);
    y.set(b);
    z.set(weight);
    [a, b, weight] = [x, y, z];
  };
  return {
    add(first, second, w) {
      if (count === a.length) grow();
      a[count] = first;
      b[count] = second;
      weight[count] = w;
      count += 1;
    },
    done: () => ({ a, b, weight, count }),
  };
}
