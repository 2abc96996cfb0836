import { systemActor } from '#platform/kernel/actor.ts';
import type { Db } from '#platform/kernel/db.ts';
import { unitNames } from '#platform/kernel/ports.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { type RuleTable, ruleAt } from '#platform/rulebook/rule-at.ts';
import type { Notice, NoticeSource } from '#platform/signal/tell/notice-source.ts';
import { type NoticeEvent, type NoticeFacts, officialsFor } from './notice-rules.ts';
import { TO_OFFICIAL, TO_REPORTER } from './notice-texts.ts';

/** Wants somebody now: for these the unit, its leader or the centre should not wait until they look by themselves. */
const SOON: ReadonlySet<string> = new Set(['due-soon', 'remind', 'rework', 'ask-facts', 'complain']);
type About = NoticeFacts & { id: string; no: string; what: Text };

/**
 * What is to be told of a case (案件告知): to each reporter of it one notice with the way to their own report, to the officials whom it concerns one
 * with the way to the case. Reporters who stay anonymous have a digest in the place of an account; `signal` tells accounts only.
 */
export const caseNotices: NoticeSource = {
  about: 'case',
  read: async ({ services, data }) => {
    const names = await services.registry.provided(unitNames)[0]?.value.all(services);
    return services.database.tx(
      { module: 'incident', actor: systemActor({ name: 'notices' }), readOnly: true },
      async (db) => {
        const { case: id = '', kind = '', at = '' } = data;
        const about = await aboutCase(db, id);
        if (!about || at === '') return [];
        const [event] = await db.rows<NoticeEvent & { seq: string }>(sql`
          select seq::text as seq, kind, by_account as account, data from incident.event
          where case_id = ${id}::uuid and kind = ${kind} and at = ${at}::timestamptz order by seq desc limit 1`);
        const unit = String(event?.data.unit ?? about.unit ?? '');
        const binding = await bindingKinds(db);
        const said = { what: about.what, no: about.no, unit: names?.get(unit) };
        return [
          ...(await toReporters(db, { about, kind, at, said, binding })),
          ...(event ? toOfficials({ about, event, said, binding }) : []),
        ];
      },
    );
  },
};

/** What has to be told by rule (依规告知), as `reporter accept` or `official remind`. */
async function bindingKinds(db: Db): Promise<ReadonlySet<string>> {
  const { value } = await ruleAt(db, 'incident.notice.binding');
  return new Set((value as RuleTable).rows.map(([to, kind]) => `${String(to)} ${String(kind)}`));
}

type Said = { what: Text; no: string; unit: Text | undefined };

async function toReporters(
  db: Db,
  of: { about: About; kind: string; at: string; said: Said; binding: ReadonlySet<string> },
): Promise<Notice[]> {
  const { about, kind, at, said, binding } = of;
  const say = TO_REPORTER[kind];
  if (!say) return [];
  const reports = await db.rows<{ notice: string; report: string; account: string }>(sql`
    select n.id as notice, r.id as report, r.account from incident.notice n join incident.report r on r.id = n.report
    where n.case_id = ${about.id}::uuid and n.kind = ${kind} and n.at = ${at}::timestamptz
      and (r.person is not null or r.entity is not null) and r.withdrawn_at is null order by n.id`);
  return reports.map(({ notice, report, account }) => ({
    key: `notice:${notice}`,
    subject: report,
    path: `/citizen/reports/${report}`,
    title: say(said),
    level: SOON.has(kind) ? 3 : 4,
    binding: binding.has(`reporter ${kind}`),
    // A case of the district is real: exercises live in `ops`, and none of them becomes a case.
    to: { party: account, status: 'Actual' },
  }));
}

function toOfficials(of: {
  about: About;
  event: NoticeEvent & { seq: string };
  said: Said;
  binding: ReadonlySet<string>;
}): Notice[] {
  const { about, event, said, binding } = of;
  const to = officialsFor(event, about);
  const say = TO_OFFICIAL[event.kind];
  if (!to || !say) return [];
  return [
    {
      key: `event:${about.id}:${event.seq}`,
      subject: about.id,
      path: `/gov/incidents/${about.no}`,
      title: say(said),
      level: SOON.has(event.kind) ? 3 : 4,
      binding: binding.has(`official ${event.kind}`),
      to,
    },
  ];
}

async function aboutCase(db: Db, id: string): Promise<About | undefined> {
  return db.first<About>(sql`
    select c.id, c.no, c.unit, coalesce((select k.name from incident.class k where k.code = c.class order by k.valid_from desc limit 1),
        jsonb_build_object('zh', c.class, 'en', c.class)) as what,
      (select e.by_account from incident.event e where e.case_id = c.id and e.kind in ('dispatch', 'rule', 'reassign') order by e.seq desc limit 1) as dispatcher,
      (select e.by_account from incident.event e where e.case_id = c.id and e.kind in ('ask-suspend', 'ask-extend') order by e.seq desc limit 1) as asker,
      (select e.by_account from incident.event e where e.case_id = c.id and e.kind = 'ask-facts' order by e.seq desc limit 1) as "factsAsker"
    from incident.case_file c where c.id = ${id}::uuid`);
}
