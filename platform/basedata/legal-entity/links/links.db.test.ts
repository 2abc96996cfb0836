import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { businessRegistrationCheck } from '#platform/kernel/codes/business-registration.ts';
import { composeCreditCode } from '#platform/kernel/codes/credit-code.ts';
import { sql } from '#platform/kernel/sql.ts';
import { type EntityHouse, openEntityHouse } from '../fixtures/house.ts';
import { entityTarget } from '../load-entities.ts';

let e: EntityHouse;
beforeAll(async () => {
  e = await openEntityHouse();
}, 240_000);
afterAll(() => e?.house.close());

const code = (n: number) =>
  composeCreditCode({ kind: '91', region: '310199', organisation: `MA4${String(n).padStart(5, '0')}` });
const number = (n: number) => {
  const first14 = `310199${String(n).padStart(8, '0')}`;
  return first14 + businessRegistrationCheck(first14);
};
const firms = (like: string) =>
  e.as((db) =>
    db.rows<{ uscc: string; name: string; registers: string }>(
      sql`select uscc, name, registers from legal_entity.entity where name like ${like} order by uscc`,
    ),
  );

describe('claims without a credit code', () => {
  it('find their firm by the old number, whichever comes first', async () => {
    const firm = {
      name: '上海郯氏贸易有限公司',
      registeredAddress: '上海市黄浦区四川中路1号101室',
      legalRepresentative: '郯稷',
    };
    await e.send(entityTarget, 'tax', [
      { registrationNo: number(1), name: '郯氏贸易（上海）有限责任公司', taxAddress: '黄浦区四川中路1号101室' },
    ]);
    // Alone it is an enterprise with a key that is no code.
    expect((await firms('%郯氏%')).map((f) => f.uscc[0])).toEqual(['Z']);
    await e.send(entityTarget, 'market-supervision', [{ ...firm, uscc: code(1), registrationNo: number(1) }]);
    expect(await firms('%郯氏%')).toEqual([{ uscc: code(1), name: firm.name, registers: 'market-supervision,tax' }]);
    await e.send(entityTarget, 'commerce', [{ registrationNo: number(1), name: '上海郯氏贸易有限公司' }]);
    expect(await firms('%郯氏%')).toHaveLength(1);
  });

  it('find it by name, address and head', async () => {
    const firm = {
      name: '上海覃府餐饮管理有限公司',
      registeredAddress: '上海市黄浦区淮海中路16号302室',
      legalRepresentative: '覃子轩',
    };
    await e.send(entityTarget, 'market-supervision', [{ ...firm, uscc: code(2) }], 'm2');
    await e.send(entityTarget, 'investment', [
      {
        name: '覃府餐饮管理（上海）有限责任公司',
        tradingAddress: '黄浦区淮海中路16号302室',
        legalRepresentative: '覃子轩',
      },
    ]);
    expect((await firms('%覃府%')).map((f) => [f.uscc, f.registers])).toEqual([
      [code(2), 'investment,market-supervision'],
    ]);
  });

  it('a wrong check character is text only: the claim finds its firm by what else it says', async () => {
    const firm = {
      name: '上海禚记文化传播有限公司',
      registeredAddress: '上海市黄浦区太仓路58号501室',
      legalRepresentative: '禚安',
      phone: '021-63110001',
    };
    await e.send(entityTarget, 'market-supervision', [{ ...firm, uscc: code(3) }], 'm3');
    const wrong = code(3).slice(0, 17) + (code(3).endsWith('5') ? '6' : '5');
    await e.send(
      entityTarget,
      'tax',
      [{ uscc: wrong, name: firm.name, businessAddress: '太仓路58号501室', phone: firm.phone }],
      't3',
    );
    expect((await firms('%禚记%')).map((f) => [f.uscc, f.registers])).toEqual([[code(3), 'market-supervision,tax']]);
  });

  it('a code in the wrong line does not make two firms one', async () => {
    const a = {
      uscc: code(4),
      name: '上海甲源信息科技有限公司',
      registeredAddress: '上海市黄浦区四川中路1号401室',
      legalRepresentative: '甲一',
    };
    const b = {
      uscc: code(5),
      name: '上海乙泰服饰有限公司',
      registeredAddress: '上海市黄浦区太仓路58号402室',
      legalRepresentative: '乙二',
    };
    await e.send(entityTarget, 'market-supervision', [a, b], 'm4');
    // The line of the second carries the code of the first.
    await e.send(
      entityTarget,
      'tax',
      [{ ...b, uscc: a.uscc, registeredAddress: null, businessAddress: b.registeredAddress }],
      't4',
    );
    expect((await firms('%乙泰%')).map((f) => [f.uscc, f.registers])).toEqual([[b.uscc, 'market-supervision,tax']]);
    expect((await firms('%甲源%')).map((f) => f.registers)).toEqual(['market-supervision']);
    const held = await e.as((db) => db.rows(sql`select 1 from legal_entity.held_code where uscc = ${a.uscc}`));
    expect(held).toHaveLength(1);
  });

  it('nor where one head, or one house, is of both: old number and day of founding tell them apart', async () => {
    const a = {
      uscc: code(24),
      registrationNo: number(24),
      name: '上海庚源信息科技有限公司',
      registeredAddress: '上海市黄浦区四川中路1号411室',
      legalRepresentative: '王伟',
    };
    const b = {
      uscc: code(25),
      foundedOn: '2011-05-06',
      name: '上海辛泰服饰有限公司',
      registeredAddress: '上海市黄浦区太仓路58号412室',
      legalRepresentative: '王伟',
    };
    const [sameHead, sameHouse] = [
      {
        ...b,
        uscc: code(26),
        foundedOn: '2003-04-05',
        name: '上海壬丰餐饮有限公司',
        registeredAddress: a.registeredAddress,
      },
      { ...a, uscc: code(27), registrationNo: number(27), name: '上海癸和广告有限公司', legalRepresentative: '王芳' },
    ];
    await e.send(
      entityTarget,
      'market-supervision',
      [a, b, { ...sameHead, uscc: b.uscc }, { ...sameHouse, uscc: a.uscc }],
      'm24',
    );
    await e.send(
      entityTarget,
      'tax',
      [a, b, sameHead, sameHouse].map(({ uscc, name, registeredAddress }) => ({
        uscc,
        name,
        taxAddress: registeredAddress,
      })),
      't24',
    );
    for (const firm of [a, b, sameHead, sameHouse])
      expect(await firms(firm.name)).toEqual([
        { uscc: firm.uscc, name: firm.name, registers: 'market-supervision,tax' },
      ]);
  });

  it('one code with two names is a history, not two firms', async () => {
    const firm = { uscc: code(6), registeredAddress: '上海市黄浦区四川中路1号601室', legalRepresentative: '丙三' };
    await e.send(entityTarget, 'market-supervision', [{ ...firm, name: '上海旧名咨询有限公司' }], 'm6');
    await e.send(entityTarget, 'market-supervision', [{ ...firm, name: '上海新名咨询有限公司' }], 'm6');
    expect(await firms('%旧名%')).toEqual([]);
    const card = (await e.get('market', `/api/legal-entity/entities/${firm.uscc}`)).json<{
      names: { name: string; current: boolean }[];
    }>();
    expect(card.names.map((n) => [n.name, n.current])).toEqual([
      ['上海新名咨询有限公司', true],
      ['上海旧名咨询有限公司', false],
    ]);
    // Found by the former name as well.
    const found = (await e.get('market', `/api/legal-entity/entities?q=${encodeURIComponent('旧名')}`)).json<{
      entities: { uscc: string }[];
    }>();
    expect(found.entities.map((x) => x.uscc)).toContain(firm.uscc);
  });
});

