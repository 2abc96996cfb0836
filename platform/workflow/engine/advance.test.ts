import { describe, expect, it } from 'vitest';
import { citizenIdCheck } from '#platform/kernel/codes/citizen-id.ts';
import { readDefinition } from '../bpmn/read-definition.ts';
import { drawing, end, flow, start, user } from '../fixtures/drawing.ts';
import { type Play, play } from './play.ts';
import { ProcessFault, StaleEvent } from './process-fault.ts';
import type { Value, Values } from './state.ts';

type Options = Parameters<typeof drawing>[1] & { with?: Values };

async function begin(inner: string, options: Options = {}): Promise<Play> {
  const played = play(await readDefinition(drawing(inner, options)));
  played.do({ type: 'start', ...(options.with && { variables: options.with }) });
  return played;
}

function complete(played: Play, node: string, outcome: Value = null, variables?: Values) {
  const token = played.at(node);
  if (!token) throw new Error(`nothing rests at ${node}: ${played.resting().join(' ')}`);
  return played.do({ type: 'complete', token: token.id, outcome, ...(variables && { variables }) });
}

function waitOf(played: Play, node: string): string {
  const wait = Object.values(played.state().waits).find((each) => each.node === node);
  if (!wait) throw new Error(`nothing waits at ${node}`);
  return wait.id;
}

const ended = (played: Play) => played.state().ended;
const gateway = (kind: string, id: string, more = '') => `<${kind}Gateway id="${id}" ${more}/>`;
const timer = (inner = '<timeDuration>PT1H</timeDuration>') => `<timerEventDefinition>${inner}</timerEventDefinition>`;

describe('tasks and flows', () => {
  it('goes from the start through user tasks to the end', async () => {
    const played = await begin(start() + user('a') + user('b') + end() + flow('start a b end'));
    expect(played.resting()).toEqual(['a']);
    complete(played, 'a');
    expect(played.resting()).toEqual(['b']);
    complete(played, 'b');
    expect(ended(played)).toEqual({ kind: 'completed' });
    expect(played.state().tokens).toEqual({});
  });

  it('refuses what is done already, and never changes the state that it was given', async () => {
    const played = await begin(start() + user('a') + user('b') + end() + flow('start a b end'));
    const token = played.at('a')?.id ?? '';
    const before = JSON.stringify(played.state());
    const state = played.state();
    complete(played, 'a');
    expect(JSON.stringify(state)).toBe(before);
    expect(() => played.do({ type: 'complete', token })).toThrow(StaleEvent);
  });

  it('passes manual and abstract tasks, hands out service and rule tasks, sends messages', async () => {
    const played = await begin(
      `${start()}<manualTask id="m"/><task id="t"/><serviceTask id="s" district:handler="h"/><businessRuleTask id="r" district:decision="d" district:result="x"/>
       <sendTask id="send" messageRef="msg" district:correlation="x"/>${end()}${flow('start m t s r send end')}`,
      { variables: { x: 'string' }, root: '<message id="msg" name="told"/>' },
    );
    expect(played.effects).toContainEqual({ type: 'service', token: played.at('s')?.id, node: 's', handler: 'h' });
    complete(played, 's');
    expect(played.effects.find((effect) => effect.type === 'rule')).toMatchObject({ decision: 'd' });
    complete(played, 'r', 'A');
    expect(played.state().variables).toEqual({ x: 'A' });
    expect(played.effects.find((effect) => effect.type === 'send')).toMatchObject({ message: 'told', key: 'A' });
    expect(ended(played)).toEqual({ kind: 'completed' });
  });

  it('splits where several flows leave an activity, by conditions and the default', async () => {
    const inner =
      start() +
      `<userTask id="a" district:posts="x" default="f-a-d"/>${user('b')}${user('c')}${user('d')}` +
      flow('start a') +
      flow('a b', 'n > 1') +
      flow('a c', 'n > 2') +
      flow('a d');
    const both = await begin(inner, { variables: { n: 'number' }, with: { n: 3 } });
    complete(both, 'a');
    expect(both.resting()).toEqual(['b', 'c']);
    const none = await begin(inner, { variables: { n: 'number' }, with: { n: 0 } });
    complete(none, 'a');
    expect(none.resting()).toEqual(['d']);
  });

  it('takes posts and units from words and from FEEL', async () => {
    const played = await begin(
      `${start()}<userTask id="a" district:posts='=if n &gt; 1 then "unit-head" else "street-clerk"' district:units="=unit"/>${flow('start a')}`,
      { variables: { n: 'number', unit: 'id' }, with: { n: 2, unit: 'JW' } },
    );
    expect(played.effects.find((effect) => effect.type === 'task')).toMatchObject({
      posts: ['unit-head'],
      units: ['JW'],
    });
  });

  it('refuses variables that are not declared, of another type, or a number of a person', async () => {
    const inner = start() + user('a') + flow('start a');
    const options = { variables: { n: 'number', s: 'string' } };
    const person = `31019919900101001${citizenIdCheck('31019919900101001')}`;
    const wrong: Values[] = [{ m: 1 }, { n: 'x' }, { s: person }, { s: '13800138000' }, { s: 'x'.repeat(201) }];
    for (const bad of wrong) await expect(begin(inner, { ...options, with: bad })).rejects.toThrow(ProcessFault);
    await expect(begin(inner, { ...options, with: { n: 1, s: 'x' } })).resolves.toBeDefined();
  });
});

