import { DataFactory, type Quad, Writer } from 'n3';
import { type Literal, type Node, PREFIXES, type Value } from './document.ts';

const { blankNode, literal, namedNode, quad } = DataFactory;
type Subject = ReturnType<typeof namedNode> | ReturnType<typeof blankNode>;
const TYPE = namedNode('http://www.w3.org/1999/02/22-rdf-syntax-ns#type');

/** The statements of a JSON-LD document of this module, as RDF 1.1. */
export function statementsOf(document: Node): Quad[] {
  const quads: Quad[] = [];
  const add = (node: Node): Subject => {
    const { '@id': id, '@type': type, ...properties } = node;
    const subject = id === undefined ? blankNode() : namedNode(id);
    if (type !== undefined) quads.push(quad(subject, TYPE, namedNode(whole(type))));
    for (const [name, values = []] of Object.entries(properties)) {
      for (const value of Array.isArray(values) ? values : [values])
        quads.push(quad(subject, namedNode(whole(name)), isNode(value) ? add(value) : literalOf(value)));
    }
    return subject;
  };
  add(document);
  return quads;
}

/** The same document as Turtle (RDF 1.1 Turtle, W3C Recommendation 2014). */
export function turtleOf(document: Node): Promise<string> {
  const writer = new Writer({ prefixes: PREFIXES });
  writer.addQuads(statementsOf(document));
  return new Promise((resolve, reject) =>
    writer.end((error: Error | null, text: string) => (error ? reject(error) : resolve(text))),
  );
}

const isNode = (value: Value): value is Node => typeof value === 'object' && !('@value' in value);

function literalOf(value: Literal | string) {
  if (typeof value === 'string') return literal(value);
  const { '@value': text, '@language': language, '@type': type } = value;
  if (type !== undefined) return literal(text, namedNode(whole(type)));
  return literal(text, language);
}

/** `dct:title` → the whole name. */
function whole(name: string): string {
  const [prefix = '', local = ''] = name.split(':');
  const space = PREFIXES[prefix as keyof typeof PREFIXES];
  if (space === undefined) throw new Error(`${name} has no known prefix`);
  return space + local;
}
