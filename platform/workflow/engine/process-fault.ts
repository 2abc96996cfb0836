import type { Text } from '#platform/kernel/text.ts';

/**
 * An instance cannot go on as the definition stands: no condition holds, a value is missing or not allowed. Nothing has changed:
 * whoever asked is told, and an instance that a timer or a job moves shows an incident.
 */
export class ProcessFault extends Error {
  readonly node: string | null;
  readonly rule: string;
  readonly text: Text;

  constructor(node: string | null, rule: string, text: Text) {
    super(`${node ?? 'process'}: ${text.en}`);
    this.node = node;
    this.rule = rule;
    this.text = text;
  }
}

/** The token or the wait that an event is for is not there any more: somebody was faster. */
export class StaleEvent extends Error {
  constructor(id: string) {
    super(`${id} is not there any more`);
  }
}
