import type { BaseKeys } from '#platform/theme/base-keys.ts';
import { geocode } from '../shared/address/geocode.ts';
import { openAddressBook } from './address-book.ts';

/** A building by its address as people write it; one that the geocoder is not sure of is none. */
export const buildingKeys: BaseKeys = {
  base: 'building',
  title: { zh: '房屋', en: 'Building' },
  version: '1',
  resolve: async ({ services, values }) => {
    const book = await openAddressBook(services);
    return values.map((value) => {
      const { status, candidates } = geocode(value, book);
      return status === 'found' ? candidates[0]?.building : undefined;
    });
  },
};
