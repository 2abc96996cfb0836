import { type Static, Type } from 'typebox';

const Minutes = Type.Number({ minimum: 0, maximum: 1_000_000 });
const Weighted = Type.Object({
  value: Type.Union([Type.String({ maxLength: 200 }), Type.Number(), Type.Boolean(), Type.Null()]),
  weight: Type.Number({ minimum: 0, maximum: 1_000_000 }),
});
const Name = Type.String({ minLength: 1, maxLength: 100 });

/** What a simulation is played with. What is not said has a default that the page shows. */
export const SimulationSettings = Type.Object(
  {
    seed: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }),
    runs: Type.Integer({ minimum: 1, maximum: 2_000 }),
    /** Cases that come on a working day. */
    perDay: Type.Number({ exclusiveMinimum: 0, maximum: 100_000 }),
    defaultMinutes: Minutes,
    /** By step: how long it takes on average, or what the log of the last version has seen. */
    durations: Type.Record(
      Name,
      Type.Object({ minutes: Type.Optional(Minutes), seen: Type.Optional(Type.Array(Minutes, { maxItems: 1_000 })) }),
    ),
    /** By post: how many people; without, as many as are needed. */
    posts: Type.Record(Name, Type.Integer({ minimum: 0, maximum: 10_000 })),
    /** By step: how often each result comes; without, all alike. */
    outcomes: Type.Record(Name, Type.Array(Weighted, { maxItems: 50 })),
    /** Variables that a case begins with. */
    variables: Type.Record(
      Name,
      Type.Union([
        Type.String({ maxLength: 200 }),
        Type.Number(),
        Type.Boolean(),
        Type.Null(),
        Type.Array(Type.String({ maxLength: 200 }), { maxItems: 100 }),
      ]),
    ),
  },
  { additionalProperties: false },
);
export type SimulationSettings = Static<typeof SimulationSettings>;

const TextSchema = Type.Object({ zh: Type.String(), en: Type.String() });
const Path = Type.Object({
  /** User tasks and the end, in the order in which they were completed; none: all rarer paths together. */
  elements: Type.Array(Type.String()),
  share: Type.Number(),
});
export type Path = Static<typeof Path>;

/** What came out. Times are working minutes. */
export const SimulationResult = Type.Object({
  runs: Type.Integer(),
  finished: Type.Integer(),
  /** Cases that could not go on, by the element where. */
  stuck: Type.Array(
    Type.Object({ element: Type.Union([Type.String(), Type.Null()]), count: Type.Integer(), message: TextSchema }),
  ),
  leadMinutes: Type.Object({ p50: Type.Number(), p90: Type.Number() }),
  tasks: Type.Array(
    Type.Object({
      element: Type.String(),
      count: Type.Integer(),
      waitMean: Type.Number(),
      waitP90: Type.Number(),
    }),
  ),
  posts: Type.Array(Type.Object({ post: Type.String(), people: Type.Integer(), utilisation: Type.Number() })),
  paths: Type.Array(Path),
  /** Working days that were simulated. */
  days: Type.Number(),
});
export type Simulation = Static<typeof SimulationResult>;
