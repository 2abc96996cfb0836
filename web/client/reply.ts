import type { paths } from './api.gen.ts';

type Json<T> = T extends { content: { 'application/json': infer B } } ? B : never;

/** The JSON that an operation answers with, from the generated client: `Reply<'/api/population/self'>`. */
export type Reply<
  P extends keyof paths,
  M extends keyof paths[P] = 'get' & keyof paths[P],
  S extends number = 200,
> = paths[P][M] extends {
  responses: infer R;
}
  ? S extends keyof R
    ? Json<R[S]>
    : never
  : never;
