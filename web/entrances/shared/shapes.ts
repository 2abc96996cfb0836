import type { Reply } from '#web/client/reply.ts';

export type PersonCard = Reply<'/api/population/persons/{pid}'>;
export type Attribute = PersonCard['attributes'][number];
export type Lineage = Reply<'/api/population/lineage'>;
export type AccessLog = Reply<'/api/population/self/accesses'>;
export type FoundPerson = Reply<'/api/population/persons'>['persons'][number];
export type BuildingCard = Reply<'/api/space/buildings/{code}'>;
export type FoundBuilding = NonNullable<Reply<'/api/space/address'>['building']>;
export type Text = { zh: string; en: string };

export type EntityCard = Reply<'/api/legal-entity/entities/{uscc}'>;
