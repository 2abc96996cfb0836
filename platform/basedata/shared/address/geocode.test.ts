import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '#districts/huangpu/generate/random.ts';
import { makeWritings } from '#districts/huangpu/generate/address-writings.ts';
import { placeNames } from '#districts/huangpu/generate/place-names.ts';
import { generatePlace } from '#districts/huangpu/generate/place.ts';
import { roomsOf } from '#districts/huangpu/generate/rooms.ts';
import { buildBook } from './book.ts';
import { geocode, otherDistrict, SURE } from './geocode.ts';
import { numeralValue } from './numerals.ts';
import { matchRoom } from './rooms.ts';

const book = buildBook({
  entries: [
    { building: 'A', address: '瑞金二路118弄12号' },
    { building: 'A2', address: '瑞金二路118弄13号' },
    { building: 'B', address: '淮海中路300弄甲支弄12号' },
    { building: 'C', address: '复兴中路20号' },
    { building: 'D', address: '复兴东路20号' },
    { building: 'E', address: '兴业路123弄5号' },
    { building: 'F', address: '思南路12甲号' },
    { building: 'G', address: '车站路98弄1号' },
    { building: 'H', address: '南车站路98弄1号' },
    { building: 'I', address: '中山东一路9号' },
  ],
  aliases: [
    { alias: '霞飞路', kind: 'road', target: '淮海中路' },
    { alias: '黄浦滩路', kind: 'road', target: '中山东一路' },
    { alias: '新天地南里', kind: 'venue', target: '兴业路123弄5号' },
    { alias: '黄浦区', kind: 'district-own', target: '黄浦区' },
    { alias: '黄浦', kind: 'district-own', target: '黄浦区' },
    { alias: '卢湾区', kind: 'district-own', target: '黄浦区' },
    { alias: '静安区', kind: 'district-other', target: '静安区' },
    { alias: '静安', kind: 'district-other', target: '静安区' },
  ],
});

describe('an address as people write it', () => {
  it.each([
    ['淮海中路300弄甲支弄12号后客堂', 'B', '后客堂'],
    ['上海市黄浦区霞飛路三百弄甲支弄十二號後客堂', 'B', '后客堂'],
    ['淮海中路300弄甲支12号', 'B', null],
    ['上海市卢湾区瑞金二路１１８弄１２－３０１', 'A', '301'],
    ['瑞金二路118-12-301', 'A', '301'],
    ['瑞金二118弄12号二楼亭子间', 'A', '亭子间'],
    ['端金二路118弄12号', 'A', null],
    ['瑞斤二路一一八弄十二号三〇一室', 'A', '301'],
    ['301室，118弄12号，瑞金二路', 'A', '301'],
    ['我家住瑞金二路街道瑞金二路118弄12号楼下', 'A', null],
    ['Room 301, No.12, Lane 118, Ruijin No.2 Road, Shanghai', 'A', '301'],
    ['ruijin er lu 118 nong 12 hao 301 shi', 'A', '301'],
    ['黄浦滩路9号', 'I', null],
    ['新天地南里', 'E', null],
    ['思南路12号甲', 'F', null],
    ['nan che zhan lu 98 nong 1 hao', 'H', null],
    ['南车站路98弄1号', 'H', null],
    ['楠车站路98弄1号', 'H', null],
  ])('%s is building %s', (text, building, room) => {
    const { status, candidates } = geocode(text, book);
    expect(status).toBe('found');
    expect(candidates[0]).toMatchObject({ building, room });
  });

  it.each([
    ['复兴路20号', 'two roads have the number'],
    ['瑞金一路118弄12号', 'another ordinal is another road'],
    ['复兴西路20号', 'another direction is another road'],
    ['118弄12号', 'no road'],
    ['瑞金二路118弄', 'no number'],
    ['瑞金二路118弄14号', 'there is no such number'],
    ['淮海中路300弄12号', 'the branch is left out'],
    ['瑞金二路118弄12号对面', 'opposite is not at'],
    ['新天地南里对面', 'nor is it opposite a place'],
    ['新天地南里附近', 'nor near it'],
  ])('%s is never assigned: %s', (text) => {
    const { status, candidates } = geocode(text, book);
    expect(status).not.toBe('found');
    expect(candidates.length).toBeLessThanOrEqual(5);
  });

  it('names the other district, also where road and number are those of a house here', () => {
    expect(geocode('静安区瑞金二路118弄12号', book)).toMatchObject({
      status: 'outside',
      district: '静安区',
      candidates: [],
    });
    expect(geocode('上海静安瑞金二路118弄12号', book).district).toBe('静安区');
    expect(otherDistrict('浙江省杭州市西湖区文一路1号', book)).toBe('杭州市');
    expect(otherDistrict('黄浦区瑞金二路118弄12号', book)).toBeUndefined();
  });

  it('explains each part: what was read, what it was taken for, what that costs', () => {
    const { steps, confidence } = geocode('霞飞路300弄甲支弄12号', book).candidates[0] ?? { steps: [], confidence: 0 };
    expect(steps).toEqual([{ part: 'road', how: 'former-name', read: '霞飞路', matched: '淮海中路', factor: 0.97 }]);
    expect(confidence).toBe(0.97);
  });

  it('whatever the text, answers at most five, the surest first, and finds only above the threshold', () => {
    const piece = fc.constantFrom(
      '瑞金二路',
      '复兴',
      '路',
      '118',
      '弄',
      '12',
      '号',
      '甲',
      '支弄',
      '三百',
      ' ',
      '-',
      '301',
      '室',
      '静安',
      'lu',
      '楼',
      '\u0001',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 40 }),
          fc.array(piece, { maxLength: 12 }).map((all) => all.join('')),
        ),
        (text) => {
          const { status, candidates } = geocode(text, book);
          expect(candidates.length).toBeLessThanOrEqual(5);
          for (const [i, candidate] of candidates.entries()) {
            expect(candidate.confidence).toBeGreaterThan(0);
            expect(candidate.confidence).toBeLessThanOrEqual(candidates[i - 1]?.confidence ?? 1);
          }
          if (status === 'found') expect(candidates[0]?.confidence).toBeGreaterThanOrEqual(SURE);
        },
      ),
    );
  });

  it.each([
    ['三百', '300'],
    ['一一八', '118'],
    ['廿三', '23'],
    ['十二', '12'],
    ['一百零五', '105'],
    ['三百廿', '320'],
    ['一百二', '120'],
    ['二〇一', '201'],
  ])('the numeral %s is %s', (text, figure) => expect(numeralValue(text)).toBe(figure));
});

