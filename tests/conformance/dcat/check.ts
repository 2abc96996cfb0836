import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import jsonld from 'jsonld';
import { Parser, type Quad, Store } from 'n3';
import SHACLValidator from 'rdf-validate-shacl';

/** What is wrong with statements by the shapes of DCAT-AP 3.0: node, property, rule. */
export async function faultsOf(quads: readonly Quad[]): Promise<string[]> {
  const shapes = new Store(new Parser().parse(await readFile(join(import.meta.dirname, 'shapes.ttl'), 'utf8')));
  const { results } = await new SHACLValidator(shapes, {}).validate(new Store([...quads]));
  return results.map(({ focusNode, path, sourceConstraintComponent: what }) =>
    [focusNode, path, what].map((node) => (node as { value?: string } | null)?.value).join(' '),
  );
}

export const readTurtle = (text: string): Quad[] => new Parser({ baseIRI: 'urn:none:' }).parse(text);

/** The statements of a JSON-LD document, as another hand reads them. */
export async function readJsonLd(text: string): Promise<Quad[]> {
  const statements = await jsonld.toRDF(JSON.parse(text) as jsonld.JsonLdDocument, { format: 'application/n-quads' });
  return new Parser({ format: 'N-Quads' }).parse(String(statements));
}
