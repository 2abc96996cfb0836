import { type Definition, isActivity } from '../definition.ts';
import type { Finding } from './finding.ts';

/** What an installation has that a process can call for, by name. */
export type Known = {
  handlers: ReadonlySet<string>;
  decisions: ReadonlySet<string>;
  processes: ReadonlySet<string>;
};

/** What the compiled graph says without being played: dead ends, choices without a way out, names of nothing. */
export function checkGraph(definition: Definition, known: Known): Finding[] {
  const findings: Finding[] = [];
  const add = (
    element: { id: string; name?: string },
    rule: string,
    severity: Finding['severity'],
    zh: string,
    en: string,
  ) => findings.push({ element: element.id, name: element.name ?? element.id, rule, severity, message: { zh, en } });
  for (const node of Object.values(definition.nodes)) {
    const undoes = isActivity(node) && node.compensates === true;
    const ends = node.type === 'end' || node.type === 'event-subprocess' || undoes;
    const jumps = node.type === 'throw' && node.trigger.kind === 'link';
    const undo = node.type === 'boundary' && node.trigger.kind === 'compensation';
    if (!ends && !jumps && !undo && node.outgoing.length === 0)
      add(
        node,
        'dead-end',
        'error',
        '死路：办完这一步没有去处，请连到下一步或结束事件',
        'a dead end: nothing follows it',
      );
    if (node.type === 'gateway' && node.gateway === 'exclusive' && node.outgoing.length > 1 && !node.default)
      add(
        node,
        'no-default',
        'warning',
        '没有默认分支：各分支条件都不成立时，流程会停在这里等人处理',
        'has no default way: where no condition holds the process stops here for somebody to look',
      );
    if (node.type === 'call' && !known.processes.has(node.process))
      add(
        node,
        'process-missing',
        'error',
        `引用的流程“${node.process}”没有发布过`,
        `calls the process “${node.process}”, which was never published`,
      );
    if (node.type !== 'task') continue;
    const { task } = node;
    if (task.kind === 'rule' && !known.decisions.has(task.decision))
      add(
        node,
        'decision-missing',
        'error',
        `规则库里没有决策“${task.decision}”`,
        `names the decision “${task.decision}”, which the rulebook does not have`,
      );
    if (task.kind === 'service' && !known.handlers.has(task.handler))
      add(
        node,
        'handler-missing',
        'error',
        `系统里没有服务“${task.handler}”`,
        `calls the service “${task.handler}”, which is not installed`,
      );
  }
  return findings;
}
