import { BpmnModdle } from 'bpmn-moddle';
import { DISTRICT_MODDLE } from '../bpmn/district-moddle.ts';
import { type Element, kindOf } from '../bpmn/element.ts';

export type Model = { root: Element; elements: Readonly<Record<string, Element | undefined>> };

/** What a person calls an element. */
export const nameOf = (element: Element): string =>
  element.name?.trim() || `${kindOf(element)} ${element.id ?? ''}`.trim();

/** The file cannot be read at all: where the reader of XML stopped (line and column from 1), and what it said. */
export class UnreadableXml extends Error {
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(message: string) {
    super(
      message
        .split('\n')
        .at(-1)
        ?.replace(/^\s*nested error:\s*/, '') ?? message,
    );
    this.name = 'UnreadableXml';
    this.line = numberAfter(message, /line:\s*(\d+)/);
    this.column = numberAfter(message, /column:\s*(\d+)/);
  }
}

const numberAfter = (text: string, pattern: RegExp): number | undefined => {
  const found = pattern.exec(text)?.[1];
  // The reader counts lines and columns from 0, people from 1.
  return found === undefined ? undefined : Number(found) + 1;
};

/** Reads a BPMN 2.0 file (ISO/IEC 19510) as it is drawn, whether or not it can be executed. */
export async function readModel(xml: string): Promise<Model> {
  try {
    const { rootElement, elementsById } = await new BpmnModdle({ district: DISTRICT_MODDLE }).fromXML(xml);
    completeFlows(Object.values(elementsById));
    return { root: rootElement, elements: elementsById };
  } catch (error) {
    const nested = (error as { warnings?: { message: string }[] }).warnings?.[0]?.message;
    throw new UnreadableXml(nested ?? (error instanceof Error ? error.message : String(error)));
  }
}

/**
 * `incoming` and `outgoing` of a node repeat what its lines say and may be left out (BPMN 2.0.2 table 8.43 and its schema): files of
 * some tools do. Who looks at nodes finds them all.
 */
function completeFlows(elements: readonly Element[]): void {
  for (const flow of elements.filter((element) => kindOf(element) === 'SequenceFlow'))
    for (const [end, list] of [
      [flow.sourceRef, 'outgoing'],
      [flow.targetRef, 'incoming'],
    ] as const) {
      const node = end as (Element & { get(name: string): Element[] }) | undefined;
      const known = node?.get(list);
      if (known && !known.includes(flow)) known.push(flow);
    }
}

/** Id and name of the process that is drawn: the executable one where there are several. */
export function processOf({ root }: Model): { id: string; name: string } | undefined {
  const all = ((root.rootElements as Element[] | undefined) ?? []).filter((each) => kindOf(each) === 'Process');
  const found = all.find(({ isExecutable }) => isExecutable === true) ?? all[0];
  return found?.id === undefined ? undefined : { id: found.id, name: found.name ?? found.id };
}
