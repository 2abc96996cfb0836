import { describe, expect, it } from 'vitest';
import { contentFaults } from '#platform/catalog/register/content.ts';
import { generateRegister, ITEMS, SYSTEMS, unitClasses } from './register.ts';

describe('the generated register', () => {
  const entries = generateRegister({ seed: 310101, items: ITEMS });
  it('has 1,500 items of 202 systems, the same each time', () => {
    expect(entries).toHaveLength(ITEMS);
    expect(new Set(entries.map(({ content }) => content.system)).size).toBe(SYSTEMS);
    expect(generateRegister({ seed: 310101, items: ITEMS })).toEqual(entries);
  });
  it('keeps to the rules of the register', () => {
    const classes = new Set(unitClasses().map(({ code }) => code));
    expect(entries.flatMap(({ content }) => contentFaults(content, classes))).toEqual([]);
    expect(classes.size).toBe(unitClasses().length);
  });
  it('names no item twice in one system', () => {
    expect(new Set(entries.map(({ content }) => `${content.system} ${content.title.zh}`)).size).toBe(ITEMS);
  });
});
