import fontkit from '@pdf-lib/fontkit';
import type { Item, OfdContent } from '../ofd/model.ts';
import { subsetFor } from './chinese-font.ts';

/**
 * Sets a document in a font: the characters that it uses are embedded, and each stands where its own width puts it. Afterwards it can be written as OFD and
 * as PDF and looks the same on every machine.
 */
export async function setInFont(
  content: Omit<OfdContent, 'fonts'>,
  font: { name: string; face: Buffer },
): Promise<OfdContent> {
  const texts = content.pages.flatMap(({ items }) =>
    items.flatMap((item) => (item.kind === 'text' ? [item.text] : [])),
  );
  const data = await subsetFor(font.face, texts.join(''));
  const measured = fontkit.create(data);
  const width = (character: string): number =>
    measured.glyphForCodePoint(character.codePointAt(0) ?? 0).advanceWidth / measured.unitsPerEm;
  const set = (item: Item): Item =>
    item.kind === 'text'
      ? { ...item, font: 0, advances: [...item.text].slice(0, -1).map((character) => width(character) * item.size) }
      : item;
  return {
    ...content,
    fonts: [{ name: font.name, data }],
    pages: content.pages.map((page) => ({ ...page, items: page.items.map(set) })),
  };
}
