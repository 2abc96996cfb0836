import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRINCIPLES, routeIntake } from './route-intake.ts';

const here = { code: 'west', area: '310101023' };
const centres = [here, { code: 'east', area: '310101018' }, { code: 'whole', area: '310101' }];
const route = (principle: (typeof PRINCIPLES)[number] | undefined, streets: string[]) =>
  routeIntake({ rule: principle && { principle }, streets, here, centres });

describe('what was handed in', () => {
  it('is accepted here where it may be accepted anywhere, or belongs here', () => {
    expect([route('anywhere', []), route('residence', ['310101023'])]).toEqual([{ to: 'here' }, { to: 'here' }]);
  });

  it('goes to the centre of the street in which the address lies', () => {
    expect(route('residence', ['310101018', '310101018'])).toEqual({ to: 'centre', centre: 'east' });
  });

  it('goes to a person where the rule, the address or the centre is not clear', () => {
    expect(
      [route(undefined, ['310101018']), route('business', []), route('business', ['310101018', '310101023'])].concat(
        route('registration', ['310101002']),
      ),
    ).toEqual(['no-rule', 'unknown-address', 'several-places', 'no-centre'].map((why) => ({ to: 'dispatcher', why })));
  });

  it('never goes to nobody', () => {
    const street = fc.constantFrom('310101023', '310101018', '310101002', '');
    fc.assert(
      fc.property(
        fc.option(fc.constantFrom(...PRINCIPLES), { nil: undefined }),
        fc.array(street),
        (principle, streets) => {
          const found = route(principle, streets);
          if (found.to === 'centre') expect(centres.map(({ code }) => code)).toContain(found.centre);
          else expect(['here', 'dispatcher']).toContain(found.to);
        },
      ),
    );
  });
});
