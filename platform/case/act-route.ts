import { type Static, type TObject, Type } from 'typebox';
import type { Actor, Post } from '#platform/kernel/actor.ts';
import { type Route, route } from '#platform/kernel/app.ts';
import type { Db } from '#platform/kernel/db.ts';
import type { EndedUnit } from '#platform/kernel/ended-units.ts';
import { type DomainError, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import type { Text } from '#platform/kernel/text.ts';
import { deviceNote, type DeviceNote } from '#platform/calendar/device-skew.ts';
import { FileGone } from '#platform/document/document-errors.ts';
import { type Brought, carryOut } from './act.ts';
import { type CaseRow, holdCase } from './case-row.ts';
import { ExtensionOutside, NotYourUnit, REFUSALS } from './errors.ts';
import { boundOutside } from './outside-limit.ts';
import type { Act, ActName, Role } from './lifecycle.ts';
import { refuseUnit, UnitGone } from './unit-gone.ts';

export const CaseNo = Type.String({ pattern: '^AJ[0-9]{14}$' });
export const CaseParams = Type.Object({ no: CaseNo });
/** Words that people write into a case; what somebody has to understand is never shorter. */
export const Words = Type.String({ minLength: 4, maxLength: 1000 });
export const Files = Type.Array(Type.String({ format: 'uuid' }), { maxItems: 9 });
const NOTHING = Type.Object({}, { additionalProperties: false });
const ActedSchema = Type.Object({
  no: Type.String(),
  state: Type.String(),
  unit: Type.Union([Type.String(), Type.Null()]),
});

/** Which parts a post may play in a case; that of a unit and of its leader only where the case is in the unit's hands. */
const POST_ROLES: Partial<Record<Post, readonly Role[]>> = {
  'duty-officer': ['operator', 'dispatcher', 'centre'],
  'street-clerk': ['operator', 'dispatcher', 'unit', 'supervisor'],
  'data-officer': ['unit'],
  'committee-worker': ['supervisor'],
  'grid-supervisor': ['supervisor'],
  'unit-head': ['leader'],
};
export function rolesOf(actor: Actor, row: Pick<CaseRow, 'unit'>): Role[] {
  const roles = actor.post ? (POST_ROLES[actor.post] ?? []) : [];
  const inHand = row.unit !== null && row.unit === actor.unit;
  return roles.filter((role) => inHand || (role !== 'unit' && role !== 'leader'));
}

/**
 * A route for an act on a case: every act is held, asked of the machine of states and carried out in the same way. What an act needs besides
 * stands in its row of `operate.ts`, `handle.ts`, `check.ts`.
 */
export function actRoute<B extends TObject = typeof NOTHING>(of: {
  act: ActName;
  summary: Text;
  allow: string;
  role: Role;
  body?: B;
  /** A body with which the example's case can be acted on. */
  example?: unknown;
  as: Post;
  unit?: string;
  /** No case is foreign to a post that sees the whole district. */
  wide?: true;
  errors?: readonly DomainError[];
  actOf?(
    body: Static<B>,
    context: { db: Db; now: Date; row: CaseRow; ended: ReadonlyMap<string, EndedUnit> },
  ): Promise<Act> | Act;
  brought?(body: Static<B>, context: { actor: Actor; now: Date; row: CaseRow; db: Db }): Promise<Brought> | Brought;
  /** What follows in the same transaction. */
  follow?(context: { db: Db; actor: Actor; now: Date; row: CaseRow; body: Static<B> }): Promise<void>;
}): Route {
  const { act, as, unit, example } = of;
  const call = (no: string) => ({ as, unit, params: { no }, body: example });
  return route({
    method: 'POST',
    path: `/api/incident/cases/:no/${act}`,
    summary: of.summary,
    allow: of.allow,
    params: CaseParams,
    body: of.body ?? NOTHING,
    reply: ActedSchema,
    errors: [
      NotFound,
      InvalidInput,
      FileGone,
      NotYourUnit,
      ...new Set(Object.values(REFUSALS)),
      ...(of.body?.properties.unit ? [UnitGone] : []),
      ...(of.errors ?? []),
    ],
    examples: {
      own: call(`fixture:incident-to-${act}`),
      ...(of.wide ? {} : { foreign: call('fixture:foreign-incident') }),
    },
    // A case that goes to a unit which does not exist would be lost: the register of units answers, outside the transaction.
    prepare: async ({ body, services, params }) => {
      const unit = (body as { unit?: string } | undefined)?.unit;
      return {
        ended: unit === undefined ? new Map<string, EndedUnit>() : await refuseUnit(services, unit),
        bound: of.role === 'leader' && (await boundOutside(services, params.no)),
      };
    },
    handler: async ({ db, actor, clock, params, body, device, prepared: { ended, bound } }) => {
      const row = await holdCase(db, params.no);
      if (!row) throw NotFound.with();
      if ((of.role === 'unit' || of.role === 'leader') && row.unit !== null && row.unit !== actor.unit)
        throw NotYourUnit.with();
      if (bound && row.asked?.kind === 'extend') throw ExtensionOutside.with();
      const now = clock.now();
      const given = body as Static<B>;
      const after = await carryOut({
        db,
        row,
        act: (await of.actOf?.(given, { db, now, row, ended })) ?? ({ act } as Act),
        hand: { roles: [of.role], account: actor.account },
        now,
        brought: withDevice(await of.brought?.(given, { actor, now, row, db }), await deviceNote(db, device, now)),
      });
      await of.follow?.({ db, actor, now, row: after, body: given });
      return { no: after.no, state: after.state, unit: after.unit };
    },
  });
}

/** What was done on site and sent later says when it was done (离线办理). */
function withDevice(brought: Brought | undefined, device: DeviceNote | undefined): Brought | undefined {
  return device ? { ...brought, data: { ...brought?.data, device } } : brought;
}
