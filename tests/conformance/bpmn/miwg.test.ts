import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readAll, runs } from './read-all.ts';

const models = join(import.meta.dirname, 'models');
/** `BPMN_MODELS=folder` asks the same of a whole collection, and prints what each file is refused for. */
const folder = process.env.BPMN_MODELS;
const read = (name: string) => readAll(readFileSync(join(models, name), 'utf8'));
const faultsOf = async (name: string, id: string): Promise<string[]> =>
  ((await read(name)).find((each) => each.process === id)?.faults ?? []).map(
    ({ element, rule }) => `${element} ${rule}`,
  );

describe('models of the interchange working group', () => {
  it.each(readdirSync(models))('%s is read, or refused by element in both languages', async (name) => {
    const outcomes = await read(name);
    expect(outcomes.length).toBeGreaterThan(0);
    expect(outcomes.flatMap(({ wrong }) => wrong)).toEqual([]);
    for (const { definition } of outcomes) if (definition) expect(runs(definition)).toBe(true);
  });

  it('A.1 and both pools of A.4.1 are executed', async () => {
    const all = [...(await read('A.1.bpmn')), ...(await read('A.4.1.bpmn'))];
    expect(all.map(({ process, definition }) => [process, definition !== undefined])).toEqual([
      ['A1', true],
      ['P1', true],
      ['P2', true],
    ]);
  });

  it('B.2.0 is refused for each thing that is not executed, and for nothing else', async () => {
    expect((await faultsOf('B.2.0.bpmn', 'main')).sort()).toMatchInlineSnapshot(`
      [
        "bCondition trigger-unsupported",
        "bTimer timer-missing",
        "catchCondition trigger-unsupported",
        "catchMessage message-missing",
        "catchTimer timer-missing",
        "eSignal signal-missing",
        "f25 condition-missing",
        "f6 condition-missing",
        "r16 message-missing",
        "s1 timer-missing",
        "s1 trigger-place",
        "s6 signal-missing",
        "s6 trigger-place",
        "subMany loop-count",
        "subMany start-missing",
        "throwEscalation escalation-missing",
        "throwMessage message-missing",
        "throwSignal signal-missing",
        "u3 candidates-missing",
        "u7 candidates-missing",
        "u7 loop-endless",
        "u8 candidates-missing",
        "v4 handler-missing",
      ]
    `);
  });

  it('C.1.0 is refused for who does its tasks, its service and its conditions in another language', async () => {
    expect((await faultsOf('C.1.0.bpmn', 'invoice')).sort()).toMatchInlineSnapshot(`
      [
        "approveInvoice candidates-missing",
        "archiveInvoice handler-missing",
        "assignApprover candidates-missing",
        "i4 expression-syntax",
        "i5 expression-syntax",
        "i7 expression-syntax",
        "i8 expression-syntax",
        "prepareBankTransfer candidates-missing",
        "reviewInvoice candidates-missing",
      ]
    `);
  });
});

it.runIf(folder !== undefined)(
  'reads a collection',
  async () => {
    const wrong: string[] = [];
    for (const file of readdirSync(folder ?? '', { recursive: true, encoding: 'utf8' }).filter((each) =>
      /\.bpmn$/i.test(each),
    )) {
      for (const outcome of await readAll(readFileSync(join(folder ?? '', file), 'utf8'))) {
        wrong.push(...outcome.wrong.map((each) => `${file}: ${each}`));
        const refused = outcome.faults.map(({ element, rule }) => `${rule} ${element ?? ''}`).join(', ');
        console.log(`${file} ${outcome.process}: ${outcome.definition ? 'executable' : refused}`);
      }
    }
    expect(wrong).toEqual([]);
  },
  600_000,
);
