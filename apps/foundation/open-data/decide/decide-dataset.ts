import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { json, sql } from '#platform/kernel/sql.ts';
import { WrongState } from '../errors.ts';
import { holdDataset } from '../scope.ts';
import { DecisionShape, SetId } from '../shapes.ts';
import type { Recipe } from '../publish/recipe.ts';
import { isPersonalItem } from './is-personal-item.ts';
import { decideOpening } from './opening-rule.ts';

/**
 * Decides how a set is opened (判定开放类型): the officer states the facts, the table of the rulebook says what follows. Whether personal data are
 * in it is not for the officer to deny: an item with fields of L3 or L4 is personal unless the set is made anonymous, which the gate proves.
 */
export const decideDataset = route({
  method: 'POST',
  path: '/api/open-data/datasets/:id/decision',
  summary: { zh: '判定开放类型', en: 'Decide how a set is opened' },
  allow: 'open-data.dataset.prepare',
  params: SetId,
  body: Type.Object(
    {
      secret: Type.Boolean(),
      commercial: Type.Boolean(),
      personal: Type.Boolean(),
      anonymised: Type.Boolean(),
      security: Type.Boolean(),
      timely: Type.Boolean(),
    },
    { additionalProperties: false },
  ),
  reply: Type.Object({ id: Type.String(), state: Type.String(), decision: DecisionShape }),
  errors: [NotFound, WrongState],
  examples: {
    own: {
      as: 'data-officer',
      params: { id: 'fixture-decide' },
      body: { secret: false, commercial: false, personal: false, anonymised: false, security: false, timely: false },
    },
    foreign: {
      as: 'data-officer',
      params: { id: 'buildings' },
      body: { secret: false, commercial: false, personal: false, anonymised: false, security: false, timely: false },
    },
  },
  handler: async ({ db, actor, clock, params: { id }, body, services }) => {
    const set = await holdDataset(db, id);
    if (set.state === 'open') throw WrongState.with({ extra: { state: set.state } });
    // What the gate turns into statistics or anonymous rows is not personal any more; it must then be declared as about persons, or be a
    // statistic of firms by its own recipe: the gate groups no rows of firms.
    const counted = (set.recipe as Recipe | null)?.count !== undefined;
    const anonymous = body.anonymised && (set.about === 'person' || (set.about === 'firm' && counted));
    const personal = (body.personal || isPersonalItem(services, set.item)) && !anonymous;
    const { secret, commercial, security, timely } = body;
    const decision = await decideOpening(db, { secret, commercial, personal, security, timely });
    const state = decision.opening === 'closed' ? 'refused' : 'decided';
    await db.run(sql`
      update open_data.dataset set state = ${state}, opening = ${decision.opening}, decision = ${json(decision)}::text::jsonb, decided_by = ${actor.account}, decided_name = ${actor.name},
        decided_at = ${clock.now()}::timestamptz, updated_at = ${clock.now()}::timestamptz where id = ${id}`);
    return { id, state, decision };
  },
});
