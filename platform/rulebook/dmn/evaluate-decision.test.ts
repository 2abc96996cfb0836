import { describe, expect, it } from 'vitest';
import { evaluateDecision } from './evaluate-decision.ts';
import { readModel } from './read-model.ts';

const model = (body: string, more = '') =>
  readModel(
    `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" id="m" name="m" namespace="urn:m" ${more}>${body}</definitions>`,
  );
const text = (value: string) => `<literalExpression><text>${value}</text></literalExpression>`;
const decision = (name: string, logic: string, more = '') =>
  `<decision id="${name}" name="${name}"><variable name="${name}"/>${more}${logic}</decision>`;
const needs = (...ids: string[]) =>
  ids.map((id) => `<informationRequirement><requiredDecision href="#${id}"/></informationRequirement>`).join('');
const knows = (id: string) => `<knowledgeRequirement><requiredKnowledge href="#${id}"/></knowledgeRequirement>`;
const valueOf = (body: string, options: { decision?: string; input?: Record<string, unknown> } = {}) =>
  evaluateDecision(model(body), { input: {}, ...options }).value;

describe('a decision model', () => {
  it('is read in every version of its namespace, and nothing else is', () => {
    for (const namespace of [
      'http://www.omg.org/spec/DMN/20151101/dmn.xsd',
      'http://www.omg.org/spec/DMN/20180521/MODEL/',
      'https://www.omg.org/spec/DMN/20191111/MODEL/',
      'https://www.omg.org/spec/DMN/20211108/MODEL/',
      'https://www.omg.org/spec/DMN/20230324/MODEL/',
    ])
      expect(readModel(`<x:definitions xmlns:x="${namespace}" name="a"/>`).name).toBe('a');
    expect(() => readModel('<definitions xmlns="urn:other"/>')).toThrow('no decision model');
    expect(() => readModel('<definitions')).toThrow('no XML');
    expect(() => readModel('<!DOCTYPE a [<!ENTITY b "c">]><a/>')).toThrow('document type');
  });

  it('evaluates every kind of box', () => {
    expect(
      valueOf(
        decision(
          'd',
          `<context><contextEntry><variable name="a"/>${text('2')}</contextEntry>
          <contextEntry><variable name="list"/><list>${text('a')}${text('a + 1')}</list></contextEntry>
          <contextEntry><variable name="rows"/><relation><column name="k"/><column name="v"/><row>${text('"x"')}${text('1')}</row><row>${text('"y"')}${text('a')}</row></relation></contextEntry>
          <contextEntry><variable name="f"/><functionDefinition><formalParameter name="n"/>${text('n * a')}</functionDefinition></contextEntry>
          <contextEntry><variable name="called"/><invocation>${text('f')}<binding><parameter name="n"/>${text('5')}</binding></invocation></contextEntry>
          <contextEntry><variable name="chosen"/><conditional><if>${text('a &gt; 1')}</if><then>${text('"yes"')}</then><else>${text('"no"')}</else></conditional></contextEntry>
          <contextEntry><variable name="loop"/><for iteratorVariable="i"><in>${text('list')}</in><return>${text('i * 10')}</return></for></contextEntry>
          <contextEntry><variable name="any"/><some iteratorVariable="i"><in>${text('list')}</in><satisfies>${text('i = 3')}</satisfies></some></contextEntry>
          <contextEntry><variable name="all"/><every iteratorVariable="i"><in>${text('list')}</in><satisfies>${text('i = 3')}</satisfies></every></contextEntry>
          <contextEntry><variable name="kept"/><filter><in>${text('rows')}</in><match>${text('v = 2')}</match></filter></contextEntry></context>`,
        ),
      ),
    ).toEqual({
      a: 2,
      list: [2, 3],
      rows: [
        { k: 'x', v: 1 },
        { k: 'y', v: 2 },
      ],
      f: null,
      called: 10,
      chosen: 'yes',
      loop: [20, 30],
      any: true,
      all: false,
      kept: [{ k: 'y', v: 2 }],
    });
  });

  it('sees only what a decision requires, and calls knowledge models and services', () => {
    const body = `${decision('base', text('20'))}${decision('other', text('1'))}
      ${decision('sum', text('base + twice(4)'), needs('base') + knows('twice'))}
      ${decision('blind', text('other'))}
      ${decision('served', text('price(base: 3) + 1'), knows('price'))}
      ${decision('total', text('base * 2'), needs('base'))}
      <businessKnowledgeModel id="twice" name="twice"><encapsulatedLogic><formalParameter name="n"/>${text('if n &gt; 1 then n + twice(n - 1) else n')}</encapsulatedLogic></businessKnowledgeModel>
      <decisionService id="price" name="price"><outputDecision href="#total"/><inputDecision href="#base"/></decisionService>`;
    expect(valueOf(body, { decision: 'sum' })).toBe(30);
    expect(valueOf(body, { decision: 'blind' })).toBeNull();
    expect(valueOf(body, { decision: 'served' })).toBe(7);
    expect(valueOf(body, { decision: 'price', input: { base: 5 } })).toBe(10);
  });

  it('keeps values to their types: allowed values, fields, dates that come as texts', () => {
    const body = `<itemDefinition name="tState"><typeRef>string</typeRef><allowedValues><text>"on","off"</text></allowedValues></itemDefinition>
      <itemDefinition name="tPerson"><itemComponent name="born"><typeRef>date</typeRef></itemComponent><itemComponent name="states" isCollection="true"><typeRef>tState</typeRef></itemComponent></itemDefinition>
      <inputData id="p" name="p"><variable name="p" typeRef="tPerson"/></inputData>
      <decision id="d" name="d"><variable name="d"/><informationRequirement><requiredInput href="#p"/></informationRequirement>${text('p.born.year + count(p.states)')}</decision>`;
    expect(valueOf(body, { input: { p: { born: '2000-05-01', states: ['on', 'off'] } } })).toBe(2002);
    expect(valueOf(body, { input: { p: { born: '2000-05-01', states: ['broken'] } } })).toBeNull();
    expect(valueOf(body, { input: { p: { born: 'yesterday', states: [] } } })).toBeNull();
  });

  it('uses imported models under their name', () => {
    const inner = readModel(
      `<definitions xmlns="https://www.omg.org/spec/DMN/20230324/MODEL/" name="inner" namespace="urn:inner">${decision('rate', text('7'))}
       <businessKnowledgeModel id="add" name="add"><encapsulatedLogic><formalParameter name="n"/>${text('n + 1')}</encapsulatedLogic></businessKnowledgeModel></definitions>`,
    );
    const outer = model(
      `<import name="base" namespace="urn:inner" importType="x"/>${decision(
        'd',
        text('base.rate + base.add(2)'),
        '<informationRequirement><requiredDecision href="urn:inner#rate"/></informationRequirement><knowledgeRequirement><requiredKnowledge href="urn:inner#add"/></knowledgeRequirement>',
      )}`,
    );
    expect(evaluateDecision(outer, { input: {}, imported: [inner] }).value).toBe(10);
  });

  it('names the rows that contradict each other, and stops what does not end', () => {
    const table = `<decisionTable><input><inputExpression><text>1</text></inputExpression></input><output/>
      ${['&lt; 2', '&gt; 5', '1'].map((cell, i) => `<rule><inputEntry><text>${cell}</text></inputEntry><outputEntry><text>${i}</text></outputEntry></rule>`).join('')}</decisionTable>`;
    expect(evaluateDecision(model(decision('d', table)), { input: {} })).toMatchObject({
      value: null,
      matched: [{ decision: 'd', rows: [1, 3] }],
      faults: [{ code: 'rows-contradict', rows: [1, 3] }],
    });
    const endless = `<businessKnowledgeModel id="f" name="f"><encapsulatedLogic><formalParameter name="n"/>${text('f(n + 1)')}</encapsulatedLogic></businessKnowledgeModel>${decision('d', text('f(1)'), knows('f'))}`;
    const stopped = evaluateDecision(model(endless), { input: {} });
    expect(stopped).toMatchObject({ value: null });
    expect(stopped.messages.at(-1)).toContain('stopped');
  });
});
