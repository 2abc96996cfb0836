import chineseDays from 'chinese-days';
import type { Actor, Post } from '#platform/kernel/actor.ts';
import type { ResourceFacts } from '#platform/kernel/ports.ts';

/**
 * What a decision may depend on (判断依据): attributes of the post, of what is asked for and of the moment, never who the person
 * is. No right is given to a person, so two people of the same post, unit and assurance get the same answer.
 */
export type Facts = {
  action: string;
  post: Post;
  reach: 'own' | 'district';
  assurance: number;
  unit?: string;
  area?: string;
  /** The caller acts for somebody else. */
  acting: boolean;
  /** Resource kind (资源), or '-' where a route returns none. */
  kind: string;
  level: number;
  owner?: string;
  /** What is read is the caller's own. */
  own: boolean;
  /** Attribute of a card (档案项) that is asked about, and whether it comes with the card or is opened by itself. */
  attribute?: string;
  disclosure?: 'card' | 'single';
  purpose?: string;
  /** The stated purpose is in the register, in force, and open to this post. */
  purposeHeld: boolean;
  zone?: 'office' | 'internet';
  now: Date;
};

const SHANGHAI = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  hourCycle: 'h23',
});

function local(now: Date): { day: string; hour: number } {
  const part = Object.fromEntries(SHANGHAI.formatToParts(now).map(({ type, value }) => [type, value]));
  return { day: `${part.year}-${part.month}-${part.day}`, hour: Number(part.hour) };
}

/** Whether an area code names a committee, a street or the district, by its length (GB/T 2260 and GB/T 10114). */
function areaLevel(area: string | undefined): string {
  if (area === undefined) return 'none';
  return area.length >= 12 ? 'committee' : area.length >= 9 ? 'street' : 'district';
}

type Value = string | number | boolean | undefined;

/** Every attribute that a policy may name, and how it is found. What is not here no policy can ask. */
export const ATTRIBUTES = {
  'principal.post': (f: Facts): Value => f.post,
  'principal.reach': (f: Facts): Value => f.reach,
  'principal.assurance': (f: Facts): Value => f.assurance,
  'principal.unit': (f: Facts): Value => f.unit,
  'principal.area': (f: Facts): Value => f.area,
  'principal.areaLevel': (f: Facts): Value => areaLevel(f.area),
  'principal.acting': (f: Facts): Value => f.acting,
  'resource.kind': (f: Facts): Value => f.kind,
  'resource.level': (f: Facts): Value => f.level,
  'resource.owner': (f: Facts): Value => f.owner,
  'resource.own': (f: Facts): Value => f.own,
  'resource.attribute': (f: Facts): Value => f.attribute,
  'resource.disclosure': (f: Facts): Value => f.disclosure,
  'context.purpose': (f: Facts): Value => f.purpose,
  'context.purposeHeld': (f: Facts): Value => f.purposeHeld,
  'context.zone': (f: Facts): Value => f.zone,
  'context.hour': (f: Facts): Value => local(f.now).hour,
  'context.workday': (f: Facts): Value => chineseDays.isWorkday(local(f.now).day),
} as const;
export type Attribute = keyof typeof ATTRIBUTES;

/** The facts of a request. Undefined for who is no person in a post: nothing is allowed to them. */
export function factsOf(asked: {
  actor: Actor;
  action: string;
  resource?: ResourceFacts;
  purposeHeld: boolean;
  zone?: 'office' | 'internet';
  now: Date;
}): Facts | undefined {
  const { actor, action, resource, purposeHeld, zone, now } = asked;
  if (actor.kind !== 'person' || actor.post === undefined) return undefined;
  return {
    action,
    post: actor.post,
    reach: actor.reach,
    assurance: actor.assurance ?? 1,
    unit: actor.unit,
    area: actor.area,
    acting: actor.behalf !== undefined && !actor.behalf.aside,
    kind: resource?.kind ?? '-',
    level: resource?.level ?? 1,
    owner: resource?.owner,
    own: resource?.own ?? false,
    purpose: actor.purpose,
    purposeHeld,
    zone,
    now,
  };
}
