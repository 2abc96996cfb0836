import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { composeCreditCode } from '#platform/kernel/codes/credit-code.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type EntityHouse, openEntityHouse, reconcileAll } from '../fixtures/house.ts';
import { taxAuthorisationTarget } from '../facts/load-tax-authorisations.ts';
import { taxStandingTarget } from '../facts/load-tax-standing.ts';
import { entityTarget } from '../load-entities.ts';
import type { FindingView } from './finding-record.ts';

let e: EntityHouse;
beforeAll(async () => {
  e = await openEntityHouse();
}, 240_000);
afterAll(() => e?.house.close());

const code = (n: number) =>
  composeCreditCode({ kind: '91', region: '310199', organisation: `MA3${String(n).padStart(5, '0')}` });
const registered = (uscc: string, more: Record<string, string> = {}) => ({
  uscc,
  name: `上海样例${uscc.slice(11, 16)}咨询有限公司`,
  kind: '有限责任公司',
  status: '存续',
  statusOn: '2019-03-01',
  foundedOn: '2019-03-01',
  registrarArea: '310101',
  registeredAddress: '上海市黄浦区淮海中路16号806室',
  legalRepresentative: '龚建荣',
  ...more,
});
const taxed = (uscc: string, more: Record<string, string> = {}) => ({
  uscc,
  name: `上海样例${uscc.slice(11, 16)}咨询有限公司`,
  taxState: '正常',
  taxOffice: '310101',
  taxAddress: '上海市黄浦区淮海中路16号806室',
  ...more,
});
const findingsOf = async (who: string, uscc: string): Promise<FindingView[]> =>
  (await e.get(who, `/api/legal-entity/findings?uscc=${uscc}`)).json<{ findings: FindingView[] }>().findings;
const kindsOf = async (uscc: string, state = 'open') =>
  (await findingsOf('market', uscc)).filter((f) => f.state === state).map((f) => f.kind);