describe('gateways', () => {
  const choice =
    start() +
    gateway('exclusive', 'x', 'default="f-x-c"') +
    user('a') +
    user('b') +
    user('c') +
    flow('start x') +
    flow('x a', 'n > 10') +
    flow('x b', 'n > 5') +
    flow('x c');

  it.each([
    [20, 'a'],
    [7, 'b'],
    [1, 'c'],
  ])('exclusive: %i goes to %s, the first that holds, or the default', async (n, node) => {
    const played = await begin(choice, { variables: { n: 'number' }, with: { n } });
    expect(played.resting()).toEqual([node]);
  });

  it('says where no condition holds and there is no default', async () => {
    const inner =
      start() +
      gateway('exclusive', 'x') +
      user('a') +
      user('b') +
      flow('start x') +
      flow('x a', 'n > 1') +
      flow('x b', 'n > 2');
    await expect(begin(inner, { variables: { n: 'number' }, with: { n: 0 } })).rejects.toMatchObject({
      node: 'x',
      rule: 'no-path',
    });
  });

  it('parallel: waits for all', async () => {
    const played = await begin(
      start() +
        gateway('parallel', 'f') +
        user('a') +
        user('b') +
        gateway('parallel', 'j') +
        user('c') +
        flow('start f a j c') +
        flow('f b j'),
    );
    complete(played, 'a');
    expect(played.resting()).toEqual(['b', 'j']);
    complete(played, 'b');
    expect(played.resting()).toEqual(['c']);
  });

  const inclusive =
    start() +
    gateway('inclusive', 'f', 'default="f-f-c"') +
    user('a') +
    user('b') +
    user('c') +
    gateway('inclusive', 'j') +
    user('d') +
    flow('start f') +
    flow('f a', 'n > 1') +
    flow('f b', 'n > 2') +
    flow('f c') +
    flow('a j d') +
    flow('b j') +
    flow('c j');

  it('inclusive: waits for those that can still come, and for no others', async () => {
    const two = await begin(inclusive, { variables: { n: 'number' }, with: { n: 3 } });
    complete(two, 'a');
    expect(two.resting()).toEqual(['b', 'j']);
    complete(two, 'b');
    expect(two.resting()).toEqual(['d']);
    const one = await begin(inclusive, { variables: { n: 'number' }, with: { n: 0 } });
    complete(one, 'c');
    expect(one.resting()).toEqual(['d']);
  });

  it('inclusive: a token that may go round to it or pass it by is waited for until it has passed', async () => {
    const played = await begin(
      start() +
        gateway('parallel', 'f') +
        user('a') +
        user('b') +
        gateway('exclusive', 'x', 'default="f-x-e"') +
        end('e') +
        gateway('inclusive', 'j') +
        user('d') +
        flow('start f a j d') +
        flow('f b x') +
        flow('x j', 'n > 1') +
        flow('x e'),
      { variables: { n: 'number' }, with: { n: 0 } },
    );
    complete(played, 'a');
    expect(played.resting()).toEqual(['b', 'j']);
    complete(played, 'b');
    expect(played.resting()).toEqual(['d']);
  });

  it('inclusive: a boundary event that may still lead there counts', async () => {
    const played = await begin(
      start() +
        gateway('parallel', 'f') +
        user('a') +
        user('b') +
        `<boundaryEvent id="late" attachedToRef="b">${timer()}</boundaryEvent>` +
        end('e') +
        gateway('inclusive', 'j') +
        user('d') +
        flow('start f a j d') +
        flow('f b e') +
        flow('late j'),
    );
    complete(played, 'a');
    expect(played.resting()).toEqual(['b', 'j']);
    played.do({ type: 'timer', wait: waitOf(played, 'late') });
    expect(played.resting()).toEqual(['d']);
  });

  it('event-based: the first event is the way, the others are void', async () => {
    const inner =
      start() +
      gateway('eventBased', 'g') +
      `<intermediateCatchEvent id="t">${timer()}</intermediateCatchEvent><intermediateCatchEvent id="m"><messageEventDefinition messageRef="msg"/></intermediateCatchEvent>` +
      user('a') +
      user('b') +
      flow('start g t a') +
      flow('g m b');
    const played = await begin(inner, { root: '<message id="msg" name="answer"/>' });
    const late = waitOf(played, 't');
    played.do({ type: 'message', wait: waitOf(played, 'm') });
    expect(played.resting()).toEqual(['b']);
    expect(() => played.do({ type: 'timer', wait: late })).toThrow(StaleEvent);
  });
});

