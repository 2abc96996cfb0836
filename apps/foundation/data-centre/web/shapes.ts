import type { paths } from '#web/client/api.gen.ts';

type Json<T> = T extends { content: { 'application/json': infer B } } ? B : never;
type Reply<P extends keyof paths, M extends keyof paths[P], S extends number> = paths[P][M] extends {
  responses: infer R;
}
  ? S extends keyof R
    ? Json<R[S]>
    : never
  : never;

export type Search = Reply<'/api/catalog/items', 'get', 200>;
export type ItemSummary = Search['items'][number];
export type Item = Reply<'/api/catalog/items/{id}', 'get', 200>;
export type ItemDetail = NonNullable<Item['detail']>;
export type GrantList = Reply<'/api/catalog/grants', 'get', 200>;
export type Grant = GrantList['grants'][number];
export type DataRequest = Reply<'/api/catalog/requests/{id}', 'get', 200>;
export type Flow = Reply<'/api/catalog/flows', 'get', 200>['flows'][number];
export type Import = Reply<'/api/exchange/imports/{id}', 'get', 200>;
export type Faults = Reply<'/api/exchange/imports/{id}/faults', 'get', 200>;
export type FaultRow = Faults['rows'][number];
export type Dataset = Reply<'/api/exchange/datasets', 'get', 200>['datasets'][number];
export type MappingView = Reply<'/api/exchange/datasets/{id}/mapping', 'get', 200>;
export type Mapping = MappingView['mapping'];
export type DryRun = Reply<'/api/exchange/datasets/{id}/dry-run', 'post', 200>;
export type Feed = Reply<'/api/exchange/feeds', 'get', 200>['feeds'][number];
export type FeedView = Reply<'/api/exchange/feeds/{id}', 'get', 200>;
type Body<P extends keyof paths> = paths[P] extends { post: { requestBody: infer B } } ? Json<NonNullable<B>> : never;
export type FeedBody = Body<'/api/exchange/feeds'>;
export type SubscribeBody = Body<'/api/exchange/feeds/{id}/subscriptions'>;
export type FormView = Reply<'/api/catalog/forms/{id}', 'get', 200>;
export type FormField = FormView['fields'][number];
export type FieldType = FormField['type'];
export type SameField = FormField['same'][number];
export type Theme = Reply<'/api/theme/themes/{id}', 'get', 200>;
export type ThemeDefinition = Theme['draft'];
export type Placement = Reply<'/api/theme/placements', 'get', 200>['placements'][number];
export type SeriesStore = Reply<'/api/series/series/{id}', 'get', 200>;
export type ThemeRemainder = Reply<'/api/theme/themes/{id}/remainder', 'get', 200>;
export type ThemeSample = Reply<'/api/theme/themes/{id}/sample', 'get', 200>;
