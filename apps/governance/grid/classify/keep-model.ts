import type { Services } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import type { Classifier } from '#platform/search/classify/classify-text.ts';
import type { Compared, Learnt } from './learn.ts';

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
    /** Who had it learnt, and how the model in use did on the same texts. */
    request?: string;
    compared?: Compared;
  },
): Promise<number> {
  const { learnt, origin, at } = options;
  const { version } = await db.one<{ version: number }>(sql`
    insert into grid.text_model (origin, trained_at, window_from, window_to, texts, held_out, classes, top1, top3, model, by_class, confusions, corrected, calibration, request, compared)
    values (${origin}, ${at}::timestamptz, ${options.from ?? null}::date, ${options.to ?? null}::date, ${learnt.texts}::int, ${learnt.heldOut}::int, ${learnt.classes}::int,
      ${learnt.top1}::float8, ${learnt.top3}::float8, ${json(learnt.model)}::text::jsonb, ${json(learnt.byClass)}::text::jsonb,
      ${json(learnt.confusions.slice(0, MOST_CONFUSIONS))}::text::jsonb, ${options.corrected ?? null}::int,
      ${learnt.calibration}::float8, ${options.request ?? null}::uuid, ${options.compared ? json(options.compared) : null}::text::jsonb) returning version`);
  return version;
}

/**
 * The version in use (在用模型): the one that a person took into use last; where nobody has, or the last said so, the newest of the sample. What is learnt from cases waits
 * for a person.
 */
export async function modelInUse(db: Db): Promise<number | undefined> {
  const chosen = await db.first<{ version: number | null }>(
    sql`select version from grid.text_model_choice order by chosen_at desc, id desc limit 1`,
  );
  if (chosen && chosen.version !== null) return chosen.version;
  const found = await db.first<{ version: number }>(
    sql`select version from grid.text_model where origin = 'sample' order by version desc limit 1`,
  );
  return found?.version;
}

type Held = { version: number; model: Classifier };
const held = new WeakMap<Services, Held>();

/** The model in use, read once a process and version; `db` bound to grid. */
export async function currentModel(services: Services, db: Db): Promise<Held | undefined> {
  const version = await modelInUse(db);
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
