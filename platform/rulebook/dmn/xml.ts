import { SaxesParser } from 'saxes';

/** An element by its local name; which prefix and which version's namespace it wears does not count. */
export type Element = {
  name: string;
  namespace: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
};

/** Reads XML without a document type: an entity that a file declares is refused, so that none can grow or point outside. */
export function readXml(xml: string): Element {
  const parser = new SaxesParser({ xmlns: true });
  const stack: Element[] = [];
  let root: Element | undefined;
  parser.on('error', (error) => {
    throw new Error(`no XML: ${error.message}`);
  });
  parser.on('doctype', () => {
    throw new Error('no document type is read');
  });
  parser.on('opentag', ({ local, uri, attributes }) => {
    const element: Element = {
      name: local,
      namespace: uri,
      attributes: Object.fromEntries(
        Object.values(attributes).map((each) => [each.prefix === 'xmlns' ? each.name : each.local, each.value]),
      ),
      children: [],
      text: '',
    };
    stack.at(-1)?.children.push(element);
    root ??= element;
    stack.push(element);
  });
  const take = (text: string): void => {
    const top = stack.at(-1);
    if (top) top.text += text;
  };
  parser.on('text', take);
  parser.on('cdata', take);
  parser.on('closetag', () => void stack.pop());
  parser.write(xml).close();
  if (!root) throw new Error('no XML');
  return root;
}

export const child = (element: Element | undefined, name: string): Element | undefined =>
  element?.children.find((each) => each.name === name);
export const children = (element: Element | undefined, name: string): Element[] =>
  element?.children.filter((each) => each.name === name) ?? [];
