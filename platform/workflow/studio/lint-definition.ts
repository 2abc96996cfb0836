import { readDefinition } from '../bpmn/read-definition.ts';
import type { Definition, DefinitionFault } from '../definition.ts';
import { ProblemError } from '#platform/kernel/errors.ts';
import { checkGraph, type Known } from './check-graph.ts';
import { checkSoundness } from './check-soundness.ts';
import { type Finding, inOrder } from './finding.ts';
import { lintDiagram } from './lint-diagram.ts';
import { type Model, nameOf, readModel } from './read-model.ts';

export type Lint = {
  findings: Finding[];
  /** Absent: the file cannot be executed, and the findings say why. */
  definition: Definition | undefined;
  /** Situations of the token game that were looked at; 0 where there was nothing to play. */
  markings: number;
};

/** Rules of bpmnlint that the graph says better, naming what to do, and the rules of ours that stand for them. */
const SAID_BY_OURS: Readonly<Record<string, readonly string[]>> = {
  'no-implicit-end': ['dead-end'],
  'no-implicit-start': ['unreachable'],
  'no-disconnected': ['dead-end', 'unreachable'],
  'start-event-required': ['start-missing'],
  'single-blank-start-event': ['start-several'],
  'conditional-flows': ['condition-missing'],
};

/**
 * Everything that is wrong with a drawn process, all at once: whether people can read it (bpmnlint), whether it can be executed
 * (the compiler), whether it names what exists (`find`), and whether it can always end (soundness). Throws `UnreadableXml` only.
 */
export async function lintDefinition(
  xml: string,
  find: (needs: Definition['needs']) => Promise<Known> | Known,
): Promise<Lint> {
  const model = await readModel(xml);
  const drawn = await lintDiagram(model);
  const { definition, faults } = await compile(xml);
  const graph = definition ? checkGraph(definition, await find(definition.needs)) : [];
  // A dead end is an end like any other for the game; it is told once, as what it is.
  const sound = definition ? checkSoundness(definition) : undefined;
  const own = [...faults.map((fault) => findingOf(fault, model)), ...graph, ...(sound?.findings ?? [])];
  const said = new Set(own.map(({ element, rule }) => `${element} ${rule}`));
  const rest = drawn.filter(
    ({ element, rule }) => !(SAID_BY_OURS[rule] ?? []).some((ours) => said.has(`${element} ${ours}`)),
  );
  return { findings: inOrder([...own, ...rest]), definition, markings: sound?.markings ?? 0 };
}

async function compile(xml: string): Promise<{ definition?: Definition; faults: readonly DefinitionFault[] }> {
  try {
    return { definition: await readDefinition(xml), faults: [] };
  } catch (error) {
    const faults = error instanceof ProblemError ? error.extra?.faults : undefined;
    if (!Array.isArray(faults)) throw error;
    return { faults: faults as DefinitionFault[] };
  }
}

function findingOf({ element, rule, message }: DefinitionFault, { elements }: Model): Finding {
  const drawn = element === null ? undefined : elements[element];
  return { element, name: drawn ? nameOf(drawn) : element, rule, severity: 'error', message };
}
