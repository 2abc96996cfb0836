import fontkit from '@pdf-lib/fontkit';
import { type PDFFont, PDFDict, PDFDocument, type PDFImage, PDFName, type PDFPage, PDFStream, rgb } from 'pdf-lib';
import { advanceOf, BLACK, type Colour, type Item, type OfdContent } from '../ofd/model.ts';
import { pathOf } from '../ofd/render-svg.ts';

/** Points of a millimetre. */
const POINT = 72 / 25.4;

/**
 * Writes a document as PDF, the working format beside OFD: the same content, the same places. Every font of it needs its data, with the characters that
 * are used (`subsetFor`). The same content gives the same bytes.
 */
export async function writePdf(content: OfdContent): Promise<Buffer> {
  const pdf = await PDFDocument.create();
  pdf.registerFontkit(fontkit);
  const made = new Date(`${content.date}T00:00:00Z`);
  pdf.setTitle(content.title, { showInWindowTitleBar: true });
  if (content.author !== undefined) pdf.setAuthor(content.author);
  pdf.setLanguage('zh-CN');
  pdf.setProducer('smart-district');
  pdf.setCreator('smart-district');
  pdf.setCreationDate(made);
  pdf.setModificationDate(made);
  const fonts: PDFFont[] = [];
  for (const [at, { name, data }] of content.fonts.entries()) {
    if (!data) throw new Error(`font ${name} has no data`);
    fonts.push(await pdf.embedFont(data, { customName: `Font${at}` }));
  }
  const images: PDFImage[] = [];
  for (const { format, data } of content.images ?? [])
    images.push(format === 'PNG' ? await pdf.embedPng(data) : await pdf.embedJpg(data));
  for (const { width, height, items } of content.pages) {
    const page = pdf.addPage([width * POINT, height * POINT]);
    for (const item of items) draw({ page, height, item, fonts, images });
  }
  for (const { name, format, data } of content.attachments ?? [])
    await pdf.attach(data, `${name}.${format}`, { creationDate: made, modificationDate: made });
  await pdf.flush();
  nameFontPrograms(pdf);
  return Buffer.from(await pdf.save({ useObjectStreams: false }));
}

/** The library embeds an OpenType font and calls it bare CFF, which readers then cannot draw: it is called what it is (ISO 32000-1, table 126). */
function nameFontPrograms(pdf: PDFDocument): void {
  for (const [, object] of pdf.context.enumerateIndirectObjects()) {
    const program = object instanceof PDFDict ? object.lookup(PDFName.of('FontFile3')) : undefined;
    if (program instanceof PDFStream) program.dict.set(PDFName.of('Subtype'), PDFName.of('OpenType'));
  }
}

const paint = (colour: Colour) => rgb(colour[0] / 255, colour[1] / 255, colour[2] / 255);

function draw(options: {
  page: PDFPage;
  height: number;
  item: Item;
  fonts: readonly PDFFont[];
  images: readonly PDFImage[];
}): void {
  const { page, height, item, fonts, images } = options;
  switch (item.kind) {
    case 'text': {
      const font = fonts[item.font];
      if (!font) throw new Error(`font ${item.font} is not in the document`);
      const size = item.size;
      let x = item.x;
      const characters = [...item.text];
      // Placed one by one, so that both formats look alike whatever the widths of the font.
      for (const [at, character] of characters.entries()) {
        const place = { x: x * POINT, y: (height - item.y) * POINT };
        if (character.trim() !== '')
          page.drawText(character, { ...place, size: size * POINT, font, color: paint(item.colour ?? BLACK) });
        x += item.advances?.[at] ?? advanceOf(character) * size;
      }
      return;
    }
    case 'path': {
      const { box, stroke, fill } = item;
      page.drawSvgPath(pathOf(item.data), {
        x: box.x * POINT,
        y: (height - box.y) * POINT,
        scale: POINT,
        ...(stroke ? { borderColor: paint(stroke.colour), borderWidth: stroke.width } : {}),
        ...(fill ? { color: paint(fill) } : {}),
      });
      return;
    }
    case 'image': {
      const image = images[item.image];
      if (!image) throw new Error(`image ${item.image} is not in the document`);
      const { x, y, width, height: tall } = item.box;
      page.drawImage(image, {
        x: x * POINT,
        y: (height - y - tall) * POINT,
        width: width * POINT,
        height: tall * POINT,
      });
      return;
    }
    default:
      item satisfies never;
  }
}