describe('what registers say differently', () => {
  it('is found by kind, each with its owner and ten working days', async () => {
    const [fine, untaxed, unregistered, ghost, foreign, elsewhere, fresh] = [1, 2, 3, 4, 5, 6, 7].map(
      code,
    ) as string[] as [string, string, string, string, string, string, string];
    const today = new Date().toISOString().slice(0, 10);
    await e.send(entityTarget, 'market-supervision', [
      registered(fine),
      registered(untaxed),
      registered(ghost, { status: '注销', statusOn: '2025-05-01' }),
      registered(foreign, { kind: '外商投资企业' }),
      registered(elsewhere),
      registered(fresh, { foundedOn: today, statusOn: today }),
    ]);
    await e.send(entityTarget, 'tax', [
      taxed(fine),
      taxed(unregistered),
      taxed(ghost),
      taxed(foreign),
      taxed(elsewhere, { taxOffice: '310151', taxAddress: '上海市崇明区样例园区1号' }),
    ]);
    expect(await reconcileAll(e)).toEqual({ opened: 4, closed: 0 });
    // A register that has sent nothing says nothing; once commerce has sent its file, what is not in it is a difference.
    expect(await kindsOf(foreign)).toEqual([]);
    await e.send(entityTarget, 'commerce', [{ uscc: fine, name: `上海样例${fine.slice(11, 16)}咨询有限公司` }]);
    expect(await reconcileAll(e)).toEqual({ opened: 1, closed: 0 });
    expect(await kindsOf(fine)).toEqual([]);
    expect(await kindsOf(untaxed)).toEqual(['not-taxed']);
    expect(await kindsOf(unregistered)).toEqual(['not-registered']);
    expect(await kindsOf(ghost)).toEqual(['cancelled-invoicing']);
    expect(await kindsOf(foreign)).toEqual(['foreign-filing-missing']);
    expect(await kindsOf(elsewhere)).toEqual(['taxed-elsewhere']);
    // Thirty days are left to register with the tax authority.
    expect(await kindsOf(fresh)).toEqual([]);
    const [finding] = await findingsOf('tax', untaxed);
    expect(finding).toMatchObject({
      ownerUnit: 'tax',
      mayAnswer: true,
      clock: { amount: 10, unit: 'working-day', state: 'running' },
    });
    expect(finding?.steps.map((s) => s.step)).toEqual(['opened']);
    // The same data again change nothing.
    expect(await reconcileAll(e)).toEqual({ opened: 0, closed: 0 });
  });

  it('an answer ends the clock; only data close the case, and it recurs by data', async () => {
    const [untaxed] = [code(2)];
    const [finding] = await findingsOf('tax', untaxed);
    const url = `/api/legal-entity/findings/${finding?.id}/answer`;
    expect((await e.post('market', url, { result: 'firm-notified', answer: '不是本单位的' })).json()).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect((await e.post('tax', url, { result: 'firm-notified', answer: '已通知企业补办' })).json()).toMatchObject({
      state: 'answered',
      clock: { state: 'ended' },
      answer: { result: 'firm-notified', unit: 'tax' },
    });
    expect((await e.post('tax', url, { result: 'firm-notified', answer: '再答一次' })).json()).toMatchObject({
      code: 'FINDING_NOT_OPEN',
    });
    expect(await reconcileAll(e)).toEqual({ opened: 0, closed: 0 });
    await e.send(entityTarget, 'tax', [taxed(untaxed)], 'tax-next');
    expect(await reconcileAll(e)).toEqual({ opened: 0, closed: 1 });
    expect(await kindsOf(untaxed, 'closed')).toEqual(['not-taxed']);
  });

  it('a difference that comes back is a new case that says so', async () => {
    const uscc = code(8);
    await e.send(entityTarget, 'market-supervision', [registered(uscc)], 'm8');
    await e.send(entityTarget, 'tax', [taxed(uscc, { taxOffice: '310151' })], 't8');
    await reconcileAll(e);
    await e.send(entityTarget, 'tax', [taxed(uscc)], 't8');
    await reconcileAll(e);
    await e.send(entityTarget, 'tax', [taxed(uscc, { taxOffice: '310115' })], 't8');
    await reconcileAll(e);
    const all = await findingsOf('tax', uscc);
    expect(all.map((f) => [f.state, f.recurs]).sort()).toEqual([
      ['closed', 0],
      ['open', 1],
    ]);
    expect(all.find((f) => f.recurs === 1)?.steps.map((s) => s.step)).toEqual(['recurred']);
  });

  it('invoices after the day of cancellation are seen though the tax register has struck it off', async () => {
    const uscc = code(9);
    await e.send(taxAuthorisationTarget, 'tax', [
      { id: 'SQ-R', basis: 'statute', document: '样例授权', validFrom: '2025-01-01', validTo: null },
    ]);
    await e.send(
      entityTarget,
      'market-supervision',
      [registered(uscc, { status: '注销', statusOn: '2025-05-01' })],
      'm9',
    );
    await e.send(entityTarget, 'tax', [taxed(uscc, { taxState: '注销' })], 't9');
    await reconcileAll(e);
    expect(await kindsOf(uscc)).toEqual([]);
    await e.send(taxStandingTarget, 'tax', [
      { uscc, authorisation: 'SQ-R', period: '2025', lastInvoiceOn: '2025-06-02' },
    ]);
    await reconcileAll(e);
    expect(await kindsOf(uscc)).toEqual(['cancelled-invoicing']);
    // The day is a tax secret: it stands in no answer.
    expect((await e.get('market', `/api/legal-entity/findings?uscc=${uscc}`)).body).not.toContain('2025-06-02');
  });

  it('the proof scenario: registered in Huaihai Road, taxed elsewhere, trading in a Xintiandi tower', async () => {
    const uscc = code(10);
    await e.send(entityTarget, 'market-supervision', [registered(uscc)], 'm10');
    await e.send(
      entityTarget,
      'tax',
      [taxed(uscc, { taxOffice: '310151', taxAddress: '上海市崇明区样例园区1号' })],
      't10',
    );
    await e.send(entityTarget, 'investment', [
      {
        uscc,
        name: `上海样例${uscc.slice(11, 16)}咨询有限公司`,
        tradingAddress: '上海市黄浦区太仓路58号1203室',
        legalRepresentative: '龚建荣',
      },
    ]);
    await reconcileAll(e);
    const facts = (await e.get('clerk', `/api/legal-entity/entities/${uscc}/facts`)).json<{
      places: { kind: string; buildingCode: string | null }[];
    }>();
    expect(facts.places.map((p) => [p.kind, p.buildingCode])).toEqual([
      ['registered', 'B-HH'],
      ['trading', 'B-XTD'],
      ['tax', null],
    ]);
    const [finding] = (await findingsOf('clerk', uscc)).filter((f) => f.kind === 'not-registered-here');
    expect(finding).toMatchObject({ ownerUnit: 'street-310101022', buildingCode: 'B-XTD', mayVisit: true });
    // Another street does not see it, by list or by number.
    expect(await findingsOf('otherClerk', uscc)).toEqual([]);
    const url = `/api/legal-entity/findings/${finding?.id}`;
    expect((await e.get('otherClerk', url)).statusCode).toBe(404);
    expect((await e.post('otherClerk', `${url}/visit`)).statusCode).toBe(404);
    const ordered = await e.post('clerk', `${url}/visit`);
    expect(ordered.json()).toMatchObject({
      visit: { unit: 'street-310101022', state: 'open', clock: { amount: 5, state: 'running' } },
    });
    expect((await e.post('clerk', `${url}/visit`)).json()).toMatchObject({ code: 'VISIT_OPEN' });
    expect((await e.post('clerk', `${url}/visit/report`, { report: '已上门，将办理住所变更' })).json()).toMatchObject({
      visit: { state: 'done', clock: { state: 'ended' } },
    });
    // The firm files its premises: the case closes by data.
    await e.send(
      entityTarget,
      'market-supervision',
      [registered(uscc, { premisesAddress: '太仓路58号1203室' })],
      'm10',
    );
    await reconcileAll(e);
    expect((await e.get('clerk', url)).json()).toMatchObject({ state: 'closed' });
  });

  it('amber and overdue stand in the history, and on the board', async () => {
    const uscc = code(11);
    await e.send(entityTarget, 'market-supervision', [registered(uscc)], 'm11');
    await reconcileAll(e);
    const [finding] = await findingsOf('tax', uscc);
    await e.as((db) =>
      db.run(
        sql`update calendar.clock set amber_at = kernel.now() - interval '3 days', due_at = kernel.now() - interval '1 day' where id = ${finding?.clock.id ?? ''}::uuid`,
      ),
    );
    const { counts } = (await e.get('tax', '/api/legal-entity/findings')).json<{
      counts: { kind: string; state: string; overdue: number }[];
    }>();
    expect(counts.find((c) => c.kind === 'not-taxed' && c.state === 'open')?.overdue).toBe(1);
    for (const type of ['calendar.clock.amber', 'calendar.clock.due'])
      await e.as((db) =>
        db.emit({
          type,
          subject: finding?.clock.id ?? '',
          data: {
            clock: finding?.clock.id ?? '',
            app: 'legal-entity',
            kind: 'legal-entity.finding',
            subject: finding?.id ?? '',
          },
        }),
      );
    await e.settled();
    const after = (await findingsOf('tax', uscc))[0];
    expect(after?.lateAt).not.toBeNull();
    expect(after?.steps.map((s) => s.step)).toEqual(expect.arrayContaining(['amber', 'overdue']));
  });
});
