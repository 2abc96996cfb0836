/** A box in millimetres: left, top, width, height. */
export type Box = { x: number; y: number; width: number; height: number };

/** Red, green, blue of 0–255. */
export type Colour = readonly [number, number, number];

/** What stands on a page (图元), in the coordinates of the page in millimetres from its left upper corner. */
export type Item =
  | {
      kind: 'text';
      /** Left end of the base line. */
      x: number;
      y: number;
      /** Height of the font in millimetres. */
      size: number;
      /** Index into the document's fonts. */
      font: number;
      text: string;
      colour?: Colour;
      /** Where each character but the first begins, behind the one before; absent = by the width of the characters. */
      advances?: readonly number[];
      /** Name of a custom tag (自定义标引) that this text is the value of. */
      tag?: string;
    }
  | {
      kind: 'path';
      box: Box;
      /** M, L, Q, B, A, C as OFD writes them (9.2.1), from the corner of the box. */
      data: string;
      stroke?: { width: number; colour: Colour };
      fill?: Colour;
    }
  | {
      kind: 'image';
      box: Box;
      /** Index into the document's images. */
      image: number;
    };

export type Page = { width: number; height: number; items: readonly Item[] };
export type Font = { name: string; family?: string; bold?: boolean; data?: Buffer };
export type Image = { format: 'PNG' | 'JPEG'; data: Buffer };
export type Attachment = { name: string; format: string; data: Buffer };

/** A document (版式文档) in the subset of OFD that the house writes. */
export type OfdContent = {
  /** 32 hexadecimal digits. */
  id: string;
  title: string;
  author?: string;
  subject?: string;
  /** Day of making (YYYY-MM-DD). */
  date: string;
  /** Metadata (自定义元数据). */
  custom?: Readonly<Record<string, string>>;
  pages: readonly Page[];
  fonts: readonly Font[];
  images?: readonly Image[];
  attachments?: readonly Attachment[];
};

export const A4 = { width: 210, height: 297 } as const;
export const BLACK: Colour = [0, 0, 0];

/** Width of a character in parts of its height, where no font is at hand: Chinese and full-width ones fill the square. */
export function advanceOf(character: string): number {
  return /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u2014\u2018-\u201d\u2026\u3000-\u303f]|[\u{20000}-\u{3fffd}]/u.test(
    character,
  )
    ? 1
    : 0.5;
}

/** Width of a text in millimetres. */
export function widthOf(text: string, size: number): number {
  return [...text].reduce((sum, character) => sum + advanceOf(character) * size, 0);
}

/** Parts a text into lines of at most this width: between any two Chinese characters, at blanks elsewhere; no line begins with a closing mark. */
export function breakLines(text: string, options: { size: number; width: number }): string[] {
  const { size, width } = options;
  return text.split('\n').flatMap((paragraph) => {
    const words = paragraph.match(/[\p{Script=Han}\p{P}\u3000]|[^\s\p{Script=Han}\p{P}\u3000]+|\s+/gu) ?? [];
    const lines: string[] = [''];
    for (const word of words) {
      const last = lines.at(-1) ?? '';
      const closing = /^[，。、；：？！）》」』”’,.;:?!)]$/.test(word);
      if (last === '' || closing || widthOf(last + word, size) <= width) lines[lines.length - 1] = last + word;
      else lines.push(word.trimStart());
    }
    return lines;
  });
}
