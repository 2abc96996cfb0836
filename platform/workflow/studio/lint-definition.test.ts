import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Known } from './check-graph.ts';
import { firstDrawing } from './first-drawing.ts';
import { fileOf } from './fixtures/small-diagrams.ts';
import { LINT_TEXTS } from './lint-texts.ts';
import { lintDefinition } from './lint-definition.ts';
import { readModel, UnreadableXml } from './read-model.ts';

const NOTHING: Known = { handlers: new Set(), decisions: new Set(), processes: new Set() };
const lint = (xml: string, known = NOTHING) => lintDefinition(xml, () => known);
/** Findings of ours: files of tests have no drawing, which bpmnlint tells for each element. */
const ours = async (xml: string, known?: Known) =>
  (await lint(xml, known)).findings
    .filter(({ rule }) => !(rule in LINT_TEXTS))
    .map(({ rule, element, severity }) => `${severity} ${rule} ${element}`);
const file = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

describe('the check of a definition', () => {
  it('finds nothing in what a new process begins with, twice in a row', async () => {
    const xml = firstDrawing({ id: 'shop-sign', name: '店招设置许可 & <备案>' });
    expect((await lint(xml)).findings).toEqual([]);
    expect((await lint(xml)).findings).toEqual([]);
  });

  it('names the dead end, in both languages', async () => {
    const { findings } = await lint(fileOf('start > a > b; a > end'));
    expect(findings).toContainEqual({
      element: 'b',
      name: 'b',
      rule: 'dead-end',
      severity: 'error',
      message: { zh: expect.stringContaining('死路'), en: 'a dead end: nothing follows it' },
    });
  });

  it('refuses a decision, a service and a process that are not there', async () => {
    const more =
      '<bpmn:businessRuleTask id="r" name="r" district:decision="fee"/><bpmn:serviceTask id="s" name="s" district:handler="print"/><bpmn:callActivity id="c" name="c" calledElement="other"/>';
    const lines = 'start > r > s > c > end';
    expect(await ours(fileOf(lines, more))).toEqual([
      'error decision-missing r',
      'error handler-missing s',
      'error process-missing c',
    ]);
    const known = { handlers: new Set(['print']), decisions: new Set(['fee']), processes: new Set(['other']) };
    expect(await ours(fileOf(lines, more), known)).toEqual([]);
  });

  it('refuses a task for nobody', async () => {
    const found = await ours(fileOf('start > a > end', '<bpmn:userTask id="a" name="a"/>'));
    expect(found).toEqual(['error candidates-missing a']);
  });

  it('refuses a condition that is no FEEL, and warns of a choice without a default', async () => {
    const found = await ours(fileOf('start > x1; x1 > a > end [n = (1]; x1 > b > end2 [n = 2]'));
    expect(found).toContain('error expression-syntax x1_a');
    expect(await ours(fileOf('start > x1; x1 > a > end [n = 1]; x1 > b > end2 [n = 2]'))).toEqual([
      'warning no-default x1',
    ]);
  });

  it('tells errors before warnings', async () => {
    const { findings } = await lint(fileOf('start > x1; x1 > a > p1 [n = 1]; x1 > b > p1 [n = 2]; p1 > end'));
    const order = findings.map(({ severity }) => severity);
    expect(order).toEqual([...order].sort());
    expect(findings.map(({ rule }) => rule)).toContain('deadlock');
  });

  it('says line and column where a file is no XML', async () => {
    const broken = fileOf('start > a > end').replace('</bpmn:process>', '\n</bpmn:task>');
    const error = await readModel(broken).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnreadableXml);
    expect(error).toMatchObject({ line: 2 });
  });
});

describe('processes of the sample', async () => {
  const folder = new URL('../../../districts/huangpu/processes/', import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.bpmn'));
  it.each(names)('%s passes the check whole', async (name) => {
    // What the processes of the sample call stands in other modules.
    const known = { ...NOTHING, handlers: new Set(['service.case.issue']) };
    const { findings, definition, markings } = await lint(await readFile(new URL(name, folder), 'utf8'), known);
    expect(findings).toEqual([]);
    expect(definition).toBeDefined();
    expect(markings).toBeGreaterThan(5);
  });
});

describe('models of the interchange working group', () => {
  it('A.1 reads, is executable and sound', async () => {
    expect((await lint(await file('../../../tests/conformance/bpmn/models/A.1.bpmn'))).definition).toMatchObject({
      id: 'A1',
    });
    expect(await ours(await file('../../../tests/conformance/bpmn/models/A.1.bpmn'))).toEqual([]);
  });

  it('A.2.1 is refused for its conditions in XPath, each named', async () => {
    const { definition, findings } = await lint(await file('../../../tests/conformance/bpmn/models/A.2.1.bpmn'));
    expect(definition).toBeUndefined();
    const refused = findings.filter(({ severity, rule }) => severity === 'error' && rule !== 'no-bpmndi');
    expect(refused.map(({ element, rule }) => `${rule} ${element}`)).toEqual(
      expect.arrayContaining(['expression-language f4', 'condition-missing f8', 'condition-missing f9']),
    );
    expect(findings).toContainEqual(expect.objectContaining({ element: 't3', rule: 'fake-join', severity: 'warning' }));
  });
});
