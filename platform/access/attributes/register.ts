import { port } from '#platform/kernel/app.ts';
import type { Level } from '#platform/kernel/resource.ts';
import type { Text } from '#platform/kernel/text.ts';

/** How an attribute comes to the eyes (展示方式): with the card (随卡展示), or only when it is opened by itself (逐项查看). */
export type Disclosure = 'card' | 'single';

/** An attribute of a card (档案项), as far as a policy may look at it. */
export type AttributeMark = { name: string; title: Text; level: Level; disclosure: Disclosure };

/** The attributes of one resource that are shown on cards, so that people can be told who sees which of them, and why. */
export type CardAttributes = {
  resource: string;
  attributes: readonly AttributeMark[];
  /** Operation that opens one of them, `METHOD /path`. */
  reveal?: string;
};
export const cardAttributes = port<CardAttributes>('access.card-attributes');
