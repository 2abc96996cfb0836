/** A binary heap of nodes by cost; equal costs come out by number of node, so that a search always goes the same way. */
export class Heap {
  readonly #nodes: number[] = [];
  readonly #costs: number[] = [];

  get size(): number {
    return this.#nodes.length;
  }

  push(node: number, cost: number): void {
    let at = this.#nodes.length;
    this.#nodes.push(node);
    this.#costs.push(cost);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(at, parent)) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  /** Takes the cheapest; only called while `size` > 0. */
  pop(): { node: number; cost: number } {
    const top = { node: this.#nodes[0] as number, cost: this.#costs[0] as number };
    const [node, cost] = [this.#nodes.pop() as number, this.#costs.pop() as number];
    if (this.#nodes.length > 0) {
      this.#nodes[0] = node;
      this.#costs[0] = cost;
      this.#sink();
    }
    return top;
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      let least = at;
      if (left < this.#nodes.length && this.#before(left, least)) least = left;
      if (right < this.#nodes.length && this.#before(right, least)) least = right;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #before(a: number, b: number): boolean {
    const [ca, cb] = [this.#costs[a] as number, this.#costs[b] as number];
    return ca < cb || (ca === cb && (this.#nodes[a] as number) < (this.#nodes[b] as number));
  }

  #swap(a: number, b: number): void {
    for (const list of [this.#nodes, this.#costs]) [list[a], list[b]] = [list[b] as number, list[a] as number];
  }
}
