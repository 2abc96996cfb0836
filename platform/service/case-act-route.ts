import { type Static, type TObject, Type } from 'typebox';
import type { Actor, Post } from '#platform/kernel/actor.ts';
import { type Route, route } from '#platform/kernel/app.ts';
import { type DomainError, InvalidInput, NotFound } from '#platform/kernel/errors.ts';
import type { Text } from '#platform/kernel/text.ts';
import { type Brought, carryOut } from './case-act.ts';
import { REFUSALS } from './case-errors.ts';
import { beginProcess, doStep, STEP_ERRORS } from './case-process.ts';
import { holdSubCase, type SubRow } from './case-row.ts';
import type { Act, ActName, Role } from './case-state.ts';

export const CaseCodeText = Type.String({ pattern: '^[0-9]{18}[0-9A-Z]$' });
export const CaseParams = Type.Object({ code: CaseCodeText });
const SubParams = Type.Object({ code: CaseCodeText, no: Type.Integer({ minimum: 1, maximum: 99 }) });
const ActedSchema = Type.Object({
  no: Type.Integer(),
  state: Type.String(),
  outcome: Type.Union([Type.String(), Type.Null()]),
});

/** Words that people write into a case; what somebody has to understand is never shorter. */
export const Words = Type.String({ minLength: 4, maxLength: 1000 });
export const Document = Type.String({ minLength: 2, maxLength: 120 });
const NOTHING = Type.Object({}, { additionalProperties: false });

/**
 * A route for an act on one item of a case: every act is held, asked of the machine of states and carried out in the same way. What an
 * act needs besides stands in its row of `case-receive.ts`, `case-handle.ts`, `case-approve.ts`, `case-applicant-acts.ts`.
 */
export function actRoute<B extends TObject = typeof NOTHING>(of: {
  act: ActName;
  summary: Text;
  allow: string;
  role: Role;
  body?: B;
  /** A body with which the example's case can be acted on. */
  example?: Static<B>;
  as: Post;
  unit?: string;
  errors?: readonly DomainError[];
  /** The applicant's own act, which somebody may do for them. */
  own?: true;
  actOf?(body: Static<B>): Act;
  brought?(body: Static<B>, context: { actor: Actor; now: Date; row: SubRow }): Brought;
}): Route {
  const { act, own, as, unit, example } = of;
  const base = own ? '/api/service/own-cases' : '/api/service/cases';
  const call = (code: string) => ({ as, unit, params: { code, no: '1' }, body: example });
  return route({
    method: 'POST',
    path: `${base}/:code/items/:no/${act}`,
    summary: of.summary,
    allow: of.allow,
    ...(own && { self: true, delegable: 'service-cases' }),
    params: SubParams,
    body: of.body ?? NOTHING,
    reply: ActedSchema,
    errors: [NotFound, InvalidInput, ...new Set(Object.values(REFUSALS)), ...STEP_ERRORS, ...(of.errors ?? [])],
    examples: { own: call(`fixture:case-to-${act}`), foreign: call('fixture:foreign-case') },
    handler: async ({ db, actor, services, clock, params, body }) => {
      const row = await holdSubCase(db, params);
      if (!row) throw NotFound.with();
      const now = clock.now();
      const given = body as Static<B>;
      const done = of.actOf?.(given) ?? ({ act } as Act);
      const after = await carryOut({
        db,
        row,
        act: done,
        hand: { roles: [of.role], account: actor.account },
        now,
        brought: of.brought?.(given, { actor, now, row }),
      });
      await doStep({ db, services, row, act: done });
      await beginProcess({ db, services, row: after, now });
      return { no: after.no, state: after.state, outcome: after.outcome };
    },
  });
}
