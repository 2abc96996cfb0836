import { BpmnModdle } from 'bpmn-moddle';

/** An element of a BPMN file as bpmn-moddle reads it. */
export type Element = { $type: string; id?: string; name?: string; [property: string]: unknown };

export type Model = { root: Element; elements: Readonly<Record<string, Element | undefined>>; warnings: string[] };

/** What a person calls an element. */
export const nameOf = ({ $type, id, name }: Element): string =>
  name?.trim() || `${$type.replace(/^bpmn:/, '')} ${id ?? ''}`.trim();

/** The file could not be read at all: where, and what the reader of XML said. */
export class UnreadableXml extends Error {
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(message: string) {
    super(message);
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
    const { rootElement, elementsById, warnings } = await new BpmnModdle().fromXML(xml);
    return { root: rootElement, elements: elementsById, warnings: warnings.map(({ message }) => message) };
  } catch (error) {
    throw new UnreadableXml(error instanceof Error ? error.message : String(error));
  }
}