describe('timers', () => {
  it.each([
    ['<timeDuration>P1D</timeDuration>', { at: '2026-03-03T02:00:00.000Z' }],
    ['<timeDuration>P1M</timeDuration>', { at: '2026-04-02T02:00:00.000Z' }],
    ['<timeDate>2026-05-01</timeDate>', { at: '2026-04-30T16:00:00.000Z' }],
    ['<timeDate>=until</timeDate>', { at: '2026-06-01T01:00:00.000Z' }],
    ['<timeCycle>R2/PT1H</timeCycle>', { at: '2026-03-02T03:00:00.000Z' }],
  ])('%s', async (inner, due) => {
    const played = await begin(
      `${start()}<intermediateCatchEvent id="t">${timer(inner)}</intermediateCatchEvent>${user('a')}${flow('start t a')}`,
      { variables: { until: 'date' }, with: { until: '2026-06-01T09:00:00' } },
    );
    expect(played.effects.find((effect) => effect.type === 'timer')).toMatchObject({ due });
    played.do({ type: 'timer', wait: waitOf(played, 't') });
    expect(played.resting()).toEqual(['a']);
  });

  it('leaves working days to whoever has the calendar', async () => {
    const played = await begin(
      `${start()}<intermediateCatchEvent id="t"><timerEventDefinition district:workingDays="5"/></intermediateCatchEvent>${flow('start t')}`,
    );
    expect(played.effects.find((effect) => effect.type === 'timer')).toMatchObject({ due: { workingDays: 5 } });
  });

  it('a cycle that does not interrupt comes again, as often as it says', async () => {
    const played = await begin(
      start() +
        user('a') +
        `<boundaryEvent id="r" attachedToRef="a" cancelActivity="false">${timer('<timeCycle>R2/PT1H</timeCycle>')}</boundaryEvent>` +
        end('e') +
        flow('start a') +
        flow('r e'),
    );
    const wait = waitOf(played, 'r');
    expect(played.do({ type: 'timer', wait }).some((effect) => effect.type === 'timer')).toBe(true);
    expect(played.do({ type: 'timer', wait }).some((effect) => effect.type === 'timer')).toBe(false);
    expect(() => played.do({ type: 'timer', wait })).toThrow(StaleEvent);
    expect(played.resting()).toEqual(['a']);
  });
});

