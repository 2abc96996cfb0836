import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byOurClock, deviceMomentOf, MADE_AT, SENT_AT } from './device-clock.ts';

const at = (text: string) => new Date(`2026-11-26T${text}:00.000Z`);

describe('what a device says of the time', () => {
  it('a wrong clock does not move the moment: what passed on the device counts back from ours', () => {
    const said = { madeAt: new Date('2031-01-01T00:00:00Z'), sentAt: new Date('2031-01-01T02:00:00Z') };
    expect(byOurClock(said, at('10:00')).madeAt).toEqual(at('08:00'));
    expect(byOurClock({ madeAt: at('11:00'), sentAt: at('09:00') }, at('10:00'))).toEqual({
      madeAt: at('10:00'),
      skewSeconds: -3600,
    });
  });

  it('any skew leaves the moment where it was, and is measured to the second', () => {
    const year = 365 * 86_400;
    fc.assert(
      fc.property(fc.integer({ min: -year, max: year }), fc.integer({ min: 0, max: year }), (skew, passed) => {
        const received = at('10:00').getTime();
        const sentAt = new Date(received + skew * 1000);
        const found = byOurClock({ madeAt: new Date(sentAt.getTime() - passed * 1000), sentAt }, new Date(received));
        expect(found).toEqual({ madeAt: new Date(received - passed * 1000), skewSeconds: skew });
      }),
    );
  });

  it('is nothing where a header is missing or no moment', () => {
    const good = { [MADE_AT]: '2026-11-26T08:00:00.000Z', [SENT_AT]: '2026-11-26T09:00:00.000Z' };
    expect(deviceMomentOf(good, at('09:00'))).toEqual({ madeAt: at('08:00'), skewSeconds: 0 });
    for (const bad of ['', 'yesterday', '2026-11-26', '+275760-09-13T00:00:00.000Z', '2026-13-45T99:00:00.000Z'])
      expect(deviceMomentOf({ ...good, [MADE_AT]: bad }, at('09:00')), bad).toBeUndefined();
    expect(deviceMomentOf({ [MADE_AT]: good[MADE_AT] }, at('09:00'))).toBeUndefined();
  });
});
