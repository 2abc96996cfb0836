import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addCodes,
  type Answer,
  emptyOutbox,
  forgetFiled,
  type Outbox,
  takeIn,
  upload,
  withTold,
} from './offline-outbox.ts';
import { keyOf, newSalt, seal, unseal } from './offline-seal.ts';

const given = (n: number) => ({
  id: `form-${n}`,
  takenAt: '2026-11-26T02:00:00Z',
  item: { code: 'food-licence', version: 1 },
  answers: { 'shop-name': '石库门面馆' },
  contact: { name: '沈若水', phone: '13812345678' },
  idNumber: '11010519491231002X',
});
const filled = (codes: number, intakes: number): Outbox => {
  let outbox = addCodes(emptyOutbox(''), {
    id: '00000000-0000-7000-8000-000000abcdef',
    codes: Array.from({ length: codes }, (_, i) => `code-${i}`),
  });
  for (let n = 0; n < intakes; n += 1) outbox = takeIn(outbox, given(n));
  return outbox;
};

/** A server that files a form once, and loses requests and answers as it is told. */
function server(faults: readonly ('none' | 'lost' | 'answer-lost')[], taken: ReadonlySet<string> = new Set()) {
  const cases = new Map<string, string>();
  let at = 0;
  const send = async (body: object): Promise<Answer> => {
    const fault = faults[at % Math.max(1, faults.length)] ?? 'none';
    at += 1;
    if (fault === 'lost') return 'away';
    const { form, reserved } = body as { form: string; reserved?: string };
    if (!cases.has(form)) {
      if (reserved !== undefined && taken.has(reserved))
        return { refused: { code: 'CASE_CODE_NOT_RESERVED', title: '' } };
      cases.set(form, reserved ?? `new-${cases.size}`);
    }
    return fault === 'answer-lost' ? 'away' : { filed: cases.get(form) ?? '' };
  };
  return { cases, send };
}

describe('a window that is cut off', () => {
  it('gives each the next code, and a paper receipt once none is left', () => {
    const { intakes } = filled(2, 4);
    expect(intakes.map(({ code, receipt }) => code ?? receipt)).toEqual([
      'code-0',
      'code-1',
      'R-abcdef-001',
      'R-abcdef-002',
    ]);
  });

  it('becomes one case for each intake, whatever is lost on the way and however often it is tried', async () => {
    const fault = fc.constantFrom('none' as const, 'lost' as const, 'answer-lost' as const);
    await fc.assert(
      fc.asyncProperty(fc.array(fault, { minLength: 1, maxLength: 12 }), fc.nat({ max: 12 }), async (faults, codes) => {
        const { cases, send } = server([...faults, 'none']);
        let outbox = filled(codes, 10);
        for (let tries = 0; tries < 200 && outbox.intakes.some(({ filed }) => filed === null); tries += 1)
          outbox = await upload(outbox, send, () => undefined);
        expect(cases.size).toBe(10);
        for (const { id, code, filed } of outbox.intakes) {
          expect(filed).toBe(cases.get(id));
          if (code !== null) expect(filed).toBe(code);
        }
        expect(forgetFiled(outbox).intakes).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('gets another code where its own is gone, and is held up by no refusal', async () => {
    const { cases, send } = server([], new Set(['code-0']));
    const refusing = async (body: object): Promise<Answer> =>
      (body as { form: string }).form === 'form-1'
        ? { refused: { code: 'INVALID_INPUT', title: '填写的内容有误' } }
        : send(body);
    const kept: Outbox[] = [];
    const outbox = await upload(filled(3, 3), refusing, (each) => void kept.push(each));
    expect(outbox.intakes.map(({ filed }) => filed)).toEqual(['new-0', null, 'code-2']);
    expect(outbox.intakes[1]?.refused?.code).toBe('INVALID_INPUT');
    expect([cases.size, kept.length]).toEqual([2, 3]);
  });

  it('loses nobody who is taken in while the others are sent, and gives no code twice', async () => {
    const { cases, send } = server([]);
    let outbox = filled(3, 2);
    await upload(
      outbox,
      async (body) => {
        if (outbox.intakes.length === 2) outbox = takeIn(outbox, given(2));
        return send(body);
      },
      (sent) => {
        outbox = withTold(outbox, sent);
      },
    );
    expect(outbox.intakes.map(({ code, filed }) => [code, filed])).toEqual([
      ['code-0', 'code-0'],
      ['code-1', 'code-1'],
      ['code-2', null],
    ]);
    expect([cases.size, outbox.codes]).toEqual([2, []]);
  });

  it('keeps what it took in under the PIN of the shift only', async () => {
    const salt = newSalt();
    const key = await keyOf('274951', salt);
    const sealed = await seal(key, salt, filled(1, 1));
    expect(JSON.stringify(sealed)).not.toContain('沈若水');
    expect((await unseal<Outbox>('274951', sealed))?.value).toEqual(filled(1, 1));
    expect(await unseal('274952', sealed)).toBeUndefined();
    const changed = sealed.data.replace(/^./, (letter) => (letter === 'A' ? 'B' : 'A'));
    expect(await unseal('274951', { ...sealed, data: changed })).toBeUndefined();
  });
});
