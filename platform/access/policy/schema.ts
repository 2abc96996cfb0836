import { POSTS } from '#platform/kernel/actor.ts';

/**
 * The vocabulary of the policies as a Cedar schema: posts, attributes, declared actions. Each policy is checked against it, so
 * that an unknown post, action or attribute, or a comparison of unlike things, is refused before anything depends on it.
 */
export function schemaText(actions: readonly string[]): string {
  const quoted = (names: readonly string[]): string => names.map((name) => JSON.stringify(name)).join(', ');
  const head = `entity Post enum [${quoted(POSTS)}];
entity Official in [Post] = { post: String, reach: String, assurance: Long, unit?: String, area?: String, areaLevel: String, acting: Bool };
entity Item = { kind: String, level: Long, owner?: String, own: Bool, attribute?: String, disclosure?: String };
type Moment = { purpose?: String, purposeHeld: Bool, zone?: String, hour: Long, workday: Bool };
`;
  if (actions.length === 0) return head;
  return `${head}action ${quoted(actions)} appliesTo { principal: Official, resource: Item, context: Moment };\n`;
}
