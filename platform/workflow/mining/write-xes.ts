import type { Definition } from '../definition.ts';
import { byCase, type LoggedStep } from './read-log.ts';

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const string = (key: string, value: string | null): string =>
  value === null ? '' : `<string key="${key}" value="${escaped(value)}"/>`;

const EXTENSIONS = [
  ['Concept', 'concept'],
  ['Lifecycle', 'lifecycle'],
  ['Time', 'time'],
  ['Organizational', 'org'],
] as const;

/** Transitions of the standard's lifecycle (IEEE 1849 annex); acts of ours that it has no word for are `unknown`, and told apart by `act`. */
const STANDARD = new Set([
  'schedule',
  'assign',
  'reassign',
  'start',
  'suspend',
  'resume',
  'withdraw',
  'ate_abort',
  'complete',
]);
const transition = (lifecycle: string): string =>
  STANDARD.has(lifecycle)
    ? string('lifecycle:transition', lifecycle)
    : `${string('lifecycle:transition', 'unknown')}${string('act', lifecycle)}`;

/**
 * The log of a version as an event log for process mining: IEEE Std 1849 (XES 2.0), with the standard lifecycle. Who did a step is
 * told as post (`org:role`) and unit (`org:group`); there is no `org:resource`, which would be a person.
 */
export function* writeXes(
  definition: Pick<Definition, 'name' | 'nodes'>,
  steps: readonly LoggedStep[],
): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">\n';
  for (const [name, prefix] of EXTENSIONS)
    yield `<extension name="${name}" prefix="${prefix}" uri="http://www.xes-standard.org/${prefix}.xesext"/>\n`;
  yield '<global scope="trace"><string key="concept:name" value=""/></global>\n';
  yield '<global scope="event"><string key="concept:name" value=""/><string key="lifecycle:transition" value="complete"/><date key="time:timestamp" value="1970-01-01T00:00:00.000+00:00"/></global>\n';
  yield '<classifier name="Activity" keys="concept:name"/>\n';
  yield `${string('concept:name', definition.name)}<string key="lifecycle:model" value="standard"/>\n`;
  for (const one of byCase(steps)) {
    yield `<trace>${string('concept:name', one[0]?.instance ?? '')}\n`;
    for (const step of one)
      yield `<event>${string('concept:name', definition.nodes[step.node]?.name ?? step.node)}${string('concept:instance', step.token)}${string('element', step.node)}${transition(step.lifecycle)}<date key="time:timestamp" value="${step.at.toISOString()}"/>${string('org:role', step.post)}${string('org:group', step.unit)}${string('outcome', step.outcome)}</event>\n`;
    yield '</trace>\n';
  }
  yield '</log>\n';
}
