import { type Source, sourceOf, standing, type Statement } from '#platform/basedata/shared/survivorship.ts';

/** What happens in a life (生命事件). */
export type LifeKind = 'born' | 'married' | 'moved' | 'moved-out' | 'died';

/**
 * `confirmed`: it holds, and what follows from it follows. `reported`: one source says so and nothing follows yet. `conflict`: a later
 * sign of life contradicts a death; nothing follows, and a person decides. `refuted`: a person has decided that it is not so.
 */
export type LifeState = 'reported' | 'confirmed' | 'conflict' | 'refuted';

export type LifeEvent = { kind: LifeKind; on: string; state: LifeState; sources: Source[]; of?: string };

/** What a person has decided about a reported death, knowing all claims up to `upto`. */
export type DeathVerdict = { verdict: 'died' | 'alive'; upto: number };

/**
 * Life events from what the sources say (状态机): a pure function of the statements and the verdict, so files may come in any order.
 * A death needs two sources, or one and a person's word, before anything stops; a claim that came after the verdict opens it again.
 */
export function lifeOf(statements: Iterable<Statement>, verdict?: DeathVerdict): LifeEvent[] {
  const all = standing(statements);
  const events: LifeEvent[] = [];
  const on = (kind: LifeKind, field: string, keep: (s: Statement) => boolean = () => true): void => {
    const days = new Map<string, Statement[]>();
    for (const s of all) {
      const day = s.values[field];
      if (day !== undefined && keep(s)) days.set(day, [...(days.get(day) ?? []), s]);
    }
    for (const [day, said] of [...days].sort(([a], [b]) => (a < b ? -1 : 1)))
      events.push({ kind, on: day, state: 'confirmed', sources: said.map((s) => sourceOf(s)) });
  };
  on('born', 'birthDate', (s) => s.values.birthCertificate !== undefined);
  on('married', 'marriedOn');
  on('moved', 'residenceFrom', (s) => s.values.residenceFrom !== s.values.birthDate);
  on('moved-out', 'movedOutOn');
  const death = deathOf(all, verdict);
  return (death ? [...events, death] : events).sort((a, b) => (a.on === b.on ? 0 : a.on < b.on ? -1 : 1));
}

/** The death that the sources report, if any, with what it is worth. */
export function deathOf(all: readonly Statement[], verdict?: DeathVerdict): LifeEvent | undefined {
  const said = all.filter((s) => s.values.deathDate !== undefined);
  if (said.length === 0) return undefined;
  const day = said.map((s) => s.values.deathDate as string).reduce((a, b) => (a < b ? a : b));
  const alive = all.filter((s) => signOfLife(s) > day);
  const event = { kind: 'died' as const, on: day, sources: said.map((s) => sourceOf(s)) };
  const later = (claims: readonly Statement[]): boolean => claims.some((s) => s.claim > (verdict?.upto ?? 0));
  if (verdict?.verdict === 'alive' && !later(said)) return { ...event, state: 'refuted' };
  if (verdict?.verdict === 'died' && !later(alive)) return { ...event, state: 'confirmed' };
  if (alive.length > 0)
    return { ...event, state: 'conflict', sources: [...event.sources, ...alive.map((s) => sourceOf(s))] };
  return { ...event, state: new Set(said.map((s) => s.unit)).size >= 2 ? 'confirmed' : 'reported' };
}

/** The last day on which a statement shows somebody alive. A register that learns late says nothing of a day. */
function signOfLife(s: Statement): string {
  return [s.values.marriedOn, s.values.seenOn, s.values.residenceFrom, s.values.movedOutOn]
    .filter((day): day is string => day !== undefined)
    .reduce((a, b) => (a > b ? a : b), '');
}
