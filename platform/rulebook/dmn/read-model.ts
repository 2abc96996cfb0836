import {
  AGGREGATIONS,
  type DecisionTable,
  type Expression,
  type FunctionExpression,
  HIT_POLICIES,
  type ItemDefinition,
  type Model,
  type Param,
  type Reference,
} from './model.ts';
import { child, children, type Element, readXml } from './xml.ts';

/** Namespaces of the versions of DMN: 1.1, 1.2, 1.3, 1.4, 1.5, and what has been published under the year of 1.6. */
const NAMESPACE = /^https?:\/\/www\.omg\.org\/spec\/DMN\/20\d{6}\/(?:MODEL\/?|dmn\.xsd)$/;

/** Reads a decision model of any version from 1.1 to 1.5. Throws where the text is none. */
export function readModel(xml: string): Model {
  const root = readXml(xml);
  // Some tools write the elements into the model's own namespace and only declare that of the standard.
  const declared = [root.namespace, ...Object.values(root.attributes)];
  if (root.name !== 'definitions' || !declared.some((each) => NAMESPACE.test(each)))
    throw new Error(`no decision model of DMN 1.1 to 1.5: {${root.namespace}}${root.name}`);
  const { id = '', name = '', namespace = '' } = root.attributes;
  const imports = children(root, 'import').map(({ attributes }) => ({
    name: attributes.name ?? '',
    namespace: attributes.namespace ?? '',
  }));
  const types = children(root, 'itemDefinition').map(readType);
  const refOf = (element: Element | undefined): string | undefined => typeRefOf(element);
  return {
    id,
    name,
    namespace,
    imports,
    types,
    inputs: children(root, 'inputData').map((element) => ({
      id: element.attributes.id ?? '',
      name: element.attributes.name ?? '',
      typeRef: refOf(child(element, 'variable')),
    })),
    decisions: children(root, 'decision').map((element) => ({
      id: element.attributes.id ?? '',
      name: element.attributes.name ?? '',
      variable: child(element, 'variable')?.attributes.name ?? element.attributes.name ?? '',
      typeRef: refOf(child(element, 'variable')),
      requires: requirementsOf(element, namespace),
      logic: logicIn(element),
    })),
    knowledge: children(root, 'businessKnowledgeModel').map((element) => {
      const logic = child(element, 'encapsulatedLogic');
      return {
        id: element.attributes.id ?? '',
        name: element.attributes.name ?? '',
        typeRef: refOf(child(element, 'variable')),
        requires: requirementsOf(element, namespace),
        logic: logic && readFunction(logic),
      };
    }),
    services: children(root, 'decisionService').map((element) => {
      const list = (kind: string): Reference[] =>
        children(element, kind).map((each) => reference(each.attributes.href ?? '', namespace));
      return {
        id: element.attributes.id ?? '',
        name: element.attributes.name ?? '',
        typeRef: refOf(child(element, 'variable')),
        outputs: list('outputDecision'),
        encapsulated: list('encapsulatedDecision'),
        inputDecisions: list('inputDecision'),
        inputs: list('inputData'),
      };
    }),
  };
}

/** `ns#id` or `#id`; the model's own namespace need not be written. */
function reference(href: string, own: string): Reference {
  const at = href.indexOf('#');
  const namespace = at > 0 ? href.slice(0, at) : undefined;
  return namespace === undefined || namespace === own
    ? { id: href.slice(at + 1) }
    : { namespace, id: href.slice(at + 1) };
}

function requirementsOf(element: Element, own: string): Reference[] {
  return ['informationRequirement', 'knowledgeRequirement']
    .flatMap((kind) => children(element, kind))
    .flatMap(({ children: inner }) => inner)
    .filter(({ name }) => name.startsWith('required'))
    .map(({ attributes }) => reference(attributes.href ?? '', own));
}

/** A type by its name: `feel:number` of 1.1 and `{namespace}name` become the name alone. */
function typeRefOf(element: Element | undefined): string | undefined {
  const written = element?.attributes.typeRef ?? child(element, 'typeRef')?.text;
  const ref = written?.trim().replace(/^\{[^}]*\}/, '');
  if (!ref) return undefined;
  // A prefix of XML, as 1.1 wrote types; an imported type is written with a point.
  return ref.replace(/^[\w.-]+:/, '');
}

const textIn = (element: Element | undefined): string | undefined => child(element, 'text')?.text.trim();

function readType(element: Element): ItemDefinition {
  return {
    name: element.attributes.name ?? '',
    typeRef: typeRefOf(element),
    isCollection: element.attributes.isCollection === 'true',
    allowedValues: textIn(child(element, 'allowedValues')),
    typeConstraint: textIn(child(element, 'typeConstraint')),
    components: children(element, 'itemComponent').map(readType),
    isFunction: child(element, 'functionItem') !== undefined,
    resultRef: child(element, 'functionItem')?.attributes.outputTypeRef,
  };
}

