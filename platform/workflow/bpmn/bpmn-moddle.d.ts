/** The package brings types of the elements only, not of its entry. */
declare module 'bpmn-moddle' {
  import type { Element } from '#platform/workflow/bpmn/element.ts';

  export class BpmnModdle {
    constructor(packages?: Record<string, unknown>);
    fromXML(xml: string): Promise<{
      rootElement: Element;
      references: { element: Element; property: string; id: string }[];
      warnings: { message: string; element?: Element; property?: string; value?: string }[];
      elementsById: Record<string, Element>;
    }>;
  }
}
