import { describe, expect, it } from 'vitest';
import { contrast, night, paper, tokensCss } from './tokens.ts';

describe('design tokens', () => {
  it.each([
    ['paper', paper],
    ['night', night],
  ])('every text colour of %s reads on every ground it may stand on', (_name, palette) => {
    for (const text of [palette.ink, palette.inkSoft, palette.accent, palette.actNow, palette.soonInk, palette.done]) {
      for (const ground of [palette.ground, palette.panel]) expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(palette.inkSoft, palette.sunk)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.onAccent, palette.accent)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.accent, palette.accentWash)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.actNow, palette.actNowWash)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.soonInk, palette.soonWash)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.done, palette.doneWash)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette.lineStrong, palette.ground)).toBeGreaterThanOrEqual(3);
  });

  it('gives both grounds as style variables', () => {
    expect(tokensCss()).toContain('--accent-wash:');
    expect(tokensCss()).toContain('[data-ground=night]');
  });
});