const READERS: Record<string, (element: Element) => Expression> = {
  literalExpression: (element) => ({ kind: 'literal', text: child(element, 'text')?.text ?? '' }),
  decisionTable: (element) => ({ kind: 'table', table: readTable(element) }),
  context: (element) => ({
    kind: 'context',
    entries: children(element, 'contextEntry').map((entry) => {
      const variable = child(entry, 'variable');
      return { name: variable?.attributes.name, typeRef: typeRefOf(variable), value: logicIn(entry) ?? NOTHING };
    }),
  }),
  list: (element) => ({ kind: 'list', items: logicsIn(element) }),
  relation: (element) => ({
    kind: 'relation',
    columns: children(element, 'column').map(({ attributes }) => attributes.name ?? ''),
    rows: children(element, 'row').map(logicsIn),
  }),
  functionDefinition: (element) => readFunction(element),
  invocation: (element) => ({
    kind: 'invocation',
    target: logicIn(element) ?? NOTHING,
    bindings: children(element, 'binding').map((binding) => ({
      name: child(binding, 'parameter')?.attributes.name ?? '',
      value: logicIn(binding) ?? NOTHING,
    })),
  }),
  conditional: (element) => ({
    kind: 'conditional',
    condition: logicIn(child(element, 'if')) ?? NOTHING,
    yes: logicIn(child(element, 'then')) ?? NOTHING,
    no: logicIn(child(element, 'else')) ?? NOTHING,
  }),
  for: (element) => readLoop(element, 'for', 'return'),
  some: (element) => readLoop(element, 'some', 'satisfies'),
  every: (element) => readLoop(element, 'every', 'satisfies'),
  filter: (element) => ({
    kind: 'filter',
    from: logicIn(child(element, 'in')) ?? NOTHING,
    match: logicIn(child(element, 'match')) ?? NOTHING,
  }),
};
const NOTHING: Expression = { kind: 'literal', text: 'null' };

function readLoop(element: Element, kind: 'for' | 'some' | 'every', body: string): Expression {
  return {
    kind,
    variable: element.attributes.iteratorVariable ?? '',
    from: logicIn(child(element, 'in')) ?? NOTHING,
    body: logicIn(child(element, body)) ?? NOTHING,
  };
}

function logicsIn(element: Element | undefined): Expression[] {
  return (element?.children ?? []).flatMap((each) => {
    const read = READERS[each.name];
    return read ? [{ typeRef: typeRefOf(each), ...read(each) }] : [];
  });
}
const logicIn = (element: Element | undefined): Expression | undefined => logicsIn(element)[0];

function readFunction(element: Element): FunctionExpression {
  const kind = element.attributes.kind ?? 'FEEL';
  return {
    kind: 'function',
    params: children(element, 'formalParameter').map(
      (param): Param => ({ name: param.attributes.name ?? '', typeRef: typeRefOf(param) }),
    ),
    body: logicIn(element),
    external: kind !== 'FEEL' && kind !== 'feel:FEEL',
    typeRef: typeRefOf(element),
  };
}

function readTable(element: Element): DecisionTable {
  const policy = (element.attributes.hitPolicy ?? 'UNIQUE').replaceAll('_', ' ');
  const hitPolicy = HIT_POLICIES.find((each) => each === policy);
  if (!hitPolicy) throw new Error(`no hit policy ${policy}`);
  const aggregation = AGGREGATIONS.find((each) => each === element.attributes.aggregation);
  return {
    hitPolicy,
    ...(aggregation && hitPolicy === 'COLLECT' ? { aggregation } : {}),
    inputs: children(element, 'input').map((input) => {
      const expression = child(input, 'inputExpression');
      return {
        label: input.attributes.label,
        expression: child(expression, 'text')?.text ?? '',
        typeRef: typeRefOf(expression),
        values: textIn(child(input, 'inputValues')),
      };
    }),
    outputs: children(element, 'output').map((output) => ({
      name: output.attributes.name,
      label: output.attributes.label,
      typeRef: typeRefOf(output),
      values: textIn(child(output, 'outputValues')),
      default: textIn(child(output, 'defaultOutputEntry')),
    })),
    rules: children(element, 'rule').map((rule) => ({
      id: rule.attributes.id,
      inputs: children(rule, 'inputEntry').map((entry) => textIn(entry) ?? ''),
      outputs: children(rule, 'outputEntry').map((entry) => textIn(entry) ?? ''),
      note: textIn(child(rule, 'annotationEntry')) ?? child(rule, 'description')?.text.trim(),
    })),
  };
}
