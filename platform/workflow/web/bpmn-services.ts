/** An open drawing of bpmn-js, to be changed or looked at: what is used of it. */
export type OpenDrawing = {
  get<T>(service: string): T;
  importXML(xml: string): Promise<unknown>;
  saveXML(options: { format: boolean }): Promise<{ xml?: string }>;
  on(event: string, heard: () => void): void;
  destroy(): void;
};

/** Part of a BPMN file as the editor holds it (moddle). */
export type Moddle = {
  $type: string;
  id?: string;
  name?: string;
  get(property: string): unknown;
  set(property: string, value: unknown): void;
  $parent?: Moddle;
  [property: string]: unknown;
};

/** A drawn element. */
export type Shape = {
  id: string;
  type: string;
  businessObject: Moddle;
  /** Of a line: where it begins. */
  source?: Shape;
  /** The label of a line or an event is a shape of its own. */
  labelTarget?: Shape;
  outgoing?: Shape[];
};

type Box = { x: number; y: number; width: number; height: number };

/** What is used of the services of bpmn-js, which it names by strings. */
export type Services = {
  selection: { get(): Shape[]; select(shape: Shape | null): void };
  elementRegistry: { get(id: string): Shape | undefined; filter(test: (shape: Shape) => boolean): Shape[] };
  modeling: {
    updateProperties(shape: Shape, properties: Record<string, unknown>): void;
    updateModdleProperties(shape: Shape, part: Moddle, properties: Record<string, unknown>): void;
    connect(from: Shape, to: Shape): void;
    removeElements(shapes: Shape[]): void;
  };
  autoPlace: { append(from: Shape, shape: Shape): Shape };
  elementFactory: { createShape(options: { type: string }): Shape };
  moddle: { create(type: string, properties?: Record<string, unknown>): Moddle };
  canvas: {
    zoom(to: 'fit-viewport', center?: 'auto'): number;
    viewbox(): { inner: Box; outer: { width: number; height: number } };
    viewbox(box: Box): void;
    addMarker(shape: string | Shape, name: string): void;
    removeMarker(shape: string | Shape, name: string): void;
    scrollToElement(shape: Shape): void;
    getRootElement(): Shape;
  };
  overlays: {
    add(shape: string, kind: string, options: { position: Record<string, number>; html: HTMLElement }): string;
    remove(filter: { type: string }): void;
  };
  commandStack: { undo(): void; redo(): void; canUndo(): boolean; canRedo(): boolean };
};

/** One service of an open drawing. */
export function service<N extends keyof Services>(drawing: OpenDrawing, name: N): Services[N] {
  return drawing.get<Services[N]>(name);
}

/** Room that the palette takes at the left of a drawing that can be changed, and a margin around what is drawn (px). */
const PALETTE = 130;
const MARGIN = 24;
/** Smaller than this nobody reads the names: a long drawing is then shown from its beginning, to be moved. */
const LEAST = 0.5;

/** Shows all that is drawn, not larger than life, beside the palette rather than under it. */
export function fitDrawing(drawing: OpenDrawing, editable: boolean): void {
  const canvas = service(drawing, 'canvas');
  const { inner, outer } = canvas.viewbox();
  const left = editable ? PALETTE : MARGIN;
  const [width, height] = [outer.width - left - MARGIN, outer.height - 2 * MARGIN];
  if (inner.width === 0 || width <= 0 || height <= 0) return;
  const scale = Math.max(LEAST, Math.min(1, width / inner.width, height / inner.height));
  canvas.viewbox({
    x: inner.x - left / scale,
    y: inner.y - (outer.height / scale - inner.height) / 2,
    width: outer.width / scale,
    height: outer.height / scale,
  });
}
