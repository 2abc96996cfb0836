import { describe, expect, it } from 'vitest';
import { createRegistry } from '#platform/kernel/registry.ts';
import { clockKind } from '#platform/calendar/clock-kind.ts';
import { INCIDENT_CLOCKS } from '#platform/case/clocks.ts';
import { manifests } from '../manifests.ts';

/** Clocks of which the rows themselves tell the step (`tellStep` of platform/service/case-act.ts and platform/case/act.ts). */
const TOLD_BY_ROWS = ['service.accept', 'service.decide', 'service.certify', ...INCIDENT_CLOCKS.map(({ id }) => id)];

describe('every clock of the house', () => {
  it('reaches electronic supervision (GS7): it names its step, or its rows tell of it', () => {
    const kinds = createRegistry(manifests)
      .provided(clockKind)
      .map(({ value }) => value);
    expect(
      kinds.filter(({ step, id }) => step === undefined && !TOLD_BY_ROWS.includes(id)).map(({ id }) => id),
    ).toEqual([]);
    expect(kinds.filter(({ step, id }) => step !== undefined && TOLD_BY_ROWS.includes(id))).toEqual([]);
    expect(kinds.map(({ id }) => id)).toEqual(
      expect.arrayContaining([...TOLD_BY_ROWS, 'service-hall.hand-over', 'dispute.answer']),
    );
  });
});
