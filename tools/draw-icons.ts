/**
 * Draws the icons by which a phone shows an installed page (应用图标) from the mark: 192 and 512 px, and one whose ground reaches every edge, of which a phone may cut
 * away all but a circle of four fifths (W3C Web Application Manifest, "maskable"). Run after the mark has changed: `node tools/draw-icons.ts`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Transformer } from '@napi-rs/image';

const PUBLIC = join(import.meta.dirname, '..', 'web', 'public');
const mark = await readFile(join(PUBLIC, 'mark.svg'), 'utf8');
const lines = mark.slice(mark.indexOf('<path'), mark.indexOf('</svg>'));
const ground = /fill="(#[0-9A-Fa-f]{6})"/.exec(mark)?.[1];
if (ground === undefined) throw new Error('the mark has no ground');
const sized = (svg: string, px: number): string => svg.replace('<svg ', `<svg width="${px}" height="${px}" `);
const maskable = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" fill="${ground}"/><g transform="translate(16 16) scale(0.72) translate(-16 -16)">${lines}</g></svg>`;

for (const [name, svg, px] of [
  ['icon-192', mark, 192],
  ['icon-512', mark, 512],
  ['icon-maskable-192', maskable, 192],
  ['icon-maskable-512', maskable, 512],
] as const)
  await writeFile(join(PUBLIC, `${name}.png`), await Transformer.fromSvg(sized(svg, px)).resize(px, px).png());
