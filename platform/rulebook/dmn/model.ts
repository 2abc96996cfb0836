/** A decision model (决策模型, DMN 1.2–1.5) as it is read from its XML: plain data, the same whichever version it was written in. */
export type Model = {
  id: string;
  name: string;
  namespace: string;
  imports: { name: string; namespace: string }[];
  types: ItemDefinition[];
  inputs: InputData[];
  decisions: Decision[];
  knowledge: Knowledge[];
  services: Service[];
};

/** A type of the model (数据类型): fields, allowed values, or a list of these. */
export type ItemDefinition = {
  name: string;
  typeRef?: string;
  isCollection: boolean;
  /** Unary tests that each item, or the value itself, must meet. */
  allowedValues?: string;
  /** Tests of the value as a whole, so of a list (1.5). */
  typeConstraint?: string;
  components: ItemDefinition[];
  isFunction: boolean;
  /** Of a function: the type of what it gives. */
  resultRef?: string;
};
export type InputData = { id: string; name: string; typeRef?: string };
/** A reference to an element; `namespace` where it stands in an imported model. */
export type Reference = { namespace?: string; id: string };
export type Decision = {
  id: string;
  name: string;
  variable: string;
  typeRef?: string;
  requires: Reference[];
  logic?: Expression;
};
/** Business knowledge model (业务知识模型): a function that decisions call. */
export type Knowledge = {
  id: string;
  name: string;
  typeRef?: string;
  requires: Reference[];
  logic?: FunctionExpression;
};
export type Service = {
  id: string;
  name: string;
  typeRef?: string;
  outputs: Reference[];
  encapsulated: Reference[];
  inputDecisions: Reference[];
  inputs: Reference[];
};

export type Param = { name: string; typeRef?: string };
export type FunctionExpression = {
  kind: 'function';
  params: Param[];
  body?: Expression;
  external: boolean;
  typeRef?: string;
};
export type Expression = { typeRef?: string } & (
  | { kind: 'literal'; text: string }
  | { kind: 'table'; table: DecisionTable }
  | { kind: 'context'; entries: { name?: string; typeRef?: string; value: Expression }[] }
  | { kind: 'list'; items: Expression[] }
  | { kind: 'relation'; columns: string[]; rows: Expression[][] }
  | FunctionExpression
  | { kind: 'invocation'; target: Expression; bindings: { name: string; value: Expression }[] }
  | { kind: 'conditional'; condition: Expression; yes: Expression; no: Expression }
  | { kind: 'for' | 'some' | 'every'; variable: string; from: Expression; body: Expression }
  | { kind: 'filter'; from: Expression; match: Expression }
);

export const HIT_POLICIES = ['UNIQUE', 'ANY', 'PRIORITY', 'FIRST', 'RULE ORDER', 'OUTPUT ORDER', 'COLLECT'] as const;
export type HitPolicy = (typeof HIT_POLICIES)[number];
export const AGGREGATIONS = ['SUM', 'COUNT', 'MIN', 'MAX'] as const;
export type Aggregation = (typeof AGGREGATIONS)[number];

/** A decision table (决策表). A cell is empty or `-` where anything goes. */
export type DecisionTable = {
  hitPolicy: HitPolicy;
  aggregation?: Aggregation;
  inputs: { label?: string; expression: string; typeRef?: string; values?: string }[];
  outputs: { name?: string; label?: string; typeRef?: string; values?: string; default?: string }[];
  rules: { id?: string; inputs: string[]; outputs: string[]; note?: string }[];
};
