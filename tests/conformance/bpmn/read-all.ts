import { ProblemError } from '#platform/kernel/errors.ts';
import { readDefinition } from '#platform/workflow/bpmn/read-definition.ts';
import type { Definition, DefinitionFault } from '#platform/workflow/definition.ts';
import { play } from '#platform/workflow/engine/play.ts';
import { readModel } from '#platform/workflow/studio/read-model.ts';

export type Outcome = { process: string; definition?: Definition; faults: DefinitionFault[]; wrong: string[] };

/** Reads each process of a file as the engine would, and says what is wrong with how it was refused. */
export async function readAll(xml: string): Promise<Outcome[]> {
  const { root, elements } = await readModel(xml);
  const processes = ((root.rootElements as { $type: string; id?: string }[] | undefined) ?? []).filter(
    ({ $type }) => $type === 'bpmn:Process',
  );
  return Promise.all(
    processes.map(async ({ id = '' }): Promise<Outcome> => {
      try {
        return { process: id, definition: await readDefinition(xml, { process: id }), faults: [], wrong: [] };
      } catch (error) {
        const faults = error instanceof ProblemError ? error.extra?.faults : undefined;
        if (!Array.isArray(faults) || faults.length === 0)
          return { process: id, faults: [], wrong: [`${id}: ${String(error)}`] };
        const list = faults as DefinitionFault[];
        return { process: id, faults: list, wrong: list.flatMap((fault) => wrongWith(fault, elements)) };
      }
    }),
  );
}

function wrongWith({ element, rule, message }: DefinitionFault, elements: Readonly<Record<string, unknown>>): string[] {
  const wrong = [];
  if (element !== null && !(element in elements)) wrong.push(`${rule} names ${element}, which is not in the file`);
  if (!/\p{Script=Han}/u.test(message.zh) || !/[a-z]/i.test(message.en))
    wrong.push(`${rule} is not said in both languages`);
  return wrong;
}

/** Plays a definition by completing whatever rests, the oldest first; true where it has ended. */
export function runs(definition: Definition): boolean {
  const game = play(definition);
  game.do({ type: 'start' });
  for (let step = 0; step < 200 && !game.state().ended; step += 1) {
    const token = game.resting().map((node) => game.at(node))[0];
    if (!token) return false;
    game.do({ type: 'complete', token: token.id });
  }
  return game.state().ended !== undefined;
}