/** A name that many bear: agreement in it says little. */
const COMMON = '王华';

describe('people decide what the engine cannot', () => {
  it('a pair is shown side by side, joined by one word, and taken back', async () => {
    await e.send(
      entityTarget,
      'investment',
      [{ name: '上海丁记食品有限公司', tradingAddress: '上海市黄浦区四川中路1号801室', legalRepresentative: COMMON }],
      'seen-1',
    );
    await e.send(
      entityTarget,
      'investment',
      [{ name: '上海丁纪食品有限公司', tradingAddress: '上海市黄浦区太仓路58号802室', legalRepresentative: COMMON }],
      'seen-2',
    );
    expect(
      await e.as((db) =>
        db.rows(sql`select 1 from legal_entity.entity where name like '%丁记%' or name like '%丁纪%'`),
      ),
    ).toHaveLength(2);
    const { pairs } = (await e.get('market', '/api/legal-entity/links')).json<{
      pairs: { a: string; b: string; asked: { zh: string } }[];
    }>();
    const shown = [];
    for (const pair of pairs) {
      const seen = (await e.get('market', `/api/legal-entity/links/${pair.a}/${pair.b}`)).json<{
        a: { name: string };
        b: { name: string };
        fields: { attribute: string }[];
      }>();
      if ([seen.a.name, seen.b.name].sort().join() === ['上海丁记食品有限公司', '上海丁纪食品有限公司'].sort().join())
        shown.push({ pair, seen });
    }
    expect(shown).toHaveLength(1);
    const [{ pair, seen }] = shown as [(typeof shown)[number]];
    expect(pair.asked.zh).toContain('两可');
    expect(seen.fields.map((f) => f.attribute)).toContain('representative');
    const url = `/api/legal-entity/links/${pair.a}/${pair.b}/answer`;
    expect((await e.post('clerk', url, { answer: 'same' })).json()).toMatchObject({ code: 'FORBIDDEN' });
    expect((await e.post('market', url, { answer: 'same' })).json()).toEqual({ state: 'decided' });
    expect((await e.post('market', url, { answer: 'same' })).json()).toMatchObject({ code: 'FIRM_PAIR_CLOSED' });
    await e.settled();
    expect(
      await e.as((db) =>
        db.rows(sql`select 1 from legal_entity.entity where name like '%丁记%' or name like '%丁纪%'`),
      ),
    ).toHaveLength(1);
    const { merges } = (await e.get('market', '/api/legal-entity/merges')).json<{
      merges: { id: string; kind: string; undone: boolean }[];
    }>();
    expect(merges[0]).toMatchObject({ kind: 'merge', undone: false });
    expect((await e.post('market', `/api/legal-entity/merges/${merges[0]?.id}/undo`)).json()).toMatchObject({
      records: 1,
    });
    await e.settled();
    expect(
      await e.as((db) =>
        db.rows(sql`select 1 from legal_entity.entity where name like '%丁记%' or name like '%丁纪%'`),
      ),
    ).toHaveLength(2);
    const told = await e.house.services.database.tx(
      {
        module: 'kernel',
        actor: { kind: 'system', account: 'system:test', name: 'test', reach: 'district', trace: 't' },
      },
      (db) =>
        db.rows<{ type: string }>(
          sql`select distinct type from kernel.event where type like 'legal-entity.entity.%merged' order by type`,
        ),
    );
    expect(told.map((t) => t.type)).toEqual(['legal-entity.entity.merged', 'legal-entity.entity.unmerged']);
  });
});