describe('boundary events and errors', () => {
  const within = (body: string, events: string, flows: string) =>
    `${start()}<subProcess id="sub">${body}</subProcess>${events}${user('after')}${user('caught')}${flow('start sub after')}${flows}`;
  const failing =
    start('s2') + user('inner') + end('bad', '<errorEventDefinition errorRef="err"/>') + flow('s2 inner bad');
  const root =
    '<error id="err" errorCode="E1"/><error id="err2" errorCode="E2"/><escalation id="esc" escalationCode="S1"/><signal id="sig" name="alarm"/>';

  it('a timer interrupts the activity; its task is withdrawn', async () => {
    const played = await begin(
      start() +
        user('a') +
        `<boundaryEvent id="late" attachedToRef="a">${timer()}</boundaryEvent>` +
        user('b') +
        user('c') +
        flow('start a b') +
        flow('late c'),
    );
    const effects = played.do({ type: 'timer', wait: waitOf(played, 'late') });
    expect(effects).toContainEqual(expect.objectContaining({ type: 'withdrawn', node: 'a' }));
    expect(played.resting()).toEqual(['c']);
  });

  it('an error goes outwards to the event that names its code, or takes all', async () => {
    const catcher = (id: string, ref: string) =>
      `<boundaryEvent id="${id}" attachedToRef="sub"><errorEventDefinition ${ref}/></boundaryEvent>`;
    const all = await begin(
      within(
        failing,
        catcher('other', 'errorRef="err2"') + catcher('any', ''),
        flow('any caught') + flow('other after'),
      ),
      { root },
    );
    complete(all, 'inner');
    expect(all.resting()).toEqual(['caught']);
    const named = await begin(
      within(failing, catcher('any', '') + catcher('one', 'errorRef="err"'), flow('one caught') + flow('any after')),
      { root },
    );
    complete(named, 'inner');
    expect(named.resting()).toEqual(['caught']);
  });

  it('an error that nothing catches ends the instance', async () => {
    const alone = await begin(
      start() + user('inner') + end('bad', '<errorEventDefinition errorRef="err"/>') + flow('start inner bad'),
      { root },
    );
    complete(alone, 'inner');
    expect(ended(alone)).toEqual({ kind: 'error', code: 'E1' });
  });

  it('a handler fails with an error of the business', async () => {
    const played = await begin(
      `${start()}<serviceTask id="s" district:handler="h"/><boundaryEvent id="e" attachedToRef="s"><errorEventDefinition errorRef="err"/></boundaryEvent>${user('a')}${user('b')}${flow('start s a')}${flow('e b')}`,
      { root },
    );
    played.do({ type: 'error', token: played.at('s')?.id ?? '', code: 'E1' });
    expect(played.resting()).toEqual(['b']);
  });

  it('an escalation need not interrupt: both go on', async () => {
    const body =
      start('s2') +
      `<intermediateThrowEvent id="up"><escalationEventDefinition escalationRef="esc"/></intermediateThrowEvent>` +
      user('inner') +
      end('e2') +
      flow('s2 up inner e2');
    const played = await begin(
      within(
        body,
        `<boundaryEvent id="told" attachedToRef="sub" cancelActivity="false"><escalationEventDefinition/></boundaryEvent>`,
        flow('told caught'),
      ),
      { root },
    );
    expect(played.resting().sort()).toEqual(['caught', 'inner']);
    complete(played, 'inner');
    expect(played.resting().sort()).toEqual(['after', 'caught']);
  });

  it('signals are thrown and caught', async () => {
    const played = await begin(
      start() +
        user('a') +
        `<boundaryEvent id="b" attachedToRef="a"><signalEventDefinition signalRef="sig"/></boundaryEvent><intermediateThrowEvent id="out"><signalEventDefinition signalRef="sig"/></intermediateThrowEvent>` +
        end() +
        flow('start a') +
        flow('b out end'),
      { root },
    );
    played.do({ type: 'signal', wait: waitOf(played, 'b') });
    expect(played.effects).toContainEqual({ type: 'signal', node: 'out', signal: 'alarm' });
    expect(ended(played)).toEqual({ kind: 'completed' });
  });

  it('terminate ends its own scope only', async () => {
    const body =
      start('s2') +
      gateway('parallel', 'f') +
      user('x') +
      user('y') +
      end('t', '<terminateEventDefinition/>') +
      flow('s2 f x') +
      flow('f y t');
    const played = await begin(within(body, '', '').replace(user('caught'), ''));
    complete(played, 'y');
    expect(played.resting()).toEqual(['after']);
  });
});

