import { findPlace } from '#platform/basedata/space/find-place.ts';
import { addressFinder } from '#platform/case/hooks.ts';
import type { Room } from '#platform/kernel/rooms.ts';

/** Places of addresses for reports that name no pin (地址定位): the register of buildings says where, or nobody does. */
export const addresses: Room = {
  provides: [
    addressFinder.provide({
      find: ({ services, text, id }) => findPlace(services, { text, code: id }),
    }),
  ],
};
