import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { amountAt } from '#platform/rulebook/rule-at.ts';
import type { Classifier } from '#platform/search/classify/classify-text.ts';
import type { Learnt } from './learn.ts';

const MOST_CONFUSIONS = 200;

/** Stores what was learnt as the next version (模型入库); returns its number. */
export async function storeModel(
  db: Db,
  options: {
    learnt: Learnt;
    origin: 'cases' | 'sample';
    at: Date;
    from?: string;
    to?: string;
    /** How many of the texts bear a class that a person put right. */
    corrected?: number;
  },
): Promise<number> {
  const { learnt, origin, at } = options;
  const { version } = await db.one<{ version: number }>(sql`
    insert into grid.text_model (origin, trained_at, window_from, window_to, texts, held_out, classes, top1, top3, model, by_class, confusions, corrected)
    values (${origin}, ${at}::timestamptz, ${options.from ?? null}::date, ${options.to ?? null}::date, ${learnt.texts}::int, ${learnt.heldOut}::int, ${learnt.classes}::int,
      ${learnt.top1}::float8, ${learnt.top3}::float8, ${json(learnt.model)}::text::jsonb, ${json(learnt.byClass)}::text::jsonb,
      ${json(learnt.confusions.slice(0, MOST_CONFUSIONS))}::text::jsonb, ${options.corrected ?? null}::int) returning version`);
  return version;
}

/** The version in use (在用模型): what a person chose last; where it is left to the rule, the newest of closed cases that is good enough, otherwise the newest of the sample. */
export async function modelInUse(db: Db, now: Date): Promise<number | undefined> {
  const chosen = await db.first<{ version: number | null }>(
    sql`select version from grid.text_model_choice order by chosen_at desc, id desc limit 1`,
  );
  if (chosen && chosen.version !== null) return chosen.version;
  const { amount } = await amountAt(db, 'grid.classify.least-top3', now);
  const found = await db.first<{ version: number }>(sql`
    select version from grid.text_model where origin = 'sample' or top3 >= ${amount}::float8 order by origin, version desc limit 1`);
  return found?.version;
}

type Held = { version: number; model: Classifier };
const held = new WeakMap<Services, Held>();

/** The model in use, read once a process and version; `db` bound to grid. */
export async function currentModel(services: Services, db: Db): Promise<Held | undefined> {
  const version = await modelInUse(db, services.clock.now());
  if (version === undefined) return undefined;
  const known = held.get(services);
  if (known?.version === version) return known;
  const { model } = await db.one<{ model: Classifier }>(
    sql`select model from grid.text_model where version = ${version}::int`,
  );
  const now = { version, model };
  held.set(services, now);
  return now;
}