describe('event subprocesses', () => {
  const handler = (interrupting: boolean, trigger: string) =>
    `<subProcess id="h" triggeredByEvent="true"><startEvent id="hs" isInterrupting="${interrupting}">${trigger}</startEvent>${user('handle')}${end('he')}${flow('hs handle he')}</subProcess>`;
  const root = '<error id="err" errorCode="E1"/><message id="msg" name="more"/>';
  const message = '<messageEventDefinition messageRef="msg"/>';

  it('beside the process, as often as the message comes', async () => {
    const played = await begin(start() + user('a') + end() + flow('start a end') + handler(false, message), { root });
    played.do({ type: 'message', wait: waitOf(played, 'hs') });
    played.do({ type: 'message', wait: waitOf(played, 'hs') });
    expect(played.resting().sort()).toEqual(['a', 'handle', 'handle']);
    complete(played, 'a');
    expect(ended(played)).toBeUndefined();
    complete(played, 'handle');
    complete(played, 'handle');
    expect(ended(played)).toEqual({ kind: 'completed' });
  });

  it('instead of the process', async () => {
    const played = await begin(start() + user('a') + end() + flow('start a end') + handler(true, message), { root });
    played.do({ type: 'message', wait: waitOf(played, 'hs') });
    expect(played.resting()).toEqual(['handle']);
    expect(Object.values(played.state().waits)).toEqual([]);
    complete(played, 'handle');
    expect(ended(played)).toEqual({ kind: 'completed' });
  });

  it('catches the error of its own scope', async () => {
    const played = await begin(
      start() +
        user('a') +
        end('bad', '<errorEventDefinition errorRef="err"/>') +
        flow('start a bad') +
        handler(true, '<errorEventDefinition/>'),
      { root },
    );
    complete(played, 'a');
    expect(played.resting()).toEqual(['handle']);
  });
});

