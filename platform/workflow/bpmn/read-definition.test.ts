import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '#platform/kernel/errors.ts';
import type { DefinitionFault } from '../definition.ts';
import { drawing, end, flow, start, user } from '../fixtures/drawing.ts';
import { readDefinition } from './read-definition.ts';

async function faultsOf(xml: string): Promise<string[]> {
  try {
    await readDefinition(xml);
    return [];
  } catch (error) {
    if (!(error instanceof ProblemError) || !error.extra) throw error;
    return (error.extra.faults as DefinitionFault[]).map(({ element, rule }) => `${element} ${rule}`);
  }
}
const whole = (inner: string, line: string) => drawing(start() + inner + end() + flow(line));

describe('reading BPMN', () => {
  it('reads a standard file with foreign extensions', async () => {
    const definition = await readDefinition(readFileSync(join(import.meta.dirname, '../fixtures/permit.bpmn'), 'utf8'));
    expect(definition).toMatchObject({ id: 'permit', variables: { amount: { type: 'number', level: 'L1' } } });
    expect(definition.nodes.approve).toMatchObject({
      boundary: ['late'],
      task: { kind: 'user', separateFrom: ['accept'], limit: { kind: 'working-days' } },
    });
    expect(JSON.parse(JSON.stringify(definition))).toEqual(definition);
  });

  it('refuses what is not executed, with all faults by element', async () => {
    const xml = whole(
      '<scriptTask id="s" scriptFormat="js"><script>1</script></scriptTask><complexGateway id="c"/><adHocSubProcess id="a"/><serviceTask id="h"/><userTask id="u"/>',
      'start s c a h u end',
    );
    expect((await faultsOf(xml)).sort()).toEqual([
      'a element-unsupported',
      'c element-unsupported',
      'h handler-missing',
      's script',
      'u candidates-missing',
    ]);
  });

  it.each([
    [
      'a start by timer',
      drawing(
        '<startEvent id="start"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></startEvent>' +
          user('u') +
          flow('start u'),
      ),
      'start trigger-place',
    ],
    [
      'a conditional event',
      whole(
        '<intermediateCatchEvent id="c"><conditionalEventDefinition><condition>x</condition></conditionalEventDefinition></intermediateCatchEvent>',
        'start c end',
      ),
      'c trigger-unsupported',
    ],
    [
      'a multiple event',
      whole(
        '<intermediateCatchEvent id="c"><messageEventDefinition/><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition></intermediateCatchEvent>',
        'start c end',
      ),
      'c multiple-triggers',
    ],
    [
      'a wrong time',
      whole(
        '<intermediateCatchEvent id="c"><timerEventDefinition><timeDuration>soon</timeDuration></timerEventDefinition></intermediateCatchEvent>',
        'start c end',
      ),
      'c timer-form',
    ],
    [
      'an expression of another language',
      drawing(
        start() +
          '<exclusiveGateway id="x" default="f-x-end"/>' +
          user('u') +
          end() +
          flow('start x end') +
          '<sequenceFlow id="f" sourceRef="x" targetRef="u"><conditionExpression xsi:type="tFormalExpression" language="javascript">1</conditionExpression></sequenceFlow>',
      ),
      'f expression-language',
    ],
    [
      'an expression that is no FEEL',
      drawing(
        start() +
          '<exclusiveGateway id="x" default="f-x-end"/>' +
          user('u') +
          end() +
          flow('start x end') +
          flow('x u', '${amount > 1}'),
      ),
      'f-x-u expression-syntax',
    ],
    [
      'a gateway without conditions',
      drawing(start() + '<exclusiveGateway id="x"/>' + user('a') + user('b') + flow('start x a') + flow('x b')),
      'f-x-a condition-missing',
    ],
    ['an element that nothing leads to', drawing(start() + user('a') + user('b') + flow('start a')), 'b unreachable'],
    ['a process without start', drawing(user('a')), 'p start-missing'],
    [
      'a variable of a personal level',
      drawing(start() + user('a') + flow('start a')).replace(
        '<extensionElements>',
        '<extensionElements><district:variable name="id" type="string" level="L3"/>',
      ),
      'p variable',
    ],
    ['a result that is not declared', whole(user('a', 'district:result="x"'), 'start a end'), 'a result'],
    ['a reference to nothing', whole('<receiveTask id="r" messageRef="nowhere"/>', 'start r end'), 'r reference'],
    ['what is no XML', 'hello', 'null file'],
    [
      'a start by a receiving task',
      drawing('<message id="m" name="m"/>', {}).replace(
        '<message id="m" name="m"/>',
        start() + '<receiveTask id="r" instantiate="true"/>' + flow('start r'),
      ),
      'r instantiate',
    ],
  ])('refuses %s', async (_what, xml, fault) => {
    expect(await faultsOf(xml)).toContain(fault);
  });

  it('takes the executable one of several processes, or the one that is named', async () => {
    const other = drawing(start() + user('a') + flow('start a')).replace(
      '</definitions>',
      '<process id="q" isExecutable="true"><startEvent id="s"/></process></definitions>',
    );
    expect(await faultsOf(other)).toEqual(['null process-choice']);
    expect((await readDefinition(other, { process: 'q' })).id).toBe('q');
  });
});
