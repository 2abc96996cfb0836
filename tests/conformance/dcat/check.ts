import { Worker } from 'node:worker_threads';
import jsonld from 'jsonld';
import { Parser, type Quad, Writer } from 'n3';

/**
 * What is wrong with statements by the shapes of DCAT-AP 3.0: node, property, rule. Checked in a thread of its own: it takes seconds in which a
 * house of the same process could not answer.
 */
export function faultsOf(quads: readonly Quad[]): Promise<string[]> {
  const statements = new Writer({ format: 'N-Quads' }).quadsToString([...quads]);
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./check-thread.ts', import.meta.url), { workerData: statements });
    thread.once('message', (faults: string[]) => resolve(faults));
    thread.once('error', reject);
  });
}

export const readTurtle = (text: string): Quad[] => new Parser({ baseIRI: 'urn:none:' }).parse(text);

/** The statements of a JSON-LD document, as another hand reads them. */
export async function readJsonLd(text: string): Promise<Quad[]> {
  const statements = await jsonld.toRDF(JSON.parse(text) as jsonld.JsonLdDocument, { format: 'application/n-quads' });
  return new Parser({ format: 'N-Quads' }).parse(String(statements));
}