describe('several instances', () => {
  const countersign = (attributes: string, until = '') =>
    start() +
    `<userTask id="sign" district:posts="=post" district:result="opinions"><multiInstanceLoopCharacteristics district:collection="posts" district:element="post" ${attributes}>${until}</multiInstanceLoopCharacteristics></userTask>` +
    user('after') +
    flow('start sign after');
  const options = { variables: { posts: 'list', opinions: 'list' }, with: { posts: ['p1', 'p2', 'p3'] } };
  const ratio =
    '<completionCondition>count(outcomes[item = "approve"]) / numberOfInstances &gt;= 0.5</completionCondition>';

  it('parallel: one task each, and on when all have answered', async () => {
    const played = await begin(countersign(''), options);
    const tasks = played.effects.filter((effect) => effect.type === 'task');
    expect(tasks.map(({ posts }) => posts)).toEqual([['p1'], ['p2'], ['p3']]);
    for (const outcome of ['approve', 'refuse', 'approve']) complete(played, 'sign', outcome);
    expect(played.resting()).toEqual(['after']);
    expect(played.state().variables.opinions).toEqual(['approve', 'refuse', 'approve']);
  });

  it('parallel: ends the rest once enough have answered', async () => {
    const played = await begin(countersign('', ratio), options);
    complete(played, 'sign', 'approve');
    complete(played, 'sign', 'approve');
    expect(played.resting()).toEqual(['after']);
    expect(played.effects.filter((effect) => effect.type === 'withdrawn')).toHaveLength(1);
  });

  it('sequential: one after the other', async () => {
    const played = await begin(countersign('isSequential="true"'), options);
    for (const outcome of ['a', 'b', 'c']) {
      expect(played.resting()).toEqual(['sign']);
      complete(played, 'sign', outcome);
    }
    expect(played.state().variables.opinions).toEqual(['a', 'b', 'c']);
  });

  it('one more is asked while it runs (加签)', async () => {
    const played = await begin(countersign(''), options);
    played.do({ type: 'add', token: played.at('sign')?.id ?? '', items: ['p4'] });
    expect(played.resting()).toHaveLength(4);
    for (let each = 0; each < 4; each += 1) complete(played, 'sign', 'approve');
    expect(played.resting()).toEqual(['after']);
  });

  it('none at all, of subprocesses, and with a boundary event for the whole', async () => {
    const none = await begin(countersign(''), { ...options, with: { posts: [] } });
    expect(none.resting()).toEqual(['after']);
    const subs = await begin(
      `${start()}<subProcess id="sub"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics>${start('s2')}${user('i')}${end('e2')}${flow('s2 i e2')}</subProcess>` +
        `<boundaryEvent id="late" attachedToRef="sub">${timer()}</boundaryEvent>${user('after')}${user('c')}${flow('start sub after')}${flow('late c')}`,
    );
    expect(subs.resting()).toEqual(['i', 'i']);
    complete(subs, 'i');
    subs.do({ type: 'timer', wait: waitOf(subs, 'late') });
    expect(subs.resting()).toEqual(['c']);
  });

  it('a standard loop goes on while its condition holds', async () => {
    const played = await begin(
      start() +
        user(
          'a',
          'district:result="more"',
          '<standardLoopCharacteristics loopMaximum="5"><loopCondition>outcome = "again"</loopCondition></standardLoopCharacteristics>',
        ) +
        user('after') +
        flow('start a after'),
      { variables: { more: 'string' } },
    );
    complete(played, 'a', 'again');
    complete(played, 'a', 'again');
    complete(played, 'a', 'enough');
    expect(played.resting()).toEqual(['after']);
    expect(played.state().variables.more).toBe('enough');
  });
});

describe('compensation', () => {
  const undoable = (id: string) =>
    `${user(id)}<boundaryEvent id="c-${id}" attachedToRef="${id}"><compensateEventDefinition/></boundaryEvent>${user(`undo-${id}`, 'isForCompensation="true"')}<association id="as-${id}" sourceRef="c-${id}" targetRef="undo-${id}"/>`;
  const undo = '<intermediateThrowEvent id="undo"><compensateEventDefinition/></intermediateThrowEvent>';

  it('undoes what was done, the latest first', async () => {
    const played = await begin(
      start() +
        undoable('a') +
        undoable('b') +
        undoable('never') +
        undo +
        user('after') +
        flow('start a b undo after never'),
    );
    complete(played, 'a');
    complete(played, 'b');
    expect(played.resting()).toEqual(['undo-b']);
    complete(played, 'undo-b');
    expect(played.resting()).toEqual(['undo-a']);
    complete(played, 'undo-a');
    expect(played.resting()).toEqual(['after']);
  });

  it('undoes what was done inside a subprocess that has ended', async () => {
    const played = await begin(
      `${start()}<subProcess id="sub">${start('s2')}${undoable('a')}${end('e2')}${flow('s2 a e2')}</subProcess>${undo}${user('after')}${flow('start sub undo after')}`,
    );
    complete(played, 'a');
    expect(played.resting()).toEqual(['undo-a']);
    complete(played, 'undo-a');
    expect(played.resting()).toEqual(['after']);
  });

  it('a transaction that is cancelled is undone and left by its cancel event', async () => {
    const played = await begin(
      `${start()}<transaction id="tx">${start('s2')}${undoable('a')}${user('b')}${end('no', '<cancelEventDefinition/>')}${flow('s2 a b no')}</transaction>` +
        `<boundaryEvent id="cancelled" attachedToRef="tx"><cancelEventDefinition/></boundaryEvent>${user('after')}${user('c')}${flow('start tx after')}${flow('cancelled c')}`,
    );
    complete(played, 'a');
    complete(played, 'b');
    expect(played.resting()).toEqual(['undo-a']);
    complete(played, 'undo-a');
    expect(played.resting()).toEqual(['c']);
  });
});

