import { basename } from 'node:path';
import type { Services } from '#platform/kernel/app.ts';
import type { FieldFault } from '#platform/kernel/errors.ts';
import { isBreached } from './breached/breach-list.ts';
import { districtFolder } from './organisation.ts';
import { SHORTEST, type Weakness, weaknessOf } from './password-rules.ts';

const SAYS: Record<Weakness | 'breached', { zh: string; en: string }> = {
  short: { zh: `至少 ${SHORTEST} 个字`, en: `needs at least ${SHORTEST} characters` },
  guessable: {
    zh: '由常见词、日期、电话或键盘顺序组成，容易被猜到；请换几个不相干的词',
    en: 'is made of common words, dates, telephone numbers or keyboard rows; take a few unrelated words',
  },
  personal: {
    zh: '主要由您的账号、姓名或本区名称组成，容易被猜到',
    en: 'is mostly your account, your name or the district and easy to guess',
  },
  breached: {
    zh: '出现在已泄露的口令清单中，攻击者会先试它；请换一个，在别处也用它的话请一并更换',
    en: 'stands in a list of leaked passwords, which attackers try first; take another, and change it wherever else you use it',
  },
};

/** Why a new password is refused, at its field, or undefined. Reads the breach lists, so call it in `prepare`. */
export async function passwordFault(options: {
  services: Services;
  password: string;
  pointer: string;
  about: { account: string; name: string };
}): Promise<FieldFault | undefined> {
  const { services, password, pointer, about } = options;
  const { config } = services;
  const weakness = weaknessOf(password, [about.account, about.name, basename(districtFolder(config.root))]);
  const rule = weakness ?? ((await isBreached(password, config)) ? 'breached' : undefined);
  return rule && { pointer, rule, message: SAYS[rule] };
}
