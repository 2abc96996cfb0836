/** What is used of bpmnlint 11, whose package names no types. */
declare module 'bpmnlint' {
  export class Linter {
    constructor(options: {
      config: { rules: Record<string, string> };
      resolver: { resolveRule(pkg: string, rule: string): unknown };
    });
    lint(root: unknown): Promise<Record<string, { id?: string; message: string; category: string }[]>>;
  }
}
