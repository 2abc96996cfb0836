import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Registry } from '#platform/kernel/registry.ts';
import type { PolicyCase } from './cases.ts';
import { type Fault, parsePolicies, type Policy } from './parse.ts';

export type PolicyFile = {
  /** Path below the repository root, or `manifest of …`. */
  path: string;
  module: string;
  text: string;
  policies: readonly Policy[];
  cases: readonly PolicyCase[];
};

/** All policies of an installation as their modules ship them, with what is wrong with them. */
export type PolicyFiles = { files: readonly PolicyFile[]; faults: readonly Fault[] };

/** The permit that the short form `posts` of an action in a manifest stands for. */
export function permitOfPosts(action: string, posts: readonly string[], title: { zh: string; en: string }): string {
  const list = posts.map((post) => `Post::${JSON.stringify(post)}`).join(', ');
  return `@id(${JSON.stringify(action)})
@zh(${JSON.stringify(`${title.zh}：清单中写明的岗位可以。`)})
@en(${JSON.stringify(`${title.en}: the posts that the manifest names may.`)})
permit (principal, action == Action::${JSON.stringify(action)}, resource)
when { principal in [${list}] };
`;
}

/** Reads `policies/*.cedar` and `*.cases.json` beside each module, and the short forms of the manifests. */
export function readPolicies(registry: Registry, root: string): PolicyFiles {
  const files: PolicyFile[] = [];
  const faults: Fault[] = [];
  for (const module of registry.modules) {
    const folder = join(root, module.folder, 'policies');
    const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.cedar')) : [];
    for (const name of names.sort()) {
      const path = `${module.folder}/policies/${name}`;
      const text = readFileSync(join(folder, name), 'utf8');
      const { policies, faults: found } = parsePolicies({ text, source: path, module: module.id });
      faults.push(...found);
      const beside = join(folder, name.replace(/\.cedar$/, '.cases.json'));
      const cases = existsSync(beside) ? (JSON.parse(readFileSync(beside, 'utf8')) as PolicyCase[]) : [];
      files.push({ path, module: module.id, text, policies, cases });
    }
    const short = Object.entries(module.actions ?? {}).filter(([, action]) => action.posts !== undefined);
    if (short.length === 0) continue;
    const text = short.map(([id, action]) => permitOfPosts(id, action.posts ?? [], action.title)).join('\n');
    const path = `manifest of ${module.id}`;
    const { policies, faults: found } = parsePolicies({ text, source: path, module: module.id });
    faults.push(...found);
    files.push({ path, module: module.id, text, policies, cases: [] });
  }
  const written = files.filter(({ path }) => !path.startsWith('manifest of ')).flatMap((file) => file.policies);
  for (const module of registry.modules) {
    for (const [id, action] of Object.entries(module.actions ?? {})) {
      const twice = written.find(
        (p) => action.posts && p.effect === 'permit' && p.actions !== 'all' && p.actions.includes(id),
      );
      if (twice)
        faults.push({
          source: `manifest of ${module.id}`,
          policy: twice.id,
          message: `${id} names posts in the manifest and in ${twice.source}: keep one`,
        });
    }
  }
  return { files, faults };
}

/** Ids of all declared actions. */
export function declaredActions(registry: Registry): string[] {
  return registry.modules.flatMap((module) => Object.keys(module.actions ?? {})).sort();
}