describe('calls, links and rewinding', () => {
  it('calls a process and goes on when it is through', async () => {
    const played = await begin(
      `${start()}<callActivity id="call" calledElement="other"/>${user('a')}${flow('start call a')}`,
    );
    expect(played.effects.find((effect) => effect.type === 'call')).toMatchObject({ process: 'other' });
    complete(played, 'call');
    expect(played.resting()).toEqual(['a']);
  });

  it('jumps along a link', async () => {
    const link = '<linkEventDefinition name="L"/>';
    const played = await begin(
      `${start()}<intermediateThrowEvent id="out">${link}</intermediateThrowEvent><intermediateCatchEvent id="in">${link}</intermediateCatchEvent>${user('a')}${flow('start out')}${flow('in a')}`,
    );
    expect(played.resting()).toEqual(['a']);
  });

  const forked =
    start() +
    user('a') +
    gateway('parallel', 'f') +
    user('b') +
    user('c') +
    user('d') +
    gateway('parallel', 'j') +
    user('e') +
    flow('start a f b d j e') +
    flow('f c j');

  it('returns within a branch and leaves the branch beside it alone', async () => {
    const played = await begin(forked);
    complete(played, 'a');
    complete(played, 'b');
    played.do({ type: 'rewind', token: played.at('d')?.id ?? '', to: 'b' });
    expect(played.resting().sort()).toEqual(['b', 'c']);
  });

  it('returns to before the fork and takes all branches back', async () => {
    const played = await begin(forked);
    complete(played, 'a');
    complete(played, 'c');
    played.do({ type: 'rewind', token: played.at('b')?.id ?? '', to: 'a' });
    expect(played.resting()).toEqual(['a']);
    complete(played, 'a');
    expect(played.resting().sort()).toEqual(['b', 'c']);
  });

  it('does not return into a branch that was joined, nor forwards', async () => {
    const played = await begin(forked);
    complete(played, 'a');
    expect(() => played.do({ type: 'rewind', token: played.at('b')?.id ?? '', to: 'd' })).toThrow(ProcessFault);
    for (const node of ['b', 'd', 'c']) complete(played, node);
    expect(() => played.do({ type: 'rewind', token: played.at('e')?.id ?? '', to: 'b' })).toThrow(ProcessFault);
    played.do({ type: 'rewind', token: played.at('e')?.id ?? '', to: 'a' });
    expect(played.resting()).toEqual(['a']);
  });

  it('is cancelled as a whole', async () => {
    const played = await begin(forked);
    complete(played, 'a');
    const effects = played.do({ type: 'cancel' });
    expect(effects.filter(({ type }) => type === 'withdrawn')).toHaveLength(2);
    expect(played.state()).toMatchObject({ tokens: {}, scopes: {}, waits: {}, ended: { kind: 'cancelled' } });
  });
});
