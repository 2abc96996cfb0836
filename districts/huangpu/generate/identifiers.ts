/**
 * Identifiers of invented persons and firms. All carry region 310199, which GB/T 2260 does not assign:
 * no number made here can belong to a real person or firm, and the platform accepts it only where `district.sample` is true.
 */
import { SAMPLE_REGION, composeCitizenId } from '#platform/kernel/codes/citizen-id.ts';
import { composeCreditCode } from '#platform/kernel/codes/credit-code.ts';
import { businessRegistrationCheck } from '#platform/kernel/codes/business-registration.ts';
import type { Random } from './random.ts';

const CREDIT_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Gives each person of one birth date and sex the next free sequence number 顺序码; 900–999 stay free for uploads made later. */
export function createCitizenNumbers(): (person: { birthDate: string; sex: '1' | '2' }) => string {
  const used = new Map<string, number>();
  return ({ birthDate, sex }) => {
    const key = birthDate + sex;
    const index = used.get(key) ?? 0;
    used.set(key, index + 1);
    const sequence = index * 2 + (sex === '1' ? 1 : 2);
    if (sequence >= 900) throw new RangeError(`more than 449 persons of one sex born on ${birthDate}`);
    return citizenNumber({ birthDate, sequence });
  };
}

/** A citizen number 公民身份号码 of the sample region; an odd sequence is a man, an even one a woman. */
export function citizenNumber({ birthDate, sequence }: { birthDate: string; sequence: number }): string {
  return composeCitizenId({ region: SAMPLE_REGION, birthDate, sequence });
}

/** A credit code 统一社会信用代码 whose body is the number `index`, so that codes never repeat. `kind` is 1 for a firm, 2 for a self-employed person 个体工商户. */
export function creditCode({
  kind,
  index,
  authority = '9',
}: {
  kind: 1 | 2;
  index: number;
  /** 登记管理部门: 9 market supervision, 5 civil affairs, 1 staffing. */
  authority?: '1' | '5' | '9';
}): string {
  let body = '';
  // Spread the running number over the alphabet: a multiplier coprime to 31^6 keeps the codes distinct.
  let rest = (index * 7919 + 104729) % 31 ** 6;
  for (let i = 0; i < 6; i++) {
    body = CREDIT_ALPHABET.charAt(rest % 31) + body;
    rest = Math.floor(rest / 31);
  }
  return composeCreditCode({ kind: `${authority}${kind}`, region: SAMPLE_REGION, organisation: `MA${body}` });
}

/** A mobile number of the right shape; the run 199 00xx xxxx is used for every invented person. */
export function mobileNumber(random: Random): string {
  return `19900${String(random.int(0, 999999)).padStart(6, '0')}`;
}

/** A registration number 工商注册号 of before 2015, of the sample region. */
export function registrationNumber(index: number): string {
  const first14 = `${SAMPLE_REGION}${String(index).padStart(8, '0')}`;
  return first14 + businessRegistrationCheck(first14);
}
