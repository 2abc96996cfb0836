import type { Actor } from './actor.ts';
import type { Route } from './app.ts';
import type { Config } from './config.ts';
import { domainError, type ProblemError } from './errors.ts';

/** The session is not sure enough of the person for this route, but the account can prove more. */
export const StepUpRequired = domainError({
  code: 'STEP_UP_REQUIRED',
  status: 403,
  title: { zh: '请再确认一次是您本人', en: 'Please confirm once more that it is you' },
  action: {
    zh: '请用动态码、通行密钥或恢复码验证，然后继续。',
    en: 'Verify with a code, a passkey or a recovery code, then go on.',
  },
});
/** The account has nothing stronger than a password, and this installation asks everyone for it. */
export const SecondFactorRequired = domainError({
  code: 'SECOND_FACTOR_REQUIRED',
  status: 403,
  title: { zh: '此操作需要两步验证', en: 'This needs a second factor' },
  action: { zh: '请先在“我的账号与设备”中启用两步验证。', en: 'Set one up under “My account and devices” first.' },
});

/** What a route's `assurance` answers to this actor: nothing when it is met. */
export function assuranceProblem(check: {
  route: Pick<Route, 'assurance' | 'passwordOnly'>;
  actor: Pick<Actor, 'assurance' | 'strongest'>;
  config: Pick<Config, 'secondFactor'>;
}): ProblemError | undefined {
  const { route, actor, config } = check;
  const wanted = route.assurance ?? 1;
  if ((actor.assurance ?? 1) >= wanted) return undefined;
  if ((actor.strongest ?? 1) >= wanted) return StepUpRequired.with({ extra: { assurance: wanted } });
  if (route.passwordOnly && (actor.strongest ?? 1) === 1) return undefined;
  if (config.secondFactor === 'enrolled' && (actor.strongest ?? 1) === 1) return undefined;
  return SecondFactorRequired.with({ extra: { assurance: wanted } });
}
