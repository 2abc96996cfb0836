import { port, type Services } from '#platform/kernel/app.ts';

/** Where the city's hotline takes what we tell it. */
export type HotlineCity = {
  /** Absolute address that is posted to. */
  url: string;
  /** Networks that its name may lie in besides public ones (CIDR). */
  networks?: readonly string[];
};

/** Filled in a sample district, which simulates the city; elsewhere `HOTLINE_CITY` says where it is. */
export const hotlineCity = port<{ city(services: Services): Promise<HotlineCity | undefined> }>('grid.hotline-city');

/** The city's hotline of this installation: of its configuration, else the one that a module provides. */
export async function cityOf(services: Services): Promise<HotlineCity | undefined> {
  const { hotlineCity: url, feedNetworks } = services.config;
  if (url !== undefined) return { url, networks: feedNetworks };
  return services.registry.provided(hotlineCity)[0]?.value.city(services);
}