describe('a room', () => {
  const rooms = [
    { id: '1', number: '301', kind: '成套', floor: 3 },
    { id: '2', number: '后客堂', kind: '后客堂', floor: 1 },
    { id: '3', number: '2层亭子间', kind: '亭子间', floor: 2 },
    { id: '4', number: '3层亭子间', kind: '亭子间', floor: 3 },
  ];
  it.each([
    [{ floor: null, room: '301' }, 'matched', '1'],
    [{ floor: '3', room: '01' }, 'matched', '1'],
    [{ floor: null, room: '后客堂' }, 'matched', '2'],
    [{ floor: '2', room: '亭子间' }, 'matched', '3'],
    [{ floor: null, room: '亭子间' }, 'ambiguous', undefined],
    // No figure is put right, also where only one room has the name.
    [{ floor: '2', room: '3层亭子间' }, 'unknown', undefined],
    [{ floor: null, room: '302' }, 'unknown', undefined],
    [{ floor: '3', room: null }, 'none', undefined],
  ])('%j is %s', (written, state, id) => {
    const match = matchRoom(rooms, written);
    expect(match.state).toBe(state);
    expect(match.room?.id).toBe(id);
  });
});

it('of labelled writings in the styles of clerks, couriers, elders and forms, hardly one goes wrong', () => {
  const { buildings } = generatePlace({ profile: 'small', seed: 310101 });
  const names = placeNames(buildings, createRandom(1));
  const district = buildBook({
    entries: buildings.filter((b) => b.secrecy === '').map((b) => ({ building: b.code, address: b.address })),
    aliases: names,
  });
  const rooms = new Map(buildings.map((b) => [b.code, roomsOf(b).map((r) => ({ id: r.number, ...r }))]));
  const counts = { building: 0, ofBuilding: 0, room: 0, ofRoom: 0, wrong: 0 };
  const writings = makeWritings({ buildings, names, count: 2000, random: createRandom(20_261_126) });
  for (const { text, building, room } of writings) {
    const { status, candidates } = geocode(text, district);
    const found = status === 'found' ? candidates[0] : undefined;
    if (building !== null) counts.ofBuilding += 1;
    if (building !== null && found?.building === building) counts.building += 1;
    if (found && found.building !== building) counts.wrong += 1;
    if (room === null || building === null) continue;
    counts.ofRoom += 1;
    if (found?.building === building && matchRoom(rooms.get(building) ?? [], found).room?.number === room)
      counts.room += 1;
  }
  expect(counts.building / counts.ofBuilding).toBeGreaterThanOrEqual(0.98);
  expect(counts.room / counts.ofRoom).toBeGreaterThanOrEqual(0.95);
  expect(counts.wrong / writings.length).toBeLessThanOrEqual(0.003);
});
