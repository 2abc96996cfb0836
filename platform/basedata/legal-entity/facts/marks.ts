import type { AttributeMark } from '#platform/access/attributes/register.ts';

/** What the policies may look at of shareholders and offices. */
export const ROLE_MARKS: readonly AttributeMark[] = [
  { name: 'holderName', title: { zh: '持有人姓名', en: 'Name of the holder' }, level: 'L3', disclosure: 'card' },
];
