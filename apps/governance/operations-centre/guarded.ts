import type { Services } from '#platform/kernel/app.ts';

/** A timer that fails is told and tried again: it must not stop those of the other modules. */
export const guarded =
  (name: string, work: (services: Services) => Promise<unknown>) =>
  async ({ services }: { services: Services }): Promise<void> => {
    try {
      await work(services);
    } catch (error) {
      services.log.warn({ err: error instanceof Error ? error.message : String(error) }, `ops/${name} failed`);
    }
  };
