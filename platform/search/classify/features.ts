import { isHan, runsOf } from '../terms/segment.ts';
import { soundOf } from '../terms/sound.ts';

/**
 * What a text is told apart by: each Chinese character and each two neighbouring ones of a run (一元组、二元组), other words whole, a number
 * as `#`: house numbers and telephone numbers say nothing about the kind of a matter, and are nobody's business here. Full and half width,
 * upper and lower case are one. Each once, in any order.
 *
 * Characters alone, since people say for one thing many words that share a character (路灯, 灯泡, 灯杆).
 */
export function featuresOf(text: string): string[] {
  return [
    ...new Set(
      runsOf(text).flatMap((run) => {
        if (!isHan(run)) return [/\d/.test(run) ? '#' : run];
        return [...run, ...pairs(run)];
      }),
    ),
  ];
}

/** A pair of characters (as in `featuresOf`) and how it sounds without tones (`~jing gai`). */
export type Sound = { pair: string; sound: string };

/**
 * How the pairs of a text sound (读音): asked where a pair itself is unknown, since who speaks to a machine is misheard by sound (景盖 for
 * 井盖), who types picks a homophone, and who writes in traditional characters (井蓋) writes the same sounds.
 */
export function soundsOf(text: string): Sound[] {
  return runsOf(text)
    .filter(isHan)
    .flatMap(pairs)
    .map((pair) => {
      const [one = '', other = ''] = pair;
      return { pair, sound: `~${soundOf(one)} ${soundOf(other)}` };
    });
}

function pairs(run: string): string[] {
  const characters = [...run];
  return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
}
