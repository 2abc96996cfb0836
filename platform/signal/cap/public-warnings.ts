import { Type } from 'typebox';
import { type Mount, route } from '#platform/kernel/app.ts';
import { NotFound } from '#platform/kernel/errors.ts';
import { systemActor } from '#platform/kernel/actor.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type CapMessage, MessageSchema } from './message.ts';

const MOST = 100;
const actor = systemActor({ name: 'public-warnings' });

/**
 * Warnings that hold now (生效预警), for everybody without sign-in. Read from the table that can hold nothing but real, public ones. The gravest first.
 */
export const listPublicWarnings = route({
  method: 'GET',
  path: '/api/signal/public-warnings',
  summary: { zh: '生效中的预警', en: 'Warnings that hold now' },
  allow: 'public',
  reply: Type.Object({
    warnings: Type.Array(
      Type.Object({
        identifier: Type.String(),
        level: Type.Integer(),
        message: MessageSchema,
        releasedAt: Type.String({ format: 'date-time' }),
        expiresAt: Type.String({ format: 'date-time' }),
      }),
    ),
    asOf: Type.String({ format: 'date-time' }),
  }),
  examples: { own: { as: 'anonymous' } },
  handler: async ({ db, clock }) => {
    const rows = await db.rows<{
      identifier: string;
      level: number;
      message: CapMessage;
      releasedAt: Date;
      expiresAt: Date;
    }>(sql`
      select identifier, level, message, released_at as "releasedAt", expires_at as "expiresAt" from signal.public_warning
      where ended_at is null and expires_at > kernel.now() order by level, released_at desc limit ${MOST}::int`);
    return {
      warnings: rows.map((row) => ({
        ...row,
        releasedAt: row.releasedAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
      })),
      asOf: clock.now().toISOString(),
    };
  },
});

/** The message itself, for other systems: `/cap/{identifier}.xml`, byte for byte what was signed or came in; also after it has ended. */
export const capFiles: Mount = {
  path: '/cap/:file',
  summary: { zh: '预警 CAP 文件', en: 'Warnings as CAP files' },
  allow: 'public',
  register(server, kernel) {
    server.get<{ Params: { file: string } }>('/cap/:file', async (request, reply) => {
      const identifier = /^([^\s,<&/]{1,200})\.xml$/.exec(request.params.file)?.[1];
      const found =
        identifier === undefined
          ? undefined
          : await kernel.services.database.tx({ module: 'signal', actor, readOnly: true }, (db) =>
              db.first<{ xml: string }>(sql`select xml from signal.public_warning where identifier = ${identifier}`),
            );
      if (!found) throw NotFound.with();
      return reply
        .header('content-type', 'application/cap+xml; charset=utf-8')
        .header('cache-control', 'no-store')
        .send(found.xml);
    });
  },
};
