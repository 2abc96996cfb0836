import { Type } from 'typebox';
import { route } from '#platform/kernel/app.ts';
import { readDefinition } from '../bpmn/read-definition.ts';
import { DefinitionRefused } from '../bpmn/faults.ts';
import { modelOf, ProcessId, Xml } from './draft-record.ts';
import { durationsSeen } from '../mining/step-times.ts';
import { simulate } from './simulate.ts';
import { SimulationResult, SimulationSettings } from './simulation-terms.ts';
import { UnreadableFile } from './studio-errors.ts';

/** Plays a drawing with invented cases. Steps without an entered time take those that the log of the last version has seen. */
export const simulateProcess = route({
  method: 'POST',
  path: '/api/workflow/simulate',
  summary: { zh: '流程仿真', en: 'Simulate a process' },
  allow: 'workflow.process.read',
  repeatable: true,
  body: Type.Object(
    { xml: Xml, process: Type.Optional(ProcessId), settings: SimulationSettings },
    { additionalProperties: false },
  ),
  reply: SimulationResult,
  errors: [UnreadableFile, DefinitionRefused],
  bodyLimit: 4_000_000,
  examples: {
    own: {
      as: 'data-officer',
      body: {
        xml: 'fixture:process-xml',
        settings: {
          seed: 1,
          runs: 5,
          perDay: 5,
          defaultMinutes: 30,
          durations: {},
          posts: {},
          outcomes: {},
          variables: {},
        },
      },
    },
  },
  prepare: async ({ body: { xml } }) => {
    await modelOf(xml);
    return readDefinition(xml);
  },
  handler: async ({ db, body: { process, settings }, prepared: definition }) => {
    const seen = process === undefined ? {} : await durationsSeen(db, process);
    return simulate(definition, { ...settings, durations: { ...seen, ...settings.durations } });
  },
});
