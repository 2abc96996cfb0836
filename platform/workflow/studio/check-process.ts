import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { AppId, OWN_APP } from './apps.ts';
import { UnreadableFile } from './studio-errors.ts';
import { modelOf, Xml } from './draft-record.ts';
import { FindingSchema } from './finding.ts';
import { knownTo } from './known.ts';
import { lintDefinition } from './lint-definition.ts';

/** Checks a drawing without keeping it: while it is being drawn, and before it is published. */
export const checkProcess = route({
  method: 'POST',
  path: '/api/workflow/lint',
  summary: { zh: '检查流程图', en: 'Check a drawing' },
  allow: 'workflow.process.read',
  repeatable: true,
  body: Type.Object({ xml: Xml, app: Type.Optional(AppId) }, { additionalProperties: false }),
  reply: Type.Object({
    findings: Type.Array(FindingSchema),
    /** Situations of the token game that were looked at. */
    markings: Type.Integer(),
    executable: Type.Boolean(),
  }),
  errors: [UnreadableFile],
  bodyLimit: 4_000_000,
  examples: { own: { as: 'data-officer', body: { xml: 'fixture:process-xml' } } },
  prepare: async ({ body: { xml } }) => {
    await modelOf(xml);
  },
  handler: async ({ db, services, body: { xml, app = OWN_APP } }) => {
    const { findings, markings, definition } = await lintDefinition(xml, (needs) =>
      knownTo(db, services, { app, needs }),
    );
    return { findings, markings, executable: definition !== undefined };
  },
});
