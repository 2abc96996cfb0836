import type { Definition } from '../definition.ts';
import type { LoggedStep } from './read-log.ts';

type Attribute = { name: string; value: string };
type Ocel = {
  objectTypes: { name: string; attributes: { name: string; type: string }[] }[];
  eventTypes: { name: string; attributes: { name: string; type: string }[] }[];
  objects: { id: string; type: string; attributes: object[]; relationships: object[] }[];
  events: {
    id: string;
    type: string;
    time: string;
    attributes: Attribute[];
    relationships: { objectId: string; qualifier: string }[];
  }[];
};

/**
 * The log of a version as an object-centric event log: OCEL 2.0 (Berti et al., 2024), JSON. Its objects are cases, units and posts
 * of units; no person is one.
 */
export function writeOcel(definition: Definition, steps: readonly LoggedStep[]): Ocel {
  const nameOf = (node: string) => definition.nodes[node]?.name ?? node;
  const objects = new Map<string, string>();
  const refer = (id: string, type: string, qualifier: string) => {
    objects.set(id, type);
    return { objectId: id, qualifier };
  };
  const strings = (...names: string[]) => names.map((name) => ({ name, type: 'string' }));
  const events = steps.map((step, at) => ({
    id: `e${at + 1}`,
    type: nameOf(step.node),
    time: step.at.toISOString(),
    attributes: [
      { name: 'element', value: step.node },
      { name: 'lifecycle', value: step.lifecycle },
      ...(step.outcome === null ? [] : [{ name: 'outcome', value: step.outcome }]),
    ],
    relationships: [
      refer(step.instance, 'case', 'case'),
      ...(step.unit === null ? [] : [refer(`unit:${step.unit}`, 'unit', 'unit')]),
      ...(step.post === null ? [] : [refer(`post:${step.unit ?? ''}:${step.post}`, 'post', 'done by')]),
    ],
  }));
  return {
    objectTypes: ['case', 'unit', 'post'].map((name) => ({ name, attributes: [] })),
    eventTypes: [...new Set(events.map(({ type }) => type))].map((name) => ({
      name,
      attributes: strings('element', 'lifecycle', 'outcome'),
    })),
    objects: [...objects].map(([id, type]) => ({ id, type, attributes: [], relationships: [] })),
    events,
  };
}
