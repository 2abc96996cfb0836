import type { CaseClass } from '#platform/case/classes.ts';
import { knowledgeOf } from '#apps/governance/grid/classify/class-knowledge.ts';
import { type Learnt, learn } from '#apps/governance/grid/classify/learn.ts';
import { fitDoubt } from '#platform/search/classify/train-classifier.ts';
import { generateApart } from './generate/case-templates.ts';
import type { CaseText } from './generate/case-texts.ts';
import type { Random } from './generate/random.ts';
import { partWords } from './generate/word-families.ts';

const TEXTS = 12_000;
/** To fit the confidence: so many texts in words of one family, asked of a model that was taught so many in the others. */
const APART = { taught: 6_000, asked: 2_000 } as const;

/** The sample's model of text to class (样例归类模型): generated reports and what is known of the classes, with a confidence fitted on words that it has not seen. */
export function learnSample(
  classes: readonly Pick<CaseClass, 'code' | 'name' | 'establish'>[],
  random: Random,
): (Learnt & { taught: CaseText[] }) | undefined {
  const codes = new Set(classes.map(({ code }) => code));
  const taught = generateApart({ count: TEXTS, random, side: 'taught', classes: codes });
  const { others, family } = partWords(0);
  const knowledge = knowledgeOf(classes);
  const doubt = fitDoubt({
    taught: generateApart({ count: APART.taught, random, side: 'taught', classes: codes, words: others }),
    asked: generateApart({ count: APART.asked, random, side: 'held-out', classes: codes, words: family }),
    knowledge,
  });
  const learnt = learn(taught, { knowledge, ...(doubt && { doubt }) });
  return learnt && { ...learnt, taught };
}
