/** The thread of `check.ts`: takes statements as N-Quads, says what the shapes find. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Parser, Store } from 'n3';
import SHACLValidator from 'rdf-validate-shacl';

const shapes = new Store(new Parser().parse(await readFile(join(import.meta.dirname, 'shapes.ttl'), 'utf8')));
const statements = new Store(new Parser({ format: 'N-Quads' }).parse(String(workerData)));
const { results } = await new SHACLValidator(shapes, {}).validate(statements);
parentPort?.postMessage(
  results.map(({ focusNode, path, sourceConstraintComponent: what }) =>
    [focusNode, path, what].map((node) => (node as { value?: string } | null)?.value).join(' '),
  ),
);
