import type { Db } from '#platform/kernel/db.ts';
import { sql } from '#platform/kernel/sql.ts';
import type { Text } from '#platform/kernel/text.ts';
import { amountsAt } from '#platform/rulebook/rule-at.ts';
import type { Channel, Message } from './tell.ts';

/** Kinds of messages that people choose by (通知类别); those that end in `-grave` or `-binding`, and orders, cannot be unsubscribed from. */
export const KINDS = ['alert-grave', 'alert', 'warning-grave', 'warning', 'order', 'case-binding', 'case'] as const;
export type Kind = (typeof KINDS)[number];
/** Those that somebody may unsubscribe from (可退订). */
export const FREE_KINDS = ['alert', 'warning', 'case'] as const satisfies readonly Kind[];
export type FreeKind = (typeof FREE_KINDS)[number];

/** Levels up to which nobody can unsubscribe from alerts and public warnings, of the rulebook; level I is 1. */
export type LockedLevels = { alert: number; warning: number };

export async function readLockedLevels(db: Db, now: Date): Promise<LockedLevels> {
  return amountsAt(
    db,
    {
      alert: { id: 'signal.unsubscribe.alert', unit: 'level' },
      warning: { id: 'signal.unsubscribe.warning', unit: 'level' },
    },
    now,
  );
}

/** Which kind a message is of. A storm is the fault of a source, told as an alert of its level. */
export function kindOf(message: Pick<Message, 'about' | 'level'> & { binding: boolean }, locked: LockedLevels): Kind {
  const { about, level, binding } = message;
  switch (about) {
    case 'alert':
    case 'storm':
      return level <= locked.alert ? 'alert-grave' : 'alert';
    case 'warning':
      return level <= locked.warning ? 'warning-grave' : 'warning';
    case 'order':
      return 'order';
    case 'case':
      return binding ? 'case-binding' : 'case';
  }
}

export const isFree = (kind: Kind): kind is FreeKind => (FREE_KINDS as readonly Kind[]).includes(kind);

type Said = { title: Text; text: Text; reason: Text | null };
const ROMAN = ['Ⅰ', 'Ⅱ', 'Ⅲ', 'Ⅳ'];
const LATIN = ['I', 'II', 'III', 'IV'];
const COLOUR: Text[] = [
  { zh: '红色', en: 'red' },
  { zh: '橙色', en: 'orange' },
  { zh: '黄色', en: 'yellow' },
  { zh: '蓝色', en: 'blue' },
];
/** Levels above and below the line, in words. A level outside of I to IV names all or none. */
const levels = (from: number, to: number): Text => ({
  zh: ROMAN.slice(from, to).join('、') || '无',
  en: LATIN.slice(from, to).join(', ') || 'none',
});
const colours = (from: number, to: number): Text => ({
  zh:
    COLOUR.slice(from, to)
      .map(({ zh }) => zh)
      .join('、') || '无',
  en:
    COLOUR.slice(from, to)
      .map(({ en }) => en)
      .join(', ') || 'none',
});

/** What a kind is called, for officials (`official`) or for residents and enterprises, and why it cannot be unsubscribed from where it cannot. */
export function sayKind(kind: Kind, options: { locked: LockedLevels; official: boolean }): Said {
  const { locked, official } = options;
  switch (kind) {
    case 'alert-grave': {
      const { zh, en } = levels(0, locked.alert);
      return {
        title: { zh: `${zh} 级预警`, en: `Alerts of level ${en}` },
        text: { zh: '按上报阶梯通知到您的预警', en: 'Alerts that the ladder brings to you' },
        reason: {
          zh: '上报阶梯要靠它找到人，无人确认就会报到上一级，所以不能退订。',
          en: 'The ladder has to reach somebody, and goes on to the next if nobody acknowledges: it cannot be unsubscribed from.',
        },
      };
    }
    case 'alert': {
      const { zh, en } = levels(locked.alert, 4);
      return {
        title: { zh: `${zh} 级预警`, en: `Alerts of level ${en}` },
        text: { zh: '等级较低的预警和来源故障', en: 'Lesser alerts, and faults of a source' },
        reason: null,
      };
    }
    case 'warning-grave': {
      const { zh, en } = colours(0, locked.warning);
      return {
        title: { zh: `${zh}公共预警`, en: `Public warnings: ${en}` },
        text: { zh: '台风、暴雨等可能危及人身安全的预警', en: 'Typhoon, rainstorm and other danger to people' },
        reason: {
          zh: '关系人身安全，不能退订。',
          en: 'They concern your safety and cannot be unsubscribed from.',
        },
      };
    }
    case 'warning': {
      const { zh, en } = colours(locked.warning, 4);
      return {
        title: { zh: `${zh}公共预警`, en: `Public warnings: ${en}` },
        text: { zh: '提示性的天气等预警', en: 'Warnings that call for attention' },
        reason: null,
      };
    }
    case 'order':
      return {
        title: { zh: '指令', en: 'Orders' },
        text: { zh: '发到您单位、等待签收的指令', en: 'Orders to your unit that wait for receipt' },
        reason: {
          zh: '签收时限从送达起算，所以不能退订。',
          en: 'The time to receive them runs from their delivery: they cannot be unsubscribed from.',
        },
      };
    case 'case-binding':
      return official
        ? {
            title: { zh: '案件催办', en: 'Reminders of cases' },
            text: { zh: '超过时限无人办理的案件', en: 'Cases that nobody has acted on in time' },
            reason: {
              zh: '催办按阶梯逐级上报，所以不能退订。',
              en: 'Reminders climb a ladder: they cannot be unsubscribed from.',
            },
          }
        : {
            title: { zh: '我上报问题的决定和结果', en: 'Decisions on what I reported' },
            text: {
              zh: '不予受理、需要您补充、结案、撤销',
              en: 'Not accepted, something missing, closed, taken off the list',
            },
            reason: {
              zh: '受理与否和办理结果按规定必须告知本人，所以不能退订。',
              en: 'Whether it is accepted and how it ends has to be told to you by rule: it cannot be unsubscribed from.',
            },
          };
    case 'case':
      return official
        ? {
            title: { zh: '案件办理提醒', en: 'Cases in hand' },
            text: {
              zh: '新派遣、退件、返工、申请待审批、即将到期',
              en: 'New, given back, to be done again, waiting for approval, due soon',
            },
            reason: null,
          }
        : {
            title: { zh: '我上报问题的办理进展', en: 'Progress of what I reported' },
            text: { zh: '已受理、已立案、已派遣、已处置', en: 'Accepted, filed, sent to a unit, dealt with' },
            reason: null,
          };
  }
}

/** The kinds that reach somebody: officials of a unit, or residents and enterprises. */
export const kindsFor = (official: boolean): readonly Kind[] =>
  official
    ? ['alert-grave', 'alert', 'order', 'case-binding', 'case']
    : ['warning-grave', 'warning', 'case-binding', 'case'];

/** Unsubscribes an account from a kind by a channel (退订). It only narrows; a kind that is locked cannot be named. Says whether that is new. */
export async function unsubscribe(
  db: Db,
  off: { account: string; kind: FreeKind; channel: Channel; way: 'page' | 'mail' },
): Promise<boolean> {
  const { account, kind, channel, way } = off;
  const rows = await db.run(sql`
    insert into signal.unsubscribed (account, kind, channel, way, since) values (${account}, ${kind}, ${channel}, ${way}, kernel.now()) on conflict do nothing`);
  return rows > 0;
}
