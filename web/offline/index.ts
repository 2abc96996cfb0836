export { type Outbox, useOutbox } from './use-outbox.ts';
export type { Outgoing } from './outbox.ts';
export { filesOf, type OutboxFile, type OutboxRecord } from './outbox-store.ts';
export { useKeptPages } from './kept-pages.ts';
export { OutboxList } from './outbox-list.tsx';
export { reducePhoto } from './reduce-photo.ts';
export { useOnline } from './outbox-list.tsx';
export { MOST_PHOTO_BYTES, type PhotoFault } from './reduce-photo.ts';
