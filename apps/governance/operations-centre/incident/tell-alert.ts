import type { EntitySource } from '#platform/case/entity-timeline.ts';
import { alertStory } from '#platform/signal/alert/alert-story.ts';

/** Alerts tell their story on the one timeline (预警): what they are members of shows what they went through. */
export const alertSource: EntitySource = {
  kind: 'alert',
  read: async (options) => {
    const story = await alertStory(options);
    if (!story) return undefined;
    return {
      title: story.alert.title,
      state: story.alert.state,
      entries: story.entries.map(({ at, what, name, note }) => ({
        at: at.toISOString(),
        kind: `alert.${what}`,
        byName: name ?? '',
        byUnit: null,
        text: note,
        data: {},
      })),
    };
  },
};
