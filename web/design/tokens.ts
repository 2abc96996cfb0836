/** Colours of one ground (paper by day, night in the control room). Every text colour keeps ≥ 4.5 against ground and panel. */
export type Palette = {
  ground: string;
  panel: string;
  sunk: string;
  line: string;
  lineStrong: string;
  ink: string;
  inkSoft: string;
  accent: string;
  accentHover: string;
  onAccent: string;
  accentWash: string;
  /** Act now 立即处理. Used for nothing else. */
  actNow: string;
  actNowWash: string;
  /** Soon 即将到期: `soon` paints bars and marks, `soonInk` writes words. */
  soon: string;
  soonInk: string;
  soonWash: string;
  done: string;
  doneWash: string;
  /** Stale or unknown 陈旧或未知: marks only, words use `inkSoft`. */
  stale: string;
  veil: string;
  shadow: string;
  mapWater: string;
  mapGreen: string;
  mapLand: string;
  mapRoad: string;
  mapBuilding: string;
  mapLine: string;
};

/** Light ground: paper and ink. */
export const paper: Palette = {
  ground: '#FAFAF8',
  panel: '#FFFFFF',
  sunk: '#F1F1ED',
  line: '#E0E0DA',
  lineStrong: '#8B8F92',
  ink: '#1B1F23',
  inkSoft: '#545D66',
  accent: '#1F5FA8',
  accentHover: '#174B87',
  onAccent: '#FFFFFF',
  accentWash: '#E9F0F8',
  actNow: '#C8321F',
  actNowWash: '#FCF0EE',
  soon: '#B7791F',
  soonInk: '#85560F',
  soonWash: '#F9F1E1',
  done: '#2E7D4F',
  doneWash: '#EEF6F1',
  stale: '#8A9099',
  veil: 'rgba(27, 31, 35, 0.36)',
  shadow: '0 1px 2px rgba(27, 31, 35, 0.06), 0 6px 20px rgba(27, 31, 35, 0.08)',
  mapWater: '#DCE7EF',
  mapGreen: '#E6EEDF',
  mapLand: '#F5F5F1',
  mapRoad: '#FFFFFF',
  mapBuilding: '#E3E2DC',
  mapLine: '#A9AEB2',
};

/** Dark ground of the operations centre. */
export const night: Palette = {
  ground: '#0E1420',
  panel: '#151D2B',
  sunk: '#0A0F19',
  line: '#263143',
  lineStrong: '#66738A',
  ink: '#E6EAF0',
  inkSoft: '#A3AEBF',
  accent: '#6FB1FF',
  accentHover: '#9CCAFF',
  onAccent: '#0E1420',
  accentWash: '#182A42',
  actNow: '#FF7A66',
  actNowWash: '#38191B',
  soon: '#E0A94A',
  soonInk: '#E9BB6B',
  soonWash: '#31270F',
  done: '#6CC492',
  doneWash: '#12291F',
  stale: '#7E899B',
  veil: 'rgba(4, 7, 12, 0.6)',
  shadow: '0 1px 2px rgba(0, 0, 0, 0.4), 0 8px 24px rgba(0, 0, 0, 0.4)',
  mapWater: '#14263C',
  mapGreen: '#13231F',
  mapLand: '#101826',
  mapRoad: '#243044',
  mapBuilding: '#1C2636',
  mapLine: '#4A5870',
};

/** One-hue ramps of five classes for maps by rate (分级设色), light to strong on each ground. */
export const sequentialRamp = {
  paper: ['#E4EDF6', '#BCD3EA', '#8BB2D9', '#4F86BE', '#1F5FA8'],
  night: ['#1B2C45', '#264670', '#34659F', '#4C8ACC', '#6FB1FF'],
} as const;

/** Seven categories that stay apart under colour blindness (after Okabe and Ito, darkened for paper). */
export const categorical = {
  paper: ['#1F5FA8', '#C2740A', '#00806A', '#8A4C8F', '#5B5F63', '#3B9BD0', '#8C6D1F'],
  night: ['#6FB1FF', '#F0A94B', '#4CC9A8', '#D79BDC', '#AEB6C2', '#9BDCFF', '#D9C067'],
} as const;

/** Sizes in px: 4 px grid, radius 6, one shadow, motion ≤ 150 ms. */
export const size = {
  radius: 6,
  motionMs: 140,
  textDense: 13.5,
  textReading: 15,
  textCitizen: 17,
  textElder: 22,
  lineHeight: 1.6,
} as const;

/** System fonts, Chinese faces named before the generic one. */
export const fontFamily =
  '-apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const variables = (palette: Palette): string =>
  Object.entries(palette)
    .map(([name, value]) => `--${kebab(name)}:${value};`)
    .join('');

const categories = (colours: readonly string[]): string =>
  colours.map((colour, index) => `--category-${index + 1}:${colour};`).join('');

/** The style sheet of variables that `global.css` and every part read; night applies under `[data-ground=night]`. */
export function tokensCss(): string {
  return [
    `:root{color-scheme:light;${variables(paper)}${categories(categorical.paper)}--radius:${size.radius}px;--motion:${size.motionMs}ms;`,
    `--font:${fontFamily};--text-dense:${size.textDense}px;--text-reading:${size.textReading}px;`,
    `--text-citizen:${size.textCitizen}px;--text-elder:${size.textElder}px;--leading:${size.lineHeight};}`,
    `[data-ground=night]{color-scheme:dark;${variables(night)}${categories(categorical.night)}}`,
  ].join('');
}

const channel = (hex: string, at: number): number => {
  const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
  return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
};

const luminance = (hex: string): number =>
  0.2126 * channel(hex, 1) + 0.7152 * channel(hex, 3) + 0.0722 * channel(hex, 5);

/** Contrast ratio of two `#RRGGBB` colours, 1 to 21 (WCAG 2.2, 1.4.3). */
export function contrast(first: string, second: string): number {
  const [dark, light] = [luminance(first), luminance(second)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}
