import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { drawing, end, flow, start, user } from '#platform/workflow/fixtures/drawing.ts';
import { readAll } from './read-all.ts';

type Type = {
  name: string;
  isAbstract?: boolean;
  superClass?: string[];
  properties?: { name: string; type: string; isAttr?: boolean; isReference?: boolean }[];
};
const metamodel = JSON.parse(
  readFileSync(createRequire(import.meta.url).resolve('bpmn-moddle/resources/bpmn/json/bpmn.json'), 'utf8'),
) as { types: Type[] };
const byName = new Map(metamodel.types.map((type) => [type.name, type]));
const above = (type: Type): Type[] =>
  (type.superClass ?? []).flatMap((name) => {
    const parent = byName.get(name);
    return parent ? [parent, ...above(parent)] : [];
  });
const isA = (type: Type, name: string): boolean => type.name === name || above(type).some((each) => each.name === name);
const concrete = metamodel.types.filter(({ isAbstract }) => !isAbstract);
const tag = (name: string, inner = '', attributes = ''): string => {
  const element = name.charAt(0).toLowerCase() + name.slice(1);
  return `<${element} ${attributes}>${inner}</${element}>`;
};
const events = concrete.filter((type) => isA(type, 'EventDefinition')).map(({ name }) => tag(name));
const loops = concrete.filter((type) => isA(type, 'LoopCharacteristics')).map(({ name }) => tag(name));

/** A process in which an element stands between a start and an end. */
const around = (name: string, inner = '', attributes = ''): string =>
  drawing(start() + tag(name, inner, `id="x" ${attributes}`) + end() + flow('start x end'));

it('every element that stands in a process is read, or refused by name', async () => {
  const files = concrete
    .filter((type) => isA(type, 'FlowElement'))
    .flatMap(({ name }) => [
      around(name),
      // On its own, with attributes of every kind wrong, and inside a subprocess.
      drawing(tag(name, '', 'id="x"')),
      around(
        name,
        '',
        'default="nowhere" attachedToRef="start" calledElement="" instantiate="true" isForCompensation="true" triggeredByEvent="true"',
      ),
      drawing(
        start() +
          `<subProcess id="s">${start('s2')}${tag(name, '', 'id="x"')}${end('e2')}${flow('s2 x e2')}</subProcess>` +
          end() +
          flow('start s end'),
      ),
    ]);
  await asked(files, 60);
});

it('every event definition in every event, and every loop on every activity, is read, or refused by name', async () => {
  const holders = concrete.filter((type) => isA(type, 'Event') || isA(type, 'Activity'));
  await asked(
    holders.flatMap((type) =>
      (isA(type, 'Event') ? [...events, events.join('')] : loops).map((inner) =>
        type.name === 'BoundaryEvent'
          ? drawing(
              start() +
                user('u') +
                tag(type.name, inner, 'id="x" attachedToRef="u"') +
                end() +
                flow('start u end') +
                flow('x end'),
            )
          : around(type.name, inner),
      ),
    ),
    80,
  );
});

it('every other element of the metamodel beside a process, and in it, does not stop the reading', async () => {
  const others = concrete.filter(
    (type) => !isA(type, 'FlowElement') && type.name !== 'Definitions' && type.name !== 'Process',
  );
  await asked(
    others.flatMap(({ name }) => [
      drawing(start() + end() + flow('start end'), { root: tag(name, '', 'id="x"') }),
      drawing(start() + tag(name, '', 'id="x"') + end() + flow('start end')),
    ]),
    100,
  );
});

async function asked(files: readonly string[], least: number): Promise<void> {
  expect(files.length).toBeGreaterThan(least);
  const wrong: string[] = [];
  for (const file of files)
    for (const outcome of await readAll(file)) wrong.push(...outcome.wrong.map((each) => `${each}: ${file}`));
  expect(wrong).toEqual([]);
}
