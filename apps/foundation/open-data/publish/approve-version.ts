import { route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { sql } from '#platform/kernel/sql.ts';
import { GateClosed, NotOpened, SamePerson, WrongState } from '../errors.ts';
import { ownUnit } from '../scope.ts';
import { Done, Id } from '../shapes.ts';
import { publishVersion } from './publish-version.ts';

/** Publishes a checked version (批准发布); never by who prepared it. */
export const approveVersion = route({
  method: 'POST',
  path: '/api/open-data/versions/:id/publish',
  summary: { zh: '批准发布版本', en: 'Publish a version' },
  allow: 'open-data.version.publish',
  params: Id,
  reply: Done,
  errors: [NotFound, GateClosed, NotOpened, SamePerson, WrongState],
  examples: {
    own: { as: 'data-officer', params: { id: 'fixture:version-to-publish' } },
    foreign: { as: 'data-officer', params: { id: 'fixture:foreign-open-version' } },
  },
  handler: async ({ db, actor, clock, params: { id } }) => {
    const own = await db.first(sql`
      select v.id from open_data.version v join open_data.dataset d on d.id = v.dataset where v.id = ${id}::uuid and ${ownUnit(actor, sql`d.owner`)}`);
    if (!own) throw NotFound.with();
    await publishVersion(db, { version: id, at: clock.now() });
    return { id, state: 'published' };
  },
});
