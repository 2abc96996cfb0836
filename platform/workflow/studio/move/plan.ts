import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type Definition, nodeOf } from '../../definition.ts';
import { counterparts, lossesOf, type MoveFault, moveState, placesOf } from '../../engine/move.ts';
import type { State } from '../../engine/state.ts';
import { readVersion } from '../published-versions.ts';
import { MOST_MOVED, type Said } from './move-record.ts';

/** A step at which cases wait, and what it would be in the other version. */
export type Place = {
  element: string;
  name: string;
  instances: number;
  /** Null = nobody has said yet, and nothing of the same id or name is there. */
  target: string | null;
  choices: { element: string; name: string }[];
};

/** A case under way: where it stands, what keeps it, what it would lose. */
export type Standing = { id: string; unit: string | null; startedAt: Date; at: string[]; faults: Said[]; lost: Said[] };

/** What moving would do (迁移预览): nothing is written. */
export type Plan = {
  map: Record<string, string>;
  places: Place[];
  gone: { element: string; name: string }[];
  instances: Standing[];
  all: number;
};

type Active = { id: string; unit: string | null; started_at: Date; state: State };

/** Looks at the cases of a version, or at those that are named. A map names what is not the same element in both. */
export async function planMove(
  db: Db,
  options: { app: string; process: string; from: number; to: number; map: Record<string, string>; only?: string[] },
): Promise<Plan> {
  const { app, process } = options;
  const { definition: from } = await readVersion(db, process, options.from);
  const { definition: to } = await readVersion(db, process, options.to);
  const all = await db.rows<Active>(
    sql`select id, unit, started_at, state from workflow.active_on(${app}, ${process}, ${options.from}::int, 10000)`,
  );
  const rows = options.only ? all.filter(({ id }) => options.only?.includes(id)) : all.slice(0, MOST_MOVED);
  const counts = new Map<string, number>();
  for (const { state } of rows) for (const id of placesOf(state)) counts.set(id, (counts.get(id) ?? 0) + 1);
  const places = [...counts].map(
    ([element, instances]): Place => placeOf({ from, to, element, instances, map: options.map }),
  );
  const map = Object.fromEntries(
    places.flatMap(({ element, target }) => (target === null || target === element ? [] : [[element, target]])),
  );
  const said = (faults: readonly MoveFault[]): Said[] =>
    faults.map(({ element, message }) => ({ element, name: nameOf(to, from, element), message }));
  return {
    map,
    places,
    gone: Object.values(from.nodes)
      .filter((node) => node.type === 'task' && node.task.kind === 'user' && !to.nodes[map[node.id] ?? node.id])
      .map(({ id }) => ({ element: id, name: nameOf(from, to, id) })),
    instances: rows.map(({ id, unit, started_at, state }) => {
      const { faults } = moveState({ from, to, state, map });
      return {
        id,
        unit,
        startedAt: started_at,
        at: [...new Set(Object.values(state.tokens).map(({ node }) => nameOf(from, to, node)))],
        faults: said(faults),
        lost: faults.length > 0 ? [] : said(lossesOf({ from, to, state, map })),
      };
    }),
    all: all.length,
  };
}

/** Where a step goes: as it was said, else to the element of the same id, else to the only one of the same kind and name. */
function placeOf(options: {
  from: Definition;
  to: Definition;
  element: string;
  instances: number;
  map: Readonly<Record<string, string>>;
}): Place {
  const { from, to, element, instances, map } = options;
  const { name } = nodeOf(from, element);
  const choices = counterparts(from, to, element);
  const alike = choices.filter((node) => node.name !== undefined && node.name === name);
  const target =
    map[element] ??
    (choices.some(({ id }) => id === element) ? element : alike.length === 1 ? (alike[0]?.id ?? null) : null);
  return {
    element,
    name: name ?? element,
    instances,
    target,
    choices: choices.map((node) => ({ element: node.id, name: node.name ?? node.id })),
  };
}

const nameOf = (first: Definition, second: Definition, id: string): string =>
  first.nodes[id]?.name ?? second.nodes[id]?.name ?? id;
