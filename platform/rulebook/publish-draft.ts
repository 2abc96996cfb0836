import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import { shanghaiDate } from '#platform/kernel/dates.ts';
import { Conflict, Forbidden, NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { checkDecision, type Draft, DraftLate, DraftNotReady, DraftOwn, findDraft } from './decision-record.ts';
import { RuleParams } from './decision-schemas.ts';
import { entryDigest, type FoundEntry } from './entry-file.ts';
import { writeVersion } from './store-entries.ts';
import { tellUsers } from './uses.ts';

/**
 * Publishes a draft (发布) as the next version, by somebody else than its author, who has seen this revision and as many findings as it
 * has. It holds from its day on, which lies ahead: what has been decided stays as it was. The new period wears 待核 until it is verified.
 */
export const publishDraft = route({
  method: 'POST',
  path: '/api/rulebook/decisions/:id/draft/publish',
  summary: { zh: '发布决策表草稿', en: 'Publish the draft of a decision' },
  allow: 'rulebook.draft.publish',
  params: RuleParams,
  body: Type.Object(
    {
      revision: Type.Integer({ minimum: 1 }),
      findings: Type.Integer({ minimum: 0, description: '看到的分析结果条数 / how many findings were seen' }),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ version: Type.Integer(), validFrom: Type.String({ format: 'date' }), told: Type.Integer() }),
  status: 201,
  errors: [NotFound, Forbidden, Conflict, DraftOwn, DraftNotReady, DraftLate],
  examples: {
    own: { as: 'unit-head', params: { id: 'service.supervision-level' }, body: { revision: 1, findings: 0 } },
    foreign: { as: 'unit-head', params: { id: 'audit.no-such.rule' }, body: { revision: 1, findings: 0 } },
  },
  handler: async ({ db, actor, clock, params: { id }, body }) => {
    if (actor.kind !== 'person' || actor.behalf) throw Forbidden.with();
    // As the files are stored: nobody else writes a version of this rule meanwhile.
    await db.run(sql`select pg_advisory_xact_lock(310104)`);
    const draft = await findDraft(db, id, true);
    if (!draft) throw NotFound.with();
    if (draft.author === actor.account) throw DraftOwn.with();
    const periods = await newestPeriods(db, id);
    if (draft.revision !== body.revision || periods[0]?.version !== draft.baseVersion) throw Conflict.with();
    if (draft.validFrom <= shanghaiDate(clock.now())) throw DraftLate.with();
    const check = checkDecision(draft.value);
    if (!check.ready) throw DraftNotReady.with({ extra: { check } });
    if (check.findings !== body.findings) throw Conflict.with();

    const version = draft.baseVersion + 1;
    const entries = periodsWith(periods, draft, version);
    await writeVersion(db, { id, version, entries });
    await keepVerifications(db, periods, entries);
    await db.run(sql`
      update rulebook.draft set state = 'published', published_by = ${actor.account}, published_name = ${actor.name}, published_at = ${clock.now()}::timestamptz,
        published_version = ${version}::int where rule = ${id} and state = 'open'`);
    await db.emit({ type: 'rulebook.entry.recorded', subject: id, data: { version: String(version) } });
    const told = await tellUsers(db, { rule: id, version, validFrom: draft.validFrom });
    return { version, validFrom: draft.validFrom, told };
  },
});

type Period = FoundEntry & { version: number; digest: string };

async function newestPeriods(db: Db, id: string): Promise<Period[]> {
  return db.rows<Period>(sql`
    select id, version, digest, title, value, unit, kind, json_build_object('title', source_title, 'documentNo', document_no, 'article', article) as source, note,
      valid_from::text as "validFrom", valid_to::text as "validTo", origin
    from rulebook.entry e where id = ${id} and version = (select max(w.version) from rulebook.entry w where w.id = e.id) order by valid_from`);
}

/** The periods of before, cut off at the day, and the new one, which ends where the one that it replaces would have ended. */
function periodsWith(periods: readonly Period[], draft: Draft, version: number): FoundEntry[] {
  const plain = periods.map(({ version: _version, digest: _digest, ...entry }) => withoutNulls(entry));
  const replaced = plain.findLast(({ validFrom }) => validFrom <= draft.validFrom) ?? plain[0];
  if (!replaced) throw NotFound.with();
  const before = plain
    .filter(({ validFrom }) => validFrom < draft.validFrom)
    .map((entry) => (entry === replaced ? { ...entry, validTo: draft.validFrom } : entry));
  const after = plain.filter(({ validFrom }) => validFrom > draft.validFrom);
  const origin = `draft:${draft.rule}@${version}`;
  const end =
    replaced.validTo !== undefined && replaced.validTo <= draft.validFrom ? after[0]?.validFrom : replaced.validTo;
  const { validTo: _, ...rest } = replaced;
  const changed = { ...rest, value: draft.value, validFrom: draft.validFrom, origin, ...(end ? { validTo: end } : {}) };
  return [...before, changed, ...after].map((entry) => ({ ...entry, origin }));
}

/** JSON and columns give null where a file leaves out. */
function withoutNulls(entry: FoundEntry): FoundEntry {
  const clean = (value: object): object =>
    Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null));
  return { ...clean(entry), source: clean(entry.source) } as FoundEntry;
}

/** A period whose end alone was set keeps its verification: the text that the person compared is the same. */
async function keepVerifications(db: Db, before: readonly Period[], after: readonly FoundEntry[]): Promise<void> {
  for (const entry of after) {
    const old = before.find(
      ({ validFrom, value }) => validFrom === entry.validFrom && JSON.stringify(value) === JSON.stringify(entry.value),
    );
    const digest = entryDigest(entry);
    if (old && old.digest !== digest)
      await db.run(sql`
        insert into rulebook.verification (id, digest, verified_by, verified_name, verified_on, note)
        select id, ${digest}, verified_by, verified_name, verified_on, note from rulebook.verification where id = ${entry.id} and digest = ${old.digest}
        on conflict do nothing`);
  }
}
