import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readDefinition } from '../bpmn/read-definition.ts';
import { blocks, draw, ROOT, VARIABLES } from '../fixtures/blocks.ts';
import { drawing } from '../fixtures/drawing.ts';
import { checkSoundness } from './check-soundness.ts';

/** What is opened is closed: such a process is sound however it is put together, and the engine's own property test shows that it ends. */
it('calls no block-structured process unsound', async () => {
  await fc.assert(
    fc.asyncProperty(blocks, async (block) => {
      const definition = await readDefinition(drawing(draw(block), { variables: VARIABLES, root: ROOT }));
      const { findings } = checkSoundness(definition, 2_000);
      expect(findings.filter(({ rule }) => rule !== 'soundness-bound')).toEqual([]);
    }),
    { numRuns: 60, seed: 1 },
  );
}, 30_000);
